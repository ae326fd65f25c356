"""What the items tell of the other amounts: which is their sum, which is none, and whether prices contain taxes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import accumulate

from core.extraction.figure import Figure
from core.extraction.item_pairs import Found
from core.extraction.parts import Parts
from core.extraction.words import Role

_ENDS = {Role.TOTAL, Role.FINAL}
_OTHERWISE = {Role.CASH, Role.CARD, Role.CHANGE, Role.BALANCE, Role.TAX, Role.TIP, Role.DISCOUNT, Role.SAVED, *_ENDS}


_NOTHING = Decimal(0)
_PARTS = {Role.TIP, Role.ROUNDING, Role.CHANGE, Role.CASH}


def told_by_items(figures: tuple[Figure, ...], items: Sequence[Found], total: Decimal | None) -> tuple[Figure, ...]:
    """Return the figures as the items make them understood: what was bought is no tip, and their sum is a subtotal."""
    lines = {line for entry in items for line in entry.lines}
    prices = {(line, entry.item.total) for entry in items for line in entry.lines}
    bought = {f for f in figures if f.line in lines and f.role in _PARTS}
    bought |= {f for f in figures if _is_tax(f) and (f.line, f.value) in prices}
    if bought:
        figures = tuple(replace(f, role=Role.NONE) if f in bought else f for f in figures)
    return _with_subtotal(figures, items, total)


def without_taxes(items: tuple[Found, ...], figures: tuple[Figure, ...], subtotal: Decimal | None) -> tuple[Found, ...]:
    """Return the items without taxes at their end, or with a rate: `Airport tax` is one, `Tax guide` amid them is not.

    All are kept where the subtotal contains them.
    """
    taxes = {(f.line, f.value): f.row for f in figures if _is_tax(f) and not f.above}
    rated = {f.row for f in figures if f.unit == "%"}
    rows = [next((taxes[at, e.value] for at in e.lines if (at, e.value) in taxes), None) for e in items]
    if not any(row is not None for row in rows) or (subtotal is not None and _bought(items) == subtotal):
        return items
    last = max((at for at, row in enumerate(rows) if row is None), default=-1)
    return tuple(e for at, e in enumerate(items) if rows[at] is None or (at < last and rows[at] not in rated))


def _is_tax(figure: Figure) -> bool:
    return figure.amount and figure.role is Role.TAX


def _with_subtotal(figures: tuple[Figure, ...], items: Sequence[Found], total: Decimal | None) -> tuple[Figure, ...]:
    """Return the figures with the one called a subtotal that repeats what the items come to; mostly as they are.

    It stands under the last item and above the total, with no word for anything else (`Food 8.44`, `5 items 117.00`).
    """
    if not items or total is None or any(f.role is Role.SUBTOTAL and f.amount for f in figures):
        return figures
    lines = {line for entry in items for line in entry.lines}
    last = max((figure.row for figure in figures if figure.line in lines), default=0)
    end = max((f.row for f in figures if f.amount and f.value == total and f.role in _ENDS), default=0)
    bought = _bought(items)
    for at, figure in enumerate(figures):
        free = figure.role not in _OTHERWISE or (figure.role in _ENDS and bought != total)
        if last < figure.row < end and free and figure.amount and figure.value == bought:
            return (*figures[:at], replace(figure, role=Role.SUBTOTAL), *figures[at + 1 :])
    return figures


def settled_by_items(parts: Parts, items: Sequence[Found], total: Decimal | None) -> Parts:
    """Return the parts as the items prove them: taxes that prices contain, and no subtotal that leads nowhere."""
    if total is None or not items:
        return parts
    taxes = sum((tax.amount for tax in parts.taxes if tax.amount), _NOTHING)
    parts = _with_earlier(parts, items, total)
    others = (parts.tip or _NOTHING) + (parts.rounding or _NOTHING) - (parts.discount or _NOTHING)
    bought = _bought(items)
    if taxes and bought + others == total:
        parts = replace(parts, taxes=tuple(tax.model_copy(update={"included": True}) for tax in parts.taxes))
    leads = (_NOTHING, taxes, others, taxes + others)
    so_far = set(accumulate(entry.value for entry in items))
    if (
        parts.subtotal is None
        or bought != total
        or parts.subtotal in so_far
        or any(abs(total - lead - parts.subtotal) < total / 100 for lead in leads)
    ):
        return parts
    return replace(parts, subtotal=None, lines={name: at for name, at in parts.lines.items() if name != "subtotal"})


def _with_earlier(parts: Parts, items: Sequence[Found], total: Decimal) -> Parts:
    """Return the parts with what was taken off before the subtotal, where the items lead to the subtotal with it."""
    lines = {line for entry in items for line in entry.lines}
    earlier = [figure for figure in parts.earlier if figure.line not in lines]
    off = sum((abs(figure.value) for figure in earlier), _NOTHING)
    if not off or parts.subtotal in {None, total}:
        return parts
    if parts.subtotal not in {so_far - off for so_far in accumulate(entry.value for entry in items)}:
        return parts
    lines_off = (*(figure.line for figure in earlier), *parts.lines.get("discount", ()))
    return replace(parts, discount=(parts.discount or _NOTHING) + off, lines={**parts.lines, "discount": lines_off})


def _bought(items: Sequence[Found]) -> Decimal:
    return sum((entry.value for entry in items), _NOTHING)
