"""What admins see and do: figures of everybody, nothing of what is on a receipt, and never without an admin left."""

from __future__ import annotations

import asyncio
from dataclasses import asdict, replace
from uuid import UUID

import pytest

from core.accounts import Account, Role, TelegramUser
from core.adapters.postgres_people import PostgresPeople
from core.adapters.wiring import Stores
from core.errors import NoText
from core.people import ACTS, AdminBlocked, LastAdmin, NamedAdmin, NoSuchPerson, NothingToTry, OwnAccount, do_to_person
from core.ports import State
from core.settings import Settings
from core.signing_in import Identity
from tests.core.adapters.test_postgres_ledger import COFFEE, SENT, filed
from tests.owner import as_owner

NOBODY = UUID(int=404)


async def member(stores: Stores, number: int = 1) -> Account:
    """Return an account with an address."""
    return await stores.accounts.enter(Identity(UUID(int=number), f"ada{number}@example.org"))


async def failed(stores: Stores, account: Account) -> UUID:
    """Return a receipt that could not be read."""
    opened = await stores.ledger.open(account.id, "photo", "chat:9", SENT)
    for job in await stores.jobs.job_manager.list_jobs_async():
        await stores.jobs.job_manager.cancel_job_by_id_async(int(job.id or 0), delete_job=True)
    waiting = await stores.ledger.find(account.id, opened)
    assert waiting is not None
    await stores.ledger.save(replace(waiting, state=State.UNUSABLE, problem=NoText().sentence), None)
    return opened


async def test_a_person_is_shown_in_figures(stores: Stores, account: Account) -> None:
    """Names, receipts, and nothing that stands on one."""
    await filed(stores, account, "chat:1")
    await stores.ledger.open(account.id, "other", "chat:2", SENT)
    (person,) = await stores.people.people()
    assert (person.account, person.names, person.receipts, person.waiting, person.today) == (
        account.id,
        ("Ada",),
        1,
        1,
        2,
    )
    assert str(COFFEE.merchant) not in str(asdict(person))
    assert person.last_at is not None


@pytest.mark.parametrize(("search", "found"), [("ADA1@", 1), ("eve", 1), ("example", 2), ("%", 0), ("\0", 3)])
async def test_people_are_found_by_address_and_name(stores: Stores, search: str, found: int) -> None:
    """Signs that mean something to SQL mean themselves."""
    await member(stores, 1)
    await member(stores, 2)
    await stores.accounts.of(TelegramUser(8, "Eve"))
    assert len(await stores.people.people(search)) == found


async def test_a_name_does_not_pass_for_an_account(stores: Stores, account: Account) -> None:
    """Who calls themselves by another's id is not taken for them."""
    await stores.accounts.of(TelegramUser(8, str(account.id)))
    person = await stores.people.person(account.id)
    assert person is not None
    assert person.names == ("Ada",)
    assert await stores.people.person(NOBODY) is None


async def test_the_overview_adds_up(stores: Stores, account: Account) -> None:
    """Accounts, receipts, what waits and what failed."""
    await member(stores)
    await filed(stores, account, "chat:1")
    await failed(stores, account)
    seen = await stores.people.overview()
    assert (seen.accounts, seen.guests, seen.receipts, seen.failed, seen.today, seen.photos_a_day) == (
        2,
        1,
        1,
        1,
        2,
        300,
    )
    assert {queue.name for queue in seen.queues} == {"updates", "readings"}


async def test_a_failure_is_tried_again_once(stores: Stores, account: Account) -> None:
    """It waits, its reading is enqueued, and a second press changes nothing."""
    receipt = await failed(stores, account)
    (failure,) = await stores.people.failures()
    assert (failure.receipt, failure.account, failure.reason) == (receipt, account.id, NoText().sentence)
    await stores.people.try_again(receipt)
    waiting = await stores.ledger.find(account.id, receipt)
    assert waiting is not None
    assert waiting.state is State.WAITING
    with pytest.raises(NothingToTry):
        await stores.people.try_again(receipt)
    assert len(list(await stores.jobs.job_manager.list_jobs_async(task="read_receipt"))) == 1


async def test_of_two_who_try_at_once_one_does(stores: Stores, account: Account) -> None:
    """One reading is enqueued."""
    receipt = await failed(stores, account)
    tries = [stores.people.try_again(receipt) for _ in range(4)]
    outcomes = await asyncio.gather(*tries, return_exceptions=True)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["NoneType", *["NothingToTry"] * 3]
    assert len(list(await stores.jobs.job_manager.list_jobs_async(task="read_receipt"))) == 1


async def test_what_is_being_read_is_not_tried_again(stores: Stores, account: Account) -> None:
    """It stays as it was."""
    receipt = await stores.ledger.open(account.id, "photo", "chat:9", SENT)
    async with as_owner(stores) as owner:
        await owner.execute("update receipts set state = 'unusable'")
        await owner.execute("update procrastinate_jobs set status = 'doing'")
    with pytest.raises(NothingToTry):
        await stores.people.try_again(receipt)
    found = await stores.ledger.find(account.id, receipt)
    assert found is not None
    assert found.state is State.UNUSABLE


