"""What stands between items and total (subtotal, taxes, tip, discount, rounding) and after it (cash, change)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import combinations

from core.extraction.amounts import Figure
from core.extraction.rows import Row
from core.extraction.words import Role, families
from core.receipt import TaxLine

_RATE = re.compile(r"(\d{1,2}(?:[.,]\d{1,3})?)\s?%")
_ADDED = {Role.TAX, Role.TIP, Role.ROUNDING, Role.DISCOUNT}
_UNNAMED = {Role.NONE, Role.OTHER, Role.AMOUNT, Role.COUNT, Role.FINAL, Role.TOTAL}


@dataclass(frozen=True)
class Parts:
    """The amounts around the total, None where not printed, and the reading's lines that each stands in."""

    subtotal: Decimal | None = None
    taxes: tuple[TaxLine, ...] = ()
    tip: Decimal | None = None
    discount: Decimal | None = None
    rounding: Decimal | None = None
    cash: Decimal | None = None
    change: Decimal | None = None
    lines: dict[str, tuple[int, ...]] = field(default_factory=dict)


def find_parts(figures: tuple[Figure, ...], rows: tuple[Row, ...], total: Decimal | None) -> Parts:
    """Return the parts of the bill that fit `total` best."""
    amounts = [figure for figure in figures if figure.amount and figure.unit != "%"]
    found: dict[str, Figure | None] = {
        "subtotal": _subtotal(amounts, total),
        "tip": _first(amounts, Role.TIP, lambda f: f.value > 0 and (total is None or f.value < total)),
        "rounding": _first(amounts, Role.ROUNDING, lambda f: abs(f.value) < 1 or f.decimals < 2),
        "change": _first(amounts, Role.CHANGE, lambda f: True),
    }
    found["cash"] = _cash(amounts, total, found["change"])
    value = {name: figure.value if figure else None for name, figure in found.items()}
    taxes = _taxes(amounts, total, value["subtotal"], value["tip"])
    lines: dict[str, tuple[int, ...]] = {name: (figure.line,) for name, figure in found.items() if figure}
    discounts = _discounts(amounts, total, found["subtotal"])
    lines |= {"discount": tuple(figure.line for figure in discounts)} if discounts else {}
    lines["taxes"] = tuple(dict.fromkeys(figure.line for figure in taxes))
    included = _included(taxes, total, value["subtotal"])
    return Parts(
        subtotal=value["subtotal"],
        taxes=tuple(_tax_line(figure, rows, included) for figure in taxes),
        tip=value["tip"],
        discount=sum((abs(figure.value) for figure in discounts), Decimal(0)) or None,
        rounding=value["rounding"],
        cash=value["cash"],
        change=_size(value["change"]),
        lines=lines,
    )


def _size(value: Decimal | None) -> Decimal | None:
    return abs(value) if value is not None else None


def _first(amounts: list[Figure], role: Role, fits: Callable[[Figure], bool]) -> Figure | None:
    return next((figure for figure in amounts if figure.role is role and fits(figure)), None)


def _sums(values: Iterable[Decimal], most: int = 3) -> set[Decimal]:
    """Return what any 1 to `most` of the values come to together."""
    few = list(values)[:8]
    return {sum(part, Decimal(0)) for size in range(1, most + 1) for part in combinations(few, size)}


def _subtotal(amounts: list[Figure], total: Decimal | None) -> Figure | None:
    """Return the printed subtotal: one from which the other parts lead to the total goes before the first named one.

    An amount without the word for it counts when it stands before the total and taxes or tips fill the gap.
    """
    named = [f for f in amounts if f.role is Role.SUBTOTAL and f.value > 0]
    named = [f for f in named if not re.search("taxable|zero", f.label, re.IGNORECASE)] or named
    if total is None:
        return named[0] if named else None
    gaps = _sums(-abs(f.value) if f.role is Role.DISCOUNT else f.value for f in amounts if f.role in _ADDED and f.value)
    fitting = [f for f in named if total - f.value in gaps | {Decimal(0)}]
    if fitting or len({f.value for f in named}) == 1:
        return ([f for f in fitting if "sub" in families(f.label)] or fitting or named)[0]
    if named:
        return None  # Several, of parts of the page: none of them is the receipt's.
    ends = [f.row for f in amounts if f.value == total and f.role in {Role.TOTAL, Role.FINAL}]
    first_added = min((f.row for f in amounts if f.role in {Role.TAX, Role.TIP}), default=0)
    unnamed = [f for f in amounts if f.role in _UNNAMED and f.value > 0 and f.row <= first_added]
    unnamed = [f for f in unnamed if total - f.value in gaps - {Decimal(0)} and f.value > total / 2]
    return unnamed[-1] if unnamed and ends else None


