"""What was read is kept beside what the person corrected, and whether a bill was paid."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from core.accounts import Account
from core.adapters.wiring import Stores
from core.bookkeeper import Bookkeeper
from core.corrections import WrongValue, WrongValues
from core.errors import ChangedMeanwhile
from core.ports import State
from core.receipt import Doubt, DoubtKind, Kind
from tests.core.adapters.test_postgres_ledger import COFFEE, filed
from tests.owner import as_owner

TODAY = date(2026, 11, 24)
BILL = COFFEE.model_copy(update={"kind": Kind.INVOICE, "due_on": date(2026, 12, 1)})


@pytest.fixture
def bookkeeper(stores: Stores) -> Bookkeeper:
    """Give a bookkeeper such as receivers have: it reads nothing."""
    return Bookkeeper(stores.photos, stores.ledger, stores.ledger, stores.rules, lambda: TODAY)


async def test_what_was_read_is_kept_beside_what_was_corrected(
    stores: Stores, account: Account, bookkeeper: Bookkeeper
) -> None:
    """However often it is corrected, and also when all its lines go."""
    saved = await filed(stores, account, "a")
    await bookkeeper.correct(account, saved.id, "total", "9.99")
    await bookkeeper.correct_all(account, saved.id, {"items.0.-": "", "merchant": "Löwe"})
    found = await stores.ledger.find(account.id, saved.id)
    assert found is not None
    assert found.receipt is not None
    assert (found.receipt.total, found.receipt.merchant, found.receipt.items) == (Decimal("9.99"), "Löwe", ())
    assert found.as_read == COFFEE


async def test_a_receipt_of_before_keeps_what_stood_there_before_its_next_correction(
    stores: Stores, account: Account, bookkeeper: Bookkeeper
) -> None:
    """Rows that were read by an older version have nothing kept yet."""
    saved = await filed(stores, account, "a")
    async with as_owner(stores) as connection:
        await connection.execute("update receipts set as_read = null")
    await bookkeeper.correct(account, saved.id, "total", "9.99")
    found = await stores.ledger.find(account.id, saved.id)
    assert found is not None
    assert found.as_read == COFFEE


async def test_a_form_with_a_wrong_value_changes_nothing(
    stores: Stores, account: Account, bookkeeper: Bookkeeper
) -> None:
    """All of it or none."""
    saved = await filed(stores, account, "a")
    with pytest.raises(WrongValues):
        await bookkeeper.correct_all(account, saved.id, {"merchant": "Other", "total": "nothing"})
    assert await stores.ledger.find(account.id, saved.id) == saved


async def test_what_changes_is_asked_anew(stores: Stores, account: Account, bookkeeper: Bookkeeper) -> None:
    """An unlikely date was said to be right; another unlikely one is another question."""
    old = COFFEE.model_copy(update={"bought_on": date(1990, 1, 1)})
    saved = await filed(stores, account, "a", old)
    await stores.ledger.save(replace(saved, settled=(DoubtKind.DATE_UNLIKELY, DoubtKind.DUPLICATE)), None)
    same = await bookkeeper.correct(account, saved.id, "merchant", "Löwe")
    other = await bookkeeper.correct(account, saved.id, "bought_on", "2206-01-01")
    assert same is not None
    assert other is not None
    assert other.receipt is not None
    assert DoubtKind.DATE_UNLIKELY in same.settled
    assert [doubt.kind for doubt in other.receipt.doubts] == [DoubtKind.DATE_UNLIKELY]
    assert other.settled == (DoubtKind.DUPLICATE,)


async def test_bills_that_are_due_come_soonest_first_until_they_are_paid(
    stores: Stores, account: Account, bookkeeper: Bookkeeper
) -> None:
    """Overdue ones are due; those of later, deleted ones and receipts without a date are not."""
    overdue, bill = [
        await filed(stores, account, str(day), BILL.model_copy(update={"due_on": day}))
        for day in (date(2026, 11, 1), date(2026, 12, 1))
    ]
    await filed(stores, account, "later", BILL.model_copy(update={"due_on": date(2027, 1, 1)}))
    await filed(stores, account, "none")
    gone = await filed(stores, account, "gone", BILL)
    await stores.ledger.save(replace(gone, state=State.DELETED), None)
    due = await stores.ledger.due(account.id, date(2026, 12, 1), 10)
    assert [one.id for one in due] == [overdue.id, bill.id]
    paid = await bookkeeper.pay(account, overdue.id, TODAY)
    assert paid is not None
    assert [one.id for one in await stores.ledger.due(account.id, date(2026, 12, 1), 10)] == [bill.id]
    await bookkeeper.pay(account, overdue.id, None)
    assert len(await stores.ledger.due(account.id, date(2026, 12, 1), 1)) == 1


async def test_who_names_no_category_is_told_those_that_the_account_uses(
    stores: Stores, account: Account, bookkeeper: Bookkeeper
) -> None:
    """Without those that it does not want to be offered, with its own; what a receipt has already it may keep."""
    saved = await filed(stores, account, "a")
    choosy = replace(account, unused=("fuel", "eating out"), own=("coffee",))
    with pytest.raises(WrongValue) as caught:
        await bookkeeper.correct(choosy, saved.id, "category", "fuel")
    assert "transport, travel," in caught.value.sentence
    for category in ("Eating out", "coffee"):
        found = await bookkeeper.correct(choosy, saved.id, "category", category)
        assert found is not None
        assert found.receipt is not None
        assert found.receipt.category == category.lower()
    with pytest.raises(WrongValues) as form:
        await bookkeeper.correct_all(choosy, saved.id, {"category": "eating out"})
    assert "services, other, coffee." in form.value.faults["category"]


async def test_a_category_that_is_corrected_is_a_rule_for_receipts_to_come(
    stores: Stores, account: Account, bookkeeper: Bookkeeper
) -> None:
    """Under the merchant's name after the correction; receipts that are here already stay as they are."""
    first, other = await filed(stores, account, "a"), await filed(stores, account, "b")
    await bookkeeper.correct_all(account, first.id, {"merchant": "Löwe", "category": "travel"})
    await bookkeeper.correct(account, other.id, "category", "gifts")
    assert await stores.rules.find(account.id, "LOWE") == "travel"
    assert await stores.rules.find(account.id, "Café Löwe") == "gifts"
    found = await stores.ledger.find(account.id, first.id)
    assert found is not None
    assert found.receipt is not None
    assert found.receipt.category == "travel"


