"""Fees: what comes on top of the goods and is no tax and no tip, such as shipping; each is a line item of its own."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from core.extraction.figure import Figure
from core.extraction.item_pairs import Found
from core.extraction.item_words import without_tail
from core.extraction.words import Role
from core.receipt import LineItem

_SUMS = {Role.SUBTOTAL, Role.TOTAL, Role.FINAL}


def fees_of(amounts: Sequence[Figure], total: Decimal | None) -> tuple[Figure, ...]:
    """Return the fees printed between the first sum and the total; those above it are among the items anyway."""
    sums = [f for f in amounts if f.amount and f.role in _SUMS and not f.above]
    first = min((f.row for f in sums), default=0)
    last = max((f.row for f in sums if f.value == total and f.role is not Role.SUBTOTAL), default=0)
    fees = {f.row: f for f in amounts if f.amount and f.role is Role.FEE and first < f.row < last and f.value > 0}
    return tuple(fees.values())


def sum_of(fees: Sequence[Figure]) -> Decimal:
    """Return what fees come to together."""
    return sum((fee.value for fee in fees), Decimal(0))


def with_fees(items: tuple[Found, ...], fees: Sequence[Figure]) -> tuple[Found, ...]:
    """Return the items, and after them the fees that are none of them yet."""
    lines = {line for entry in items for line in entry.lines}
    own = [fee for fee in fees if fee.line not in lines]
    return (*items, *(Found(LineItem(description=without_tail(f.label), total=f.value), (f.line,)) for f in own))