def _taxes(amounts: list[Figure], total: Decimal | None, subtotal: Decimal | None, tip: Decimal | None) -> list[Figure]:
    """Return each printed tax once: those that fill the gap from subtotal to total when some do."""
    found = [f for f in amounts if f.role is Role.TAX and (total is None or abs(f.value) < total)]
    if total is not None and subtotal is not None and subtotal != total:
        gap = total - subtotal
        gaps = [gap, gap - (tip or 0)]
        gaps += [gap + abs(f.value) for f in amounts if f.role is Role.DISCOUNT][:2]
        gaps += [g - f.value for g in list(gaps) for f in amounts if f.role is Role.ROUNDING][:4]
        for gap in gaps:
            part = _filling(found, gap) or _filling(_between(amounts, total, subtotal), gap)
            if part:
                return part
    return _once(found or _hidden(amounts, total))


def _filling(found: list[Figure], gap: Decimal) -> list[Figure]:
    """Return the fewest of the figures that make up the gap, or none."""
    for size in range(1, min(len(found), 4) + 1):
        for part in combinations(found[:8], size):
            if gap and sum((figure.value for figure in part), Decimal(0)) == gap:
                return list(part)
    return []


def _between(amounts: list[Figure], total: Decimal, subtotal: Decimal) -> list[Figure]:
    """Return the amounts without a known word between the rows of the subtotal and the total (`PB-1 10% 2.818`)."""
    first = next((f.row for f in amounts if f.value == subtotal and f.role is Role.SUBTOTAL), None)
    last = next((f.row for f in amounts if f.value == total and first is not None and f.row > first), None)
    if first is None or last is None:
        return []
    return [f for f in amounts if first < f.row < last and f.role in {Role.NONE, Role.OTHER}]


def _hidden(amounts: list[Figure], total: Decimal | None) -> list[Figure]:
    """Return taxes told as part of the total (`total includes GST 3.98`): its words, but a small part of it."""
    return [
        f
        for f in amounts
        if total is not None and 0 < f.value < total / 3
        and {"tax", "incl"} <= families(f.label) and f.role in {Role.TOTAL, Role.FINAL}
    ]  # fmt: skip


def _once(found: list[Figure]) -> list[Figure]:
    """Return the taxes without those printed again: the sum of all, and the same label with the same amount."""
    whole = [f for f in found if "total" in families(f.label)]
    parts = [f for f in found if f not in whole]
    if whole and sum((f.value for f in parts), Decimal(0)) != whole[0].value:
        return whole[:1]
    unique: dict[Decimal, Figure] = {}
    for figure in parts or whole:
        unique.setdefault(figure.value, figure)
    return list(unique.values())


def _included(taxes: list[Figure], total: Decimal | None, subtotal: Decimal | None) -> bool | None:
    """Return whether the taxes are part of the prices already: True, False, or None when the page does not show it."""
    if total is None or not taxes:
        return None
    added = sum((figure.value for figure in taxes), Decimal(0))
    if subtotal is not None and subtotal < total:
        return False
    if (subtotal == total and added) or any("incl" in families(figure.label) for figure in taxes):
        return True
    return None


def _tax_line(figure: Figure, rows: tuple[Row, ...], included: bool | None) -> TaxLine:
    rate = _RATE.search(rows[figure.row].text)
    label = re.sub(r"[\s:.@(]+$", "", figure.label)[:60] or "Tax"
    percent = Decimal(rate[1].replace(",", ".")) if rate else None
    return TaxLine(label=label, rate=percent, amount=figure.value, included=included)


def _discounts(amounts: list[Figure], total: Decimal | None, subtotal: Figure | None) -> list[Figure]:
    """Return what was taken off: the discounts after the subtotal, or else all those among the items."""
    rows = {figure.row: figure for figure in amounts if figure.role is Role.DISCOUNT and figure.value}
    end = max((f.row for f in amounts if f.value == total and f.role in {Role.TOTAL, Role.FINAL}), default=10**6)
    found = [figure for row, figure in rows.items() if row < end]
    late = [figure for figure in found if subtotal is not None and figure.row > subtotal.row]
    return late or found


def _cash(amounts: list[Figure], total: Decimal | None, change: Figure | None) -> Figure | None:
    """Return what was handed over: what exceeds the total by the change, else the first amount called cash."""
    paid = [f for f in amounts if f.role is Role.CASH and f.value > 0]
    if change and total is not None:
        likely = {Role.CASH, Role.CARD, Role.AMOUNT, Role.NONE}
        fitting = [f for f in amounts if f.value - abs(change.value) == total and f.role in likely]
        paid = fitting or paid
    return paid[0] if paid else None
