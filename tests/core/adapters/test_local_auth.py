"""What holds of passwords that are kept here: codes in a folder, hashes that cost the same for everybody."""

from __future__ import annotations

import asyncio
import logging
import os
import stat
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median
from uuid import uuid4

import pytest
from argon2 import PasswordHasher, extract_parameters
from argon2.profiles import RFC_9106_LOW_MEMORY

from core.accounts import TelegramUser
from core.adapters.local_auth import LocalAuth
from core.adapters.mail_folder import MailFolder
from core.adapters.passwords import NOBODYS, Passwords
from core.adapters.wiring import Stores
from core.errors import Unavailable
from core.linking import SpentLink
from core.signing_in import NotConfirmed, WrongCode, WrongCredentials
from tests.doors import ADMIN, PACE, LocalDoor
from tests.owner import as_owner

GOOD, OTHER = "correct horse", "battery staple"
BOB = "bob@snapspend.example"


@pytest.fixture
async def door(stores: Stores, tmp_path: Path) -> LocalDoor:
    """Give LocalAuth over a fresh database."""
    return LocalDoor(stores, tmp_path / "mail")


async def test_who_is_no_admin_signs_in_at_once(door: LocalDoor) -> None:
    """There is no mail server to confirm anything with."""
    await door.gateway.register(BOB, GOOD)
    assert (await door.gateway.sign_in(BOB, GOOD)).email == BOB
    assert door.mails(BOB) == []


async def test_registering_again_does_nothing_to_who_is_no_admin(door: LocalDoor) -> None:
    """Nor is anything mailed, though nothing proved the address."""
    await door.gateway.register(BOB, GOOD)
    await door.gateway.register(BOB, OTHER)
    await door.gateway.mail_again(BOB)
    assert (await door.gateway.sign_in(BOB, GOOD)).email == BOB
    assert door.mails(BOB) == []


def named_admin(stores: Stores, folder: Path) -> LocalDoor:
    """Return the door after BOB was put into ADMIN_EMAILS."""
    door = LocalDoor(stores, folder)
    door.gateway = LocalAuth(stores.pool, MailFolder(folder), frozenset({BOB}), PACE)
    return door


async def test_who_registered_before_the_address_was_an_admins_must_confirm_it(
    door: LocalDoor, stores: Stores, tmp_path: Path
) -> None:
    """Whoever was first to type it is not thereby the admin; the owner is, by the mailed code."""
    await door.gateway.register(BOB, "the intruder's")
    door = named_admin(stores, tmp_path / "mail")
    with pytest.raises(NotConfirmed):
        await door.gateway.sign_in(BOB, "the intruder's")
    await door.gateway.register(BOB, GOOD)
    with pytest.raises(WrongCredentials):
        await door.gateway.sign_in(BOB, "the intruder's")
    await door.pass_time(61)
    await door.gateway.mail_again(BOB)
    assert (await door.gateway.confirm(BOB, door.mails(BOB)[-1])).email == BOB


async def test_an_address_that_a_code_proved_before_needs_none_as_an_admins(
    door: LocalDoor, stores: Stores, tmp_path: Path
) -> None:
    """A new password by a mailed code is such a proof."""
    await door.gateway.register(BOB, GOOD)
    await door.gateway.forget(BOB)
    bob = await door.gateway.reset(BOB, door.mails(BOB)[-1], OTHER)
    assert await named_admin(stores, tmp_path / "mail").gateway.sign_in(BOB, OTHER) == bob


async def test_who_came_in_before_an_admin_confirmed_the_address_is_out(
    door: LocalDoor, stores: Stores, tmp_path: Path
) -> None:
    """Their browser and their chat would be an admin's from then on."""
    await door.gateway.register(BOB, "the intruder's")
    account = await stores.accounts.enter(await door.gateway.sign_in(BOB, "the intruder's"))
    session = await stores.sessions.open(account.id, "Firefox", "password")
    eve = TelegramUser(8, "Eve")
    await stores.links.accept(await stores.links.offer(account.id), eve)
    token = await stores.links.sign_in_token(account.id, eve.id)
    door = named_admin(stores, tmp_path / "mail")
    await door.gateway.register(BOB, GOOD)
    await door.gateway.confirm(BOB, door.mails(BOB)[-1])
    assert await stores.sessions.find(session) is None
    assert await stores.accounts.known(eve.id) is None
    with pytest.raises(SpentLink):
        await stores.links.sign_in(token)


async def test_five_wrong_codes_void_the_right_one(door: LocalDoor) -> None:
    """Also when they come at once."""
    await door.gateway.register(ADMIN, GOOD)
    right = door.mails(ADMIN)[-1]
    wrong = [door.gateway.confirm(ADMIN, f"{(int(right) + number) % 10**6:06}") for number in range(1, 6)]
    assert all(isinstance(answer, WrongCode) for answer in await asyncio.gather(*wrong, return_exceptions=True))
    with pytest.raises(WrongCode):
        await door.gateway.confirm(ADMIN, right)
    await door.pass_time(61)
    await door.gateway.mail_again(ADMIN)
    assert (await door.gateway.confirm(ADMIN, door.mails(ADMIN)[-1])).email == ADMIN


