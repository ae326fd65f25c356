"""The removal of an account: nothing of it is left, and nothing else goes."""

from __future__ import annotations

import json
from datetime import date
from uuid import UUID, uuid4

import pytest

from core.accounts import Account, TelegramUser
from core.adapters.chat_jobs import TELL_REMOVED
from core.adapters.postgres_removal import REMOVE
from core.adapters.wiring import Stores
from core.albums import Part
from core.bookkeeper import Bookkeeper
from core.errors import Unavailable
from core.photo_keys import photo_key
from core.receipt import Reading
from core.removal import BeingRemoved
from core.signing_in import Identity
from tests.cloud_rows import add_cloud_rows
from tests.core.adapters.test_postgres_ledger import filed
from tests.owner import as_owner

TODAY = date(2026, 11, 24)
ADA, EVE = TelegramUser(7, "Ada"), TelegramUser(8, "Eve")
PHOTO = b"\xff\xd8\xff a photo"


@pytest.fixture
def bookkeeper(stores: Stores) -> Bookkeeper:
    """Give what keeps photos."""
    return Bookkeeper(stores.photos, stores.ledger, stores.ledger, stores.rules, lambda: TODAY)


async def living(stores: Stores, bookkeeper: Bookkeeper, person: TelegramUser) -> tuple[Account, str]:
    """Return an account with something in every table, which took over a guest's photo, and the photo's key."""
    guest = await stores.accounts.of(person)
    taken = await bookkeeper.keep(guest, PHOTO, f"telegram:1:{person.id}:1", TODAY)
    account = await stores.accounts.enter(Identity(uuid4(), f"{person.name.lower()}@example.org"))
    invitation = await stores.links.invite(person)
    await stores.links.claim(invitation.token, account.id)
    await bookkeeper.keep(account, PHOTO + b"2", f"web:{person.id}", TODAY)
    part = Part(f"telegram:1:{person.id}:album:5", 1, f"telegram:1:{person.id}:2")
    await stores.albums.gather(account.id, await stores.photos.keep(account.id, PHOTO + b"3"), part, TODAY)
    read = await filed(stores, account, f"read:{person.id}")
    await stores.ledger.save(read, Reading())
    await add_cloud_rows(stores, account.id, read.id)
    await stores.sessions.open(account.id, "Firefox", "password")
    await stores.links.sign_in_token(account.id, person.id)
    body = {"update_id": person.id, "message": {"from": {"id": person.id}, "text": "total 12.50"}}
    async with as_owner(stores) as connection:
        await connection.execute(
            "insert into answers (source, chat_id) values (%s, %s)", [f"telegram:1:{person.id}:1", person.id]
        )
        await connection.execute("insert into replies (key, chat_id) values (%s, %s)", [str(person.id), person.id])
        await connection.execute(
            "insert into updates (bot_id, update_id, body) values (1, %s, %s::jsonb)",
            [person.id, json.dumps(body)],
        )
    found = await stores.ledger.find(account.id, taken)
    assert found is not None
    return account, found.photo


async def rows_of(stores: Stores, account: UUID) -> dict[str, int]:
    """Return how many rows each table with accounts' data has of an account."""
    async with as_owner(stores) as connection:
        found = await connection.execute(
            "select table_schema || '.' || table_name as name, column_name from information_schema.columns"
            " where column_name = 'account_id' and table_schema in ('public', 'private')"
            " union select 'public.accounts', 'id'"
        )
        counts = {}
        for row in await found.fetchall():
            counted = await connection.execute(
                f"select count(*) as rows from {row['name']} where {row['column_name']} = %s".encode(), [account]
            )
            counts[row["name"]] = (await counted.fetchone() or {})["rows"]
    return counts


async def test_every_row_picture_and_session_goes_and_others_stay(stores: Stores, bookkeeper: Bookkeeper) -> None:
    """In every table that says whose a row is, and in the photos of a guest that the account took over."""
    ada, photo = await living(stores, bookkeeper, ADA)
    eve, others = await living(stores, bookkeeper, EVE)
    before = await rows_of(stores, eve.id)
    assert min((await rows_of(stores, ada.id)).values()) > 0
    assert await stores.removal.begin(ada.id)
    await stores.remover.finish(ada.id)
    assert set((await rows_of(stores, ada.id)).values()) == {0}
    assert await rows_of(stores, eve.id) == before
    with pytest.raises(Unavailable):
        await stores.photos.fetch(photo)
    assert await stores.photos.fetch(others) == PHOTO
    async with as_owner(stores) as connection:
        for table in ("answers", "replies"):
            found = await connection.execute(f"select chat_id from {table}".encode())
            assert [row["chat_id"] for row in await found.fetchall()] == [EVE.id]
        found = await connection.execute("select update_id from updates where body <> '{}'")
        assert [row["update_id"] for row in await found.fetchall()] == [EVE.id]
        found = await connection.execute("select args ->> 'account_id' as account, task_name from procrastinate_jobs")
        jobs = [(row["account"], row["task_name"]) for row in await found.fetchall()]
    assert [name for account, name in jobs if account == str(ada.id)] == [REMOVE]
    assert str(eve.id) in {account for account, _ in jobs}