async def test_who_is_being_removed_is_nobody_any_more(stores: Stores, account: Account) -> None:
    """Neither in a list nor in a figure, and nothing is done to them."""
    await filed(stores, account, "chat:1")
    receipt = await failed(stores, account)
    assert await stores.removal.begin(account.id)
    assert await stores.people.people() == []
    assert await stores.people.person(account.id) is None
    assert await stores.people.failures() == []
    seen = await stores.people.overview()
    assert (seen.accounts, seen.guests, seen.receipts, seen.failed, seen.today) == (0, 0, 0, 0, 0)
    with pytest.raises(NothingToTry):
        await stores.people.try_again(receipt)
    for act in ACTS:
        with pytest.raises(NoSuchPerson):
            await do_to_person(stores.people, act, account.id, NOBODY)


async def test_what_was_read_is_not_tried_again(stores: Stores, account: Account) -> None:
    """An admin changes nobody's receipts."""
    read = await filed(stores, account, "chat:1")
    for job in await stores.jobs.job_manager.list_jobs_async():
        await stores.jobs.job_manager.cancel_job_by_id_async(int(job.id or 0), delete_job=True)
    for receipt in (read.id, NOBODY):
        with pytest.raises(NothingToTry):
            await stores.people.try_again(receipt)
    assert await stores.ledger.find(account.id, read.id) == read


async def test_who_is_blocked_is_signed_out_everywhere(stores: Stores, account: Account) -> None:
    """Sessions end, and what was handed out before opens nothing."""
    session = await stores.sessions.open(account.id, "phone", "chat")
    entering = await stores.links.sign_in_token(account.id, 7)
    inviting = await stores.links.invite(TelegramUser(7, "Ada"))
    await stores.people.block(account.id)
    assert await stores.sessions.find(session) is None
    for late in (stores.links.sign_in(entering), stores.links.invited(inviting.token)):
        with pytest.raises(Exception, match="used already"):
            await late
    known = await stores.accounts.known(7)
    assert known is not None
    assert known.blocked
    await stores.people.unblock(account.id)
    assert not (await stores.accounts.known(7) or known).blocked


async def test_there_is_always_an_admin(stores: Stores) -> None:
    """The last one stays, and an admin is not blocked."""
    first, second = await member(stores, 1), await member(stores, 2)
    await stores.people.promote(first.id)
    with pytest.raises(LastAdmin):
        await stores.people.demote(first.id)
    with pytest.raises(AdminBlocked):
        await stores.people.block(first.id)
    await stores.people.promote(second.id)
    await stores.people.demote(first.id)
    person = await stores.people.person(first.id)
    assert person is not None
    assert person.role is Role.USER


async def test_an_admin_who_is_being_removed_is_not_another(stores: Stores) -> None:
    """Whoever is left stays one."""
    first, second = await member(stores, 1), await member(stores, 2)
    for one in (first, second):
        await stores.people.promote(one.id)
    await stores.removal.begin(second.id)
    with pytest.raises(LastAdmin):
        await stores.people.demote(first.id)


@pytest.mark.parametrize("act", ACTS)
async def test_an_admin_does_nothing_to_themselves(stores: Stores, act: str) -> None:
    """Whichever way they ask."""
    one, other = await member(stores, 1), await member(stores, 2)
    for each in (one, other):
        await stores.people.promote(each.id)
    before = await stores.accounts.find(one.id)
    with pytest.raises(OwnAccount):
        await do_to_person(stores.people, act, one.id, one.id)
    assert await stores.accounts.find(one.id) == before


async def test_an_admin_of_the_settings_stays_one(stores: Stores, account: Account) -> None:
    """They would be one again at their next sign of life, so it says so."""
    other = await member(stores)
    people = PostgresPeople(
        stores.pool,
        stores.people._queue,
        Settings.from_environment({"ADMIN_TELEGRAM_IDS": "7", "ADMIN_EMAILS": "x@y.zz"}),
    )
    await people.promote(account.id)
    await people.promote(other.id)
    with pytest.raises(NamedAdmin):
        await people.demote(account.id)


async def test_nobody_is_changed_who_is_not_there(stores: Stores) -> None:
    """A forged id gets a sentence."""
    for act in (stores.people.block, stores.people.unblock, stores.people.promote, stores.people.demote):
        with pytest.raises(NoSuchPerson):
            await act(NOBODY)


async def test_a_request_is_asked_once_and_decided_once(stores: Stores) -> None:
    """Whoever decides second changes nothing; who is approved has an account."""
    assert await stores.requests.ask(9, "Bob", "en") is None
    again = await stores.requests.ask(9, "Robert", "en")
    assert again is not None
    assert (again.name, again.approved) == ("Bob", None)
    assert await stores.accounts.known(9) is None
    assert await stores.requests.decide(9, approved=True) is not None
    assert await stores.requests.decide(9, approved=False) is None
    assert await stores.accounts.known(9) is not None
    tasks = [job.task_name for job in await stores.jobs.job_manager.list_jobs_async()]
    assert sorted(tasks) == ["ask_admins", "tell_decided"]


async def test_who_decides_is_whoever_is_an_admin_now(stores: Stores, account: Account) -> None:
    """By role, in a chat."""
    assert await stores.requests.admins() == []
    await stores.people.promote(account.id)
    assert await stores.requests.admins() == [7]