async def test_a_code_that_is_typed_twice_at_once_counts_once(door: LocalDoor) -> None:
    """The second one waits for the first and finds it used."""
    await door.gateway.register(ADMIN, GOOD)
    code = door.mails(ADMIN)[-1]
    answers = await asyncio.gather(*(door.gateway.confirm(ADMIN, code) for _ in range(4)), return_exceptions=True)
    assert sorted(isinstance(answer, WrongCode) for answer in answers) == [False, True, True, True]


async def test_who_registers_an_admins_address_first_does_not_choose_its_password(door: LocalDoor) -> None:
    """The admin's code lets the admin in, and nobody's password does until it is set anew."""
    await door.gateway.register(ADMIN, "the intruder's")
    await door.pass_time(61)
    await door.gateway.register(ADMIN, GOOD)
    admin = await door.gateway.confirm(ADMIN, door.mails(ADMIN)[-1])
    with pytest.raises(WrongCredentials):
        await door.gateway.sign_in(ADMIN, "the intruder's")
    await door.gateway.forget(ADMIN)
    assert await door.gateway.reset(ADMIN, door.mails(ADMIN)[-1], OTHER) == admin


async def test_a_mail_is_its_owners_alone_and_the_log_names_only_the_file(
    door: LocalDoor, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Neither the address nor the code."""
    with caplog.at_level(logging.INFO):
        await door.gateway.register(ADMIN, GOOD)
    file = next((tmp_path / "mail").iterdir())
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert str(file) in caplog.text
    assert ADMIN not in caplog.text
    assert door.mails(ADMIN)[-1] not in caplog.text


async def test_the_database_knows_neither_password_nor_code(door: LocalDoor, stores: Stores) -> None:
    """Only what they hash to."""
    await door.gateway.register(ADMIN, GOOD)
    async with as_owner(stores) as connection:
        found = await connection.execute("select identities::text as whole from identities")
        row = await found.fetchone()
    assert row is not None
    assert GOOD not in row["whole"]
    assert door.mails(ADMIN)[-1] not in row["whole"].replace(str(ADMIN), "")


async def test_who_is_removed_leaves_no_mail(door: LocalDoor, tmp_path: Path) -> None:
    """It has their address in it."""
    await door.gateway.register(ADMIN, GOOD)
    identity = await door.gateway.confirm(ADMIN, door.mails(ADMIN)[-1])
    await door.gateway.remove(identity.id)
    assert list((tmp_path / "mail").iterdir()) == []


async def test_a_mail_that_cannot_be_written_is_told(stores: Stores, tmp_path: Path) -> None:
    """Not taken for sent."""
    (tmp_path / "mail").write_text("a file in its place")
    with pytest.raises(Unavailable):
        await LocalDoor(stores, tmp_path / "mail").gateway.register(ADMIN, GOOD)


async def test_two_who_prune_at_once_do_not_disturb_each_other(tmp_path: Path) -> None:
    """A mail that the other has just removed is no fault."""
    folder = tmp_path / "mail"
    folder.mkdir()
    for number in range(1000):
        (folder / f"{number}.eml").write_bytes(b"old")
        os.utime(folder / f"{number}.eml", (0, 0))
    kept = await asyncio.gather(*(MailFolder(folder).put(uuid4(), BOB, "A code", "123456") for _ in range(4)))
    assert set(folder.iterdir()) == set(kept)


async def test_a_mail_holds_whatever_address_there_is(tmp_path: Path) -> None:
    """No sign in it begins a header of its own."""
    mail = MailFolder(tmp_path / "mail")
    for address in (
        "ädä@müller.example",
        "a..b@c.example",
        "a%b!c@d.example",
        ".@c.example",
    ):
        file = await mail.put(uuid4(), address, "A code", "123456")
        assert f"To: {address}" in file.read_text("utf-8")


def test_nobodys_hash_costs_what_all_others_cost() -> None:
    """Same parameters, as RFC 9106 gives them for little memory."""
    assert extract_parameters(NOBODYS) == RFC_9106_LOW_MEMORY
    assert not PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY).check_needs_rehash(NOBODYS)


async def test_an_unknown_address_takes_as_long_as_a_wrong_password(door: LocalDoor) -> None:
    """Without a hash it would take a fortieth of it."""
    await door.gateway.register(BOB, GOOD)

    async def seconds(address: str) -> float:
        began = time.perf_counter()
        with pytest.raises(WrongCredentials):
            await door.gateway.sign_in(address, OTHER)
        return time.perf_counter() - began

    known = [await seconds(BOB) for _ in range(5)]
    unknown = [await seconds("nobody@snapspend.example") for _ in range(5)]
    assert median(unknown) > median(known) / 4


async def test_no_more_than_two_passwords_are_hashed_at_once() -> None:
    """Each takes 64 MB; who gives up waiting makes no room for a third."""
    passwords = Passwords()
    waiting = [asyncio.create_task(passwords.hashed(GOOD)) for _ in range(6)]
    await asyncio.sleep(0.02)
    waiting[0].cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    threads = vars(passwords)["_threads"]
    assert isinstance(threads, ThreadPoolExecutor)
    assert len(vars(threads)["_threads"]) <= 2
    passwords.close()