async def test_it_is_closed_at_once(stores: Stores, bookkeeper: Bookkeeper) -> None:
    """Nobody comes in by any door while the job has not run yet."""
    account, _ = await living(stores, bookkeeper, ADA)
    token = await stores.sessions.open(account.id, "Firefox", "password")
    await stores.removal.begin(account.id)
    assert await stores.sessions.find(token) is None
    late = await stores.sessions.open(account.id, "Firefox", "password")
    assert await stores.sessions.find(late) is None
    assert await stores.accounts.find(account.id) is None
    assert await stores.accounts.known(ADA.id) is None
    with pytest.raises(BeingRemoved):
        await stores.accounts.enter(Identity(account.id, "ada@example.org"))


async def test_who_writes_again_meanwhile_begins_anew(stores: Stores, bookkeeper: Bookkeeper) -> None:
    """The new guest account keeps what comes after."""
    account, _ = await living(stores, bookkeeper, ADA)
    await stores.removal.begin(account.id)
    guest = await stores.accounts.of(ADA)
    kept = await bookkeeper.keep(guest, PHOTO, "telegram:1:7:9", TODAY)
    await stores.remover.finish(account.id)
    found = await stores.ledger.find(guest.id, kept)
    assert guest.id != account.id
    assert found is not None
    assert await stores.photos.fetch(found.photo) == PHOTO


async def test_each_step_may_run_again(stores: Stores, bookkeeper: Bookkeeper) -> None:
    """After a crash, or when it was asked for twice: there is one job."""
    account, _ = await living(stores, bookkeeper, ADA)
    assert await stores.removal.begin(account.id)
    assert await stores.removal.begin(account.id)
    jobs = [job for job in await stores.jobs.job_manager.list_jobs_async() if job.task_name == REMOVE]
    assert [job.task_kwargs for job in jobs] == [{"account_id": str(account.id)}]
    await stores.remover.finish(account.id)
    await stores.remover.finish(account.id)
    assert not await stores.removal.begin(account.id)


async def test_it_is_begun_and_told_or_neither(stores: Stores, bookkeeper: Bookkeeper) -> None:
    """Nobody is told of a removal that never began."""
    account, _ = await living(stores, bookkeeper, ADA)
    async with as_owner(stores) as connection:
        await connection.execute(
            "alter table jobs.procrastinate_jobs add constraint none check (task_name <> 'remove_account')"
        )
    with pytest.raises(Unavailable):
        await stores.removal.begin(account.id, tell=(ADA.id, 5))
    assert not await stores.removal.is_closed(account.id)
    async with as_owner(stores) as connection:
        await connection.execute("alter table jobs.procrastinate_jobs drop constraint none")
    assert TELL_REMOVED not in await tasks(stores)
    await stores.removal.begin(account.id, tell=(ADA.id, 5))
    assert {REMOVE, TELL_REMOVED} <= await tasks(stores)


async def tasks(stores: Stores) -> set[str]:
    """Return what kinds of jobs there are."""
    return {job.task_name for job in await stores.jobs.job_manager.list_jobs_async()}


async def test_an_open_account_is_not_removed(stores: Stores, bookkeeper: Bookkeeper) -> None:
    """Whatever a job says: only who closed it wants it gone."""
    account, photo = await living(stores, bookkeeper, ADA)
    before = await rows_of(stores, account.id)
    await stores.remover.finish(account.id)
    await stores.removal.remove(account.id)
    assert await rows_of(stores, account.id) == before
    assert await stores.photos.fetch(photo) == PHOTO


async def test_a_photo_that_comes_too_late_is_not_kept(stores: Stores, bookkeeper: Bookkeeper) -> None:
    """Who sent it is told; nothing of it stays, alone or in an album."""
    account, _ = await living(stores, bookkeeper, ADA)
    await stores.removal.begin(account.id)
    await stores.remover.finish(account.id)
    with pytest.raises(BeingRemoved):
        await bookkeeper.keep(account, PHOTO, "late", TODAY)
    with pytest.raises(BeingRemoved):
        await stores.arranger.keep(account, PHOTO, Part("album", 1, "late"), TODAY)
    with pytest.raises(Unavailable):
        await stores.photos.fetch(photo_key(account.id, PHOTO))


async def test_a_reading_under_way_finds_nobody(stores: Stores, bookkeeper: Bookkeeper) -> None:
    """What it would save is refused, and its job finds no account when it is tried again."""
    account, _ = await living(stores, bookkeeper, ADA)
    receipt = await bookkeeper.keep(account, PHOTO + b"4", "slow", TODAY)
    under_way = await stores.ledger.find(account.id, receipt)
    assert under_way is not None
    await stores.removal.begin(account.id)
    assert await stores.accounts.of_receipt(receipt) is None
    await stores.remover.finish(account.id)
    with pytest.raises(Unavailable):
        await stores.ledger.save(under_way, Reading())


async def test_a_removal_whose_job_was_lost_is_taken_up_again(stores: Stores, bookkeeper: Bookkeeper) -> None:
    """Storage may have been away for longer than a job is tried."""
    account, _ = await living(stores, bookkeeper, ADA)
    await stores.removal.begin(account.id)
    assert await stores.removal.resume() == 0
    async with as_owner(stores) as connection:
        await connection.execute(
            "update accounts set closing_at = now() - interval '2 hours' where id = %s", [account.id]
        )
    assert await stores.removal.resume() == 0
    async with as_owner(stores) as connection:
        await connection.execute("delete from procrastinate_jobs where task_name = %s", [REMOVE])
    assert await stores.removal.resume() == 1
