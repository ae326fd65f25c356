"""What left this machine, in a real PostgreSQL."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from core.accounts import Account, TelegramUser
from core.adapters.wiring import Stores
from core.cloud_use import CloudUse
from core.departures import Departure, LedgerTrip, Outcome, Purpose, Return, Sent
from core.errors import Unavailable
from tests.core.adapters.test_postgres_ledger import filed
from tests.owner import as_owner

HOST = "generativelanguage.googleapis.com"
GEMINI = Departure("Gemini", HOST, Purpose.EXTRACTING, 120_000, 900, {"card number": 1, "iban": 2}, "gemini-flash")
RAPIDAPI = Departure("RapidAPI", "ocr.example.org", Purpose.READING, 80_000)
ANSWERED = Return(Outcome.ANSWERED, 2500, 400, Decimal("0.00135"))
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


async def test_what_left_is_kept_before_what_came_of_it_is_known(stores: Stores, account: Account) -> None:
    """So a crash in between hides the outcome, and never that something left."""
    receipt = await filed(stores, account, "chat:1")
    await stores.departures.note(account.id, receipt.id, GEMINI)
    (found,) = await stores.departures.of_receipt(account.id, [receipt.id])
    assert replace(found, sent_at=None) == GEMINI
    assert found.sent_at is not None
    assert abs(datetime.now(UTC) - found.sent_at) < timedelta(minutes=1)


async def test_what_came_of_it_stands_beside_it(stores: Stores, account: Account) -> None:
    """Outcome, tokens, and dollars to the last decimal."""
    receipt = await filed(stores, account, "chat:1")
    trip = LedgerTrip(stores.departures, account.id, receipt.id)
    await trip.returned(await trip.leaves(GEMINI), ANSWERED)
    (found,) = await stores.departures.of_receipt(account.id, [receipt.id])
    assert Return(found.outcome or Outcome.REFUSED, found.tokens_in, found.tokens_out, found.cost_usd) == ANSWERED


async def test_of_a_receipt_in_several_photos_all_is_told(stores: Stores, account: Account) -> None:
    """What left for its parts, too, in the order in which it left."""
    first, second, whole = [await filed(stores, account, f"chat:{number}") for number in range(3)]
    async with as_owner(stores) as owner:
        joins = "update receipts set joins = %s where id = %s"
        await owner.execute(joins.encode(), [[first.id, second.id], whole.id])
    for receipt, departure in ((first, RAPIDAPI), (second, RAPIDAPI), (whole, GEMINI)):
        await stores.departures.note(account.id, receipt.id, departure)
    found = await stores.departures.of_receipt(account.id, [whole.id])
    assert [one.service for one in found] == ["RapidAPI", "RapidAPI", "Gemini"]
    assert len(await stores.departures.of_receipt(account.id, [first.id, second.id])) == 2


async def test_what_left_in_all_is_counted_a_service_each(stores: Stores, account: Account) -> None:
    """Questions about no receipt count as well, and so does each kind of what was masked."""
    receipt = await filed(stores, account, "chat:1")
    for about, departure in ((receipt.id, GEMINI), (None, GEMINI), (receipt.id, RAPIDAPI)):
        await stores.departures.note(account.id, about, departure)
    assert await stores.departures.sent(account.id) == [
        Sent("Gemini", HOST, 2, 240_000, 1800, {"card number": 2, "iban": 4}),
        Sent("RapidAPI", "ocr.example.org", 1, 80_000, 0, {}),
    ]


async def test_an_account_sees_its_own_alone(stores: Stores, account: Account) -> None:
    """Neither what left of another, nor can it say what came of that."""
    other = await stores.accounts.of(TelegramUser(8, "Bob"))
    receipt = await filed(stores, account, "chat:1")
    note = await stores.departures.note(account.id, receipt.id, GEMINI)
    await stores.departures.returned(other.id, note, ANSWERED)
    assert await stores.departures.of_receipt(other.id, [receipt.id]) == []
    assert await stores.departures.sent(other.id) == []
    assert [one.outcome for one in await stores.departures.of_receipt(account.id, [receipt.id])] == [None]


@pytest.mark.parametrize("receipt", ["another's", "gone"])
async def test_nothing_leaves_for_a_receipt_that_is_not_there(stores: Stores, account: Account, receipt: str) -> None:
    """The note cannot be kept, so the call is not made: the job looks again."""
    other = await stores.accounts.of(TelegramUser(8, "Bob"))
    about = (await filed(stores, other, "chat:1")).id if receipt == "another's" else UUID(int=404)
    with pytest.raises(Unavailable):
        await stores.departures.note(account.id, about, GEMINI)


async def test_admins_see_what_all_asked(stores: Stores, account: Account) -> None:
    """Calls, receipts, tokens and dollars a model, without anybody's name; what has no price is counted."""
    other = await stores.accounts.of(TelegramUser(8, "Bob"))
    for whose in (account, other):
        receipt = await filed(stores, whose, f"chat:{whose.id}")
        for what in (ANSWERED, Return(Outcome.NO_ANSWER), replace(ANSWERED, cost_usd=None)):
            trip = LedgerTrip(stores.departures, whose.id, receipt.id)
            await trip.returned(await trip.leaves(GEMINI), what)
    await stores.departures.note(account.id, None, RAPIDAPI)
    assert await stores.people.cloud_use(LONG_AGO) == [
        CloudUse("Gemini", "gemini-flash", 6, 4, 2, 10_000, 1600, Decimal("0.00270"), 2),
        CloudUse("RapidAPI", "", 1, 0, 0, 0, 0, None, 0),
    ]
    assert await stores.people.cloud_use(datetime.now(UTC) + timedelta(hours=1)) == []
