"""The largest receipts of a time, in a real PostgreSQL."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from core.accounts import Account, TelegramUser
from core.adapters.wiring import Stores
from tests.core.adapters.test_postgres_ledger import COFFEE, filed

FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)


async def _bought(stores: Stores, account: Account, total: str | None, **facts: object) -> None:
    amount = Decimal(total) if total else None
    await filed(stores, account, f"{total} {facts}", COFFEE.model_copy(update={"total": amount, **facts}))


async def test_each_currency_has_its_largest(stores: Stores, account: Account) -> None:
    """A thousand yen do not hide twenty euros."""
    for total in ("1", "20", "3"):
        await _bought(stores, account, total)
    await _bought(stores, account, "1000", currency="JPY")
    found = await stores.largest.largest(account.id, FIRST, LAST, 2)
    assert [(one.receipt.currency, one.receipt.total) for one in found if one.receipt] == [
        ("EUR", Decimal(20)), ("EUR", Decimal(3)), ("JPY", Decimal(1000)),
    ]  # fmt: skip


async def test_only_what_was_spent_in_that_time_counts(stores: Stores, account: Account) -> None:
    """Not what lies outside, has no total, or was given back."""
    await _bought(stores, account, "9", bought_on=date(2026, 10, 31))
    await _bought(stores, account, None)
    await _bought(stores, account, "-5")
    assert await stores.largest.largest(account.id, FIRST, LAST, 5) == []


async def test_others_receipts_are_not_among_them(stores: Stores, account: Account) -> None:
    """An account sees its own."""
    await _bought(stores, account, "9")
    other = await stores.accounts.of(TelegramUser(8, "Eve"))
    assert await stores.largest.largest(other.id, FIRST, LAST, 5) == []
