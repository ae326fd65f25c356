"""What was given and what was taken off: tip, discounts, cash."""

from __future__ import annotations

from decimal import Decimal

from core.extraction.figure import Figure
from core.extraction.words import Role, families


def tip_of(amounts: list[Figure], total: Decimal | None) -> Figure | None:
    """Return the tip that was given, or the service charge."""
    tips = [f for f in amounts if f.role is Role.TIP and f.value > 0 and (total is None or f.value < total)]
    return next((f for f in tips if "tip" in families(f.label)), tips[0] if tips else None)


def discounts_of(
    amounts: list[Figure], total: Decimal | None, subtotal: Figure | None
) -> tuple[list[Figure], list[Figure]]:
    """Return what was taken off: the discounts after the subtotal, or else all those among the items.

    Beside discounts after the subtotal, those before it, which it is without already.
    """
    off = [figure for figure in amounts if _takes_off(figure)]
    rows = {figure.row: figure for figure in sorted(off, key=lambda f: f.value < 0)}
    end = max((f.row for f in amounts if f.value == total and f.role in {Role.TOTAL, Role.FINAL}), default=10**6)
    found = [figure for row, figure in rows.items() if row < end]
    late = [figure for figure in found if subtotal is not None and figure.row > subtotal.row]
    return (late, [figure for figure in found if figure not in late]) if late else (found, [])


def _takes_off(figure: Figure) -> bool:
    """Return whether a figure is a discount; what was saved is one when it is printed as less than nothing."""
    return (figure.role is Role.DISCOUNT and figure.value != 0) or (figure.role is Role.SAVED and figure.value < 0)


def cash_of(amounts: list[Figure], total: Decimal | None, change: Figure | None) -> Figure | None:
    """Return what was handed over: what exceeds the total by the change, else the first amount called cash."""
    first = min((f.row for f in amounts if f.value == total and f.role in {Role.TOTAL, Role.FINAL}), default=0)
    paid = [f for f in amounts if f.role is Role.CASH and f.value > 0]
    paid = [f for f in paid if f.row >= first or total is None or f.value >= total]
    if change and total is not None:
        likely = {Role.CASH, Role.CARD, Role.AMOUNT, Role.NONE}
        fitting = [f for f in amounts if f.value - abs(change.value) == total and f.role in likely]
        paid = fitting or paid
    return paid[0] if paid else None
