"""What holds whoever keeps the passwords: each claim is tried on LocalAuth and, with either keys, on SupabaseAuth."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import pytest

from core.adapters.wiring import Stores
from core.signing_in import NoAddress, NotConfirmed, WeakPassword, WrongCode, WrongCredentials
from tests.doors import ADMIN, PACE, Door, LocalDoor, supabase_door
from tests.supabase.project import Project

GOOD, OTHER = "correct horse", "battery staple"
KEEPERS = ["local", "new keys, ES256", "old keys, HS256"]


@pytest.fixture(params=KEEPERS)
def keeper(request: pytest.FixtureRequest) -> tuple[str, Stores | None]:
    """Name each keeper in turn; the local one gets a database."""
    return request.param, request.getfixturevalue("stores") if request.param == "local" else None


@pytest.fixture
async def door(keeper: tuple[str, Stores | None], tmp_path: Path) -> AsyncIterator[Door]:
    """Give the keeper."""
    name, stores = keeper
    if stores is not None:
        yield LocalDoor(stores, tmp_path / "mail")
        return
    keys, signing = name.split(" keys, ")
    async with supabase_door(Project(keys, signing)) as opened:
        yield opened


async def registered(door: Door, password: str = GOOD) -> None:
    """Register the address that either keeper confirms, and confirm it."""
    await door.gateway.register(ADMIN, password)
    await door.gateway.confirm(ADMIN, door.mails(ADMIN)[-1])


async def test_who_registered_and_confirmed_signs_in_as_the_same(door: Door) -> None:
    """The id stays theirs."""
    await door.gateway.register(ADMIN, GOOD)
    confirmed = await door.gateway.confirm(ADMIN, door.mails(ADMIN)[-1])
    assert await door.gateway.sign_in(ADMIN, GOOD) == confirmed
    assert confirmed.email == ADMIN


async def test_an_address_is_the_same_however_it_is_written(door: Door) -> None:
    """Capitals and spaces around it do not count."""
    await door.gateway.register(f" {ADMIN.title()} ", GOOD)
    confirmed = await door.gateway.confirm(ADMIN.upper(), door.mails(ADMIN)[-1])
    assert await door.gateway.sign_in(f"{ADMIN.upper()} ", GOOD) == confirmed


async def test_an_admins_address_is_not_let_in_before_its_code(door: Door) -> None:
    """Or whoever registers it first would be the admin."""
    await door.gateway.register(ADMIN, GOOD)
    with pytest.raises(NotConfirmed):
        await door.gateway.sign_in(ADMIN, GOOD)


async def test_that_an_address_is_not_confirmed_is_told_to_its_password_alone(door: Door) -> None:
    """Others hear what they hear of any address."""
    await door.gateway.register(ADMIN, GOOD)
    with pytest.raises(WrongCredentials):
        await door.gateway.sign_in(ADMIN, OTHER)


@pytest.mark.parametrize("password", [OTHER, "", "x" * 5000, "correct horse\0", "\ud800 surrogate"])
async def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(door: Door, password: str) -> None:
    """Whatever the password is."""
    await registered(door)
    for address in (ADMIN, "nobody@snapspend.example", "no address", "a\0b@c.example"):
        with pytest.raises(WrongCredentials):
            await door.gateway.sign_in(address, password)


async def test_registering_a_known_address_changes_nothing_and_tells_nothing(door: Door) -> None:
    """Neither its password nor its confirmation."""
    await registered(door)
    await door.gateway.register(ADMIN, OTHER)
    assert (await door.gateway.sign_in(ADMIN, GOOD)).email == ADMIN
    with pytest.raises(WrongCredentials):
        await door.gateway.sign_in(ADMIN, OTHER)


@pytest.mark.parametrize("password", ["short", "x" * 73, "ä" * 37, "aaaaaaaaaa", "nul\0byte!"])
async def test_the_same_passwords_are_refused(door: Door, password: str) -> None:
    """The rule is one whoever keeps them."""
    with pytest.raises(WeakPassword):
        await door.gateway.register(ADMIN, password)


@pytest.mark.parametrize(
    "address",
    ["", "ada", "ada@home", "=?utf-8?q?x?=@c.de", "a b@c.example", "a\nb@c.example", "x" * 300 + "@c.example"],
)
async def test_what_is_no_address_is_refused(door: Door, address: str) -> None:
    """Before anybody is asked."""
    with pytest.raises(NoAddress):
        await door.gateway.register(address, GOOD)


async def test_a_forgotten_password_is_set_anew_by_a_code(door: Door) -> None:
    """The old one is void, and so is the code."""
    await registered(door)
    await door.pass_time(61)
    await door.gateway.forget(ADMIN)
    code = door.mails(ADMIN)[-1]
    identity = await door.gateway.reset(ADMIN, f" {code[:3]} {code[3:]} ", OTHER)
    assert await door.gateway.sign_in(ADMIN, OTHER) == identity
    with pytest.raises(WrongCredentials):
        await door.gateway.sign_in(ADMIN, GOOD)
    with pytest.raises(WrongCode):
        await door.gateway.reset(ADMIN, code, GOOD)


async def test_the_password_that_one_has_may_be_set_again(door: Door) -> None:
    """Who forgot it may choose it by chance."""
    await registered(door)
    await door.pass_time(61)
    await door.gateway.forget(ADMIN)
    assert (await door.gateway.reset(ADMIN, door.mails(ADMIN)[-1], GOOD)).email == ADMIN


async def test_nothing_is_mailed_to_unknown_addresses_and_nothing_told(door: Door) -> None:
    """Neither for a new password nor for a confirmation."""
    await door.gateway.forget("nobody@snapspend.example")
    await door.gateway.mail_again("nobody@snapspend.example")
    await door.gateway.forget("no address")
    assert door.mails("nobody@snapspend.example") == []


async def test_an_address_gets_one_mail_a_minute_and_its_asker_no_sign_of_it(door: Door) -> None:
    """A refusal would tell that the address is known."""
    await door.gateway.register(ADMIN, GOOD)
    await door.gateway.mail_again(ADMIN)
    await door.gateway.forget(ADMIN)
    await door.gateway.register(ADMIN, GOOD)
    assert len(door.mails(ADMIN)) == 1
    await door.pass_time(61)
    await door.gateway.mail_again(ADMIN)
    assert len(door.mails(ADMIN)) == 2


async def test_only_the_last_code_counts(door: Door) -> None:
    """The one before it is void."""
    await door.gateway.register(ADMIN, GOOD)
    await door.pass_time(61)
    await door.gateway.mail_again(ADMIN)
    first, last = door.mails(ADMIN)
    if first != last:
        with pytest.raises(WrongCode):
            await door.gateway.confirm(ADMIN, first)
    assert (await door.gateway.confirm(ADMIN, last)).email == ADMIN


async def test_a_code_is_void_after_an_hour(door: Door) -> None:
    """As the mail says."""
    await door.gateway.register(ADMIN, GOOD)
    await door.pass_time(3601)
    with pytest.raises(WrongCode):
        await door.gateway.confirm(ADMIN, door.mails(ADMIN)[-1])


@pytest.mark.parametrize("code", ["", "abcdef", "12345", "١٢٣٤٥٦", "1" * 5000, "\ud800", "'; drop table"])
async def test_what_is_no_code_is_a_wrong_one(door: Door, code: str) -> None:
    """Whatever is typed."""
    await door.gateway.register(ADMIN, GOOD)
    with pytest.raises(WrongCode):
        await door.gateway.confirm(ADMIN, code)
    with pytest.raises(WrongCode):
        await door.gateway.reset(ADMIN, code, OTHER)


async def test_a_code_is_for_one_thing(door: Door) -> None:
    """The one that confirms an address sets no password."""
    await door.gateway.register(ADMIN, GOOD)
    with pytest.raises(WrongCode):
        await door.gateway.reset(ADMIN, door.mails(ADMIN)[-1], OTHER)


async def test_who_is_removed_is_unknown_and_may_come_anew(door: Door) -> None:
    """Removing twice is no error; whoever comes anew is somebody else."""
    await registered(door)
    before = await door.gateway.sign_in(ADMIN, GOOD)
    await door.gateway.remove(before.id)
    await door.gateway.remove(before.id)
    await door.gateway.remove(uuid4())
    with pytest.raises(WrongCredentials):
        await door.gateway.sign_in(ADMIN, GOOD)
    await door.pass_time(61)
    await registered(door, OTHER)
    assert (await door.gateway.sign_in(ADMIN, OTHER)).id != before.id


async def test_people_who_sign_in_at_once_are_each_themselves(door: Door) -> None:
    """A client that is shared would give one person's session to another."""
    people = [f"person{number}@snapspend.example" for number in range(6)]
    for address in people:
        await door.gateway.register(address, f"{GOOD} {address}")
        for code in door.mails(address):
            await door.gateway.confirm(address, code)
    rounds = people * 4
    found = await asyncio.gather(*(door.gateway.sign_in(address, f"{GOOD} {address}") for address in rounds))
    assert [identity.email for identity in found] == rounds
    assert len({identity.id for identity in found}) == len(people)


async def test_known_and_unknown_addresses_take_the_same_time(door: Door) -> None:
    """What is asked of either comes back no sooner than after a span that covers both."""
    clock = asyncio.get_running_loop().time
    await registered(door)
    for ask in (door.gateway.forget, door.gateway.mail_again):
        for address in (ADMIN, "nobody@snapspend.example"):
            began = clock()
            await ask(address)
            assert clock() - began >= PACE


async def test_people_who_set_a_password_at_once_each_set_their_own(door: Door) -> None:
    """A client that is shared would set the password of whoever came last."""
    people = [f"person{number}@snapspend.example" for number in range(6)]
    for address in people:
        await door.gateway.register(address, GOOD)
        for code in door.mails(address):
            await door.gateway.confirm(address, code)
    await door.pass_time(61)
    await asyncio.gather(*(door.gateway.forget(address) for address in people))
    await asyncio.gather(
        *(door.gateway.reset(address, door.mails(address)[-1], f"{OTHER} {address}") for address in people)
    )
    for address in people:
        assert (await door.gateway.sign_in(address, f"{OTHER} {address}")).email == address