async def test_nothing_else_makes_a_rule(stores: Stores, account: Account, bookkeeper: Bookkeeper) -> None:
    """Not another field, a category that stays or goes, a receipt without a merchant, nor the answer to a doubt."""
    doubt = Doubt(kind=DoubtKind.MERCHANT_UNCLEAR, field="merchant", choices=("Löwe",))
    saved = await filed(stores, account, "a", COFFEE.model_copy(update={"doubts": (doubt,)}))
    unnamed = await filed(stores, account, "b", COFFEE.model_copy(update={"merchant": None}))
    await bookkeeper.settle(account, saved.id, 0, 0)
    await bookkeeper.correct_all(account, saved.id, {"total": "9.99", "category": "eating out"})
    await bookkeeper.correct(account, saved.id, "category", "")
    await bookkeeper.correct(account, unnamed.id, "category", "travel")
    assert await stores.rules.all(account.id) == []


async def test_nobody_pays_what_is_not_there(account: Account, bookkeeper: Bookkeeper) -> None:
    """A forged address names nothing."""
    assert await bookkeeper.pay(account, UUID(int=5), TODAY) is None
    assert await bookkeeper.correct_all(account, UUID(int=5), {"total": "1"}) is None


async def test_what_is_done_at_the_same_moment_all_holds(
    stores: Stores, account: Account, bookkeeper: Bookkeeper
) -> None:
    """The page and the chat may change one receipt together: nobody's change is taken back by the other's."""
    saved = await filed(stores, account, "a", BILL)
    await asyncio.gather(
        bookkeeper.pay(account, saved.id, TODAY),
        bookkeeper.correct(account, saved.id, "merchant", "Löwe"),
        bookkeeper.correct(account, saved.id, "tip", "1.00"),
    )
    found = await stores.ledger.find(account.id, saved.id)
    assert found is not None
    assert found.receipt is not None
    assert (found.paid_on, found.receipt.merchant, found.receipt.tip) == (TODAY, "Löwe", Decimal("1.00"))


async def test_who_saves_what_was_saved_meanwhile_is_told(stores: Stores, account: Account) -> None:
    """A receipt that was deleted does not come back by a correction under way."""
    saved = await filed(stores, account, "a")
    first, second = await stores.ledger.find(account.id, saved.id), await stores.ledger.find(account.id, saved.id)
    assert first is not None
    assert second is not None
    await stores.ledger.save(replace(first, state=State.DELETED), None)
    with pytest.raises(ChangedMeanwhile):
        await stores.ledger.save(second, None)
