"""The ledger in a real PostgreSQL."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from core.accounts import Account, TelegramUser
from core.adapters.wiring import Stores
from core.errors import Unavailable
from core.ports import DaySum, Filed, State, Sum
from core.receipt import Category, Doubt, DoubtKind, Line, LineItem, Reading, Receipt, TaxLine

SENT = date(2026, 11, 20)
COFFEE = Receipt(
    merchant="Café Löwe",
    bought_on=date(2026, 11, 19),
    currency="EUR",
    total=Decimal("3.50"),
    taxes=(TaxLine(label="MwSt", rate=Decimal(7), amount=Decimal("0.23")),),
    items=(LineItem(description="Flat white", total=Decimal("3.50")),),
    category=Category.EATING_OUT,
    doubts=(Doubt(kind=DoubtKind.DATE_UNCLEAR, field="bought_on", choices=("2026-11-19",)),),
)


async def filed(stores: Stores, account: Account, source: str, receipt: Receipt = COFFEE) -> Filed:
    """File a read receipt and return it."""
    opened = await stores.ledger.open(account.id, f"photo of {source}", source, SENT)
    waiting = await stores.ledger.find(account.id, opened)
    assert waiting is not None
    read = replace(waiting, state=State.READ, receipt=receipt, version=None)
    await stores.ledger.save(read, None)
    return read


async def test_the_same_source_opens_one_receipt_and_one_job(stores: Stores, account: Account) -> None:
    """A job that runs again must not file the photo twice."""
    first = await stores.ledger.open(account.id, "photo", "chat:1", SENT)
    assert await stores.ledger.open(account.id, "photo", "chat:1", SENT) == first
    assert len(list(await stores.jobs.job_manager.list_jobs_async())) == 1


async def test_a_saved_receipt_comes_back_as_it_was(stores: Stores, account: Account) -> None:
    """Amounts keep their decimals, dates stay dates, doubts and items are there."""
    saved = await filed(stores, account, "chat:1")
    assert await stores.ledger.find(account.id, saved.id) == saved
    assert saved.counted_on == date(2026, 11, 19)


async def test_a_reading_is_kept_with_its_receipt(stores: Stores, account: Account) -> None:
    """The lines are needed when a receipt is checked anew."""
    saved = await filed(stores, account, "chat:1")
    reading = Reading(lines=(Line(text="TOTAL 3.50", score=0.9),), pages=((100, 200),), reader="test")
    await stores.ledger.save(saved, reading)
    assert await stores.ledger.reading(account.id, saved.id) == reading


async def test_the_newest_come_first_and_deleted_ones_not_at_all(stores: Stores, account: Account) -> None:
    """Order is by the day it counts on, which is the day it was sent when none was printed."""
    old = await filed(stores, account, "a", COFFEE.model_copy(update={"bought_on": date(2025, 1, 1)}))
    undated = await filed(stores, account, "b", COFFEE.model_copy(update={"bought_on": None}))
    gone = await filed(stores, account, "c")
    await stores.ledger.save(replace(gone, state=State.DELETED), None)
    found, count = await stores.ledger.newest(account.id, 10, 0)
    assert ([entry.id for entry in found], count) == ([undated.id, old.id], 2)


async def test_the_like_of_a_receipt_is_found(stores: Stores, account: Account) -> None:
    """Same total, currency and day; another currency is no likeness."""
    first = await filed(stores, account, "a")
    await filed(stores, account, "b", COFFEE.model_copy(update={"currency": "USD"}))
    second = await filed(stores, account, "c")
    assert [entry.id for entry in await stores.ledger.alike(second)] == [first.id]


async def test_another_merchant_with_the_same_total_is_no_likeness(stores: Stores, account: Account) -> None:
    """Two coffees for the same price on one day."""
    await filed(stores, account, "a", COFFEE.model_copy(update={"merchant": "Bar Centrale"}))
    like = await filed(stores, account, "b", COFFEE.model_copy(update={"merchant": "CAFE LÖWE GmbH"}))
    mine = await filed(stores, account, "c", COFFEE.model_copy(update={"merchant": "Cafe-Löwe"}))
    assert [entry.id for entry in await stores.ledger.alike(mine)] == [like.id]


async def test_sums_hold_currencies_apart(stores: Stores, account: Account) -> None:
    """Totals by currency, category and merchant, and by day."""
    await filed(stores, account, "a")
    await filed(stores, account, "b")
    await filed(stores, account, "c", COFFEE.model_copy(update={"currency": "USD", "category": None}))
    await filed(stores, account, "d", COFFEE.model_copy(update={"total": None}))
    month = date(2026, 11, 1), date(2026, 11, 30)
    sums = sorted(await stores.ledger.sums(account.id, *month), key=lambda entry: str(entry.currency))
    assert sums == [
        Sum("EUR", Category.EATING_OUT, "Café Löwe", 2, Decimal("7.00")),
        Sum("USD", Category.OTHER, "Café Löwe", 1, Decimal("3.50")),
    ]
    days = await stores.ledger.by_day(account.id, *month)
    assert DaySum(date(2026, 11, 19), "EUR", Decimal("7.00")) in days
    assert await stores.ledger.totals(account.id, *month) == {"EUR": Decimal("7.00"), "USD": Decimal("3.50")}
    assert await stores.ledger.sums(account.id, date(2026, 10, 1), date(2026, 10, 31)) == []


async def test_another_account_sees_nothing(stores: Stores, account: Account) -> None:
    """A receipt's id is no key to it."""
    mine = await filed(stores, account, "a")
    other = await stores.accounts.of(TelegramUser(8, "Eve"))
    assert await stores.ledger.find(other.id, mine.id) is None
    assert await stores.ledger.newest(other.id, 10, 0) == ([], 0)
    with pytest.raises(Unavailable):
        await stores.ledger.save(replace(mine, account=other.id, state=State.DELETED), None)
    assert (await stores.ledger.find(account.id, mine.id)) == mine


async def test_an_unknown_receipt_is_none(stores: Stores, account: Account) -> None:
    """A forged button must not raise."""
    assert await stores.ledger.find(account.id, UUID(int=0)) is None


async def test_one_person_has_one_account(stores: Stores, account: Account) -> None:
    """The second message comes to the same account."""
    assert await stores.accounts.of(TelegramUser(7, "Ada")) == account
    assert await stores.accounts.find(account.id) == account
