"""What stands between items and total (subtotal, taxes, tip, discount, rounding) and after it (cash, change)."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import combinations

from core.extraction.fees import fees_of, sum_of
from core.extraction.figure import Figure
from core.extraction.paid import cash_of, discounts_of, tip_of
from core.extraction.rows import Row
from core.extraction.taxes import are_included, find_taxes, from_table, tax_line
from core.extraction.words import Role, families
from core.receipt import TaxLine

_ADDED = {Role.TAX, Role.TIP, Role.ROUNDING, Role.DISCOUNT}
_LEEWAY = Decimal("0.05")
_MOST_TAX = Decimal("0.3")
"""No tax is a larger part of the total than this."""
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
    fees: tuple[Figure, ...] = ()
    earlier: tuple[Figure, ...] = ()
    lines: dict[str, tuple[int, ...]] = field(default_factory=dict)


def find_parts(figures: tuple[Figure, ...], rows: tuple[Row, ...], total: Decimal | None) -> Parts:
    """Return the parts of the bill that fit `total` best."""
    amounts = _plausible([f for f in figures if f.amount and f.unit != "%"], figures, total)
    found: dict[str, Figure | None] = {
        "subtotal": _subtotal(amounts, total),
        "tip": tip_of(amounts, total),
        "rounding": _first(amounts, Role.ROUNDING, lambda f: abs(f.value) < 1 or f.decimals < 2),
        "change": _first(amounts, Role.CHANGE, lambda f: True),
    }
    found["cash"] = cash_of(amounts, total, found["change"])
    value = {name: figure.value if figure else None for name, figure in found.items()}
    discounts, earlier = discounts_of(amounts, total, found["subtotal"])
    taxes = find_taxes(amounts, total, value["subtotal"], value["tip"])
    lines: dict[str, tuple[int, ...]] = {name: (figure.line,) if figure else () for name, figure in found.items()}
    fees = fees_of(amounts, total)
    off = sum((abs(figure.value) for figure in discounts), Decimal(0))
    others = (value["tip"] or Decimal(0)) + (value["rounding"] or Decimal(0)) + sum_of(fees) - off
    included = are_included(taxes, total, value["subtotal"], others)
    told = [(tax_line(figure, rows, included), figure.line) for figure in taxes]
    told = _told_better(told, from_table(figures), total == value["subtotal"] or value["subtotal"] is None)
    lines |= {"discount": tuple(f.line for f in discounts), "taxes": tuple(dict.fromkeys(line for _, line in told))}
    return Parts(
        taxes=tuple(tax for tax, _ in told),
        discount=off or None,
        fees=fees,
        earlier=tuple(earlier),
        change=_size(value.pop("change")),
        lines={name: where for name, where in lines.items() if where},
        **value,
    )


_Told = list[tuple[TaxLine, int]]


def _told_better(told: _Told, table: _Told, included: bool) -> _Told:
    """Return the taxes of the table, which tells rate and base, unless other taxes than its own are printed."""
    of_table = sum((tax.amount for tax, _ in table if tax.amount), Decimal(0))
    known = sum((tax.amount for tax, _ in told if tax.amount), Decimal(0))
    if not table or (told and known != of_table and not {line for _, line in told} <= {line for _, line in table}):
        return told
    kept = told[0][0].included if told else None
    return [(tax.model_copy(update={"included": included or kept}), line) for tax, line in table]


def _size(value: Decimal | None) -> Decimal | None:
    return abs(value) if value is not None else None


def _first(amounts: list[Figure], role: Role, fits: Callable[[Figure], bool]) -> Figure | None:
    return next((figure for figure in amounts if figure.role is role and fits(figure)), None)


def _plausible(amounts: list[Figure], figures: tuple[Figure, ...], total: Decimal | None) -> list[Figure]:
    """Return the amounts without those called a tax that are too large for the rate beside them: those are bases."""
    rates = {f.row: f.value for f in figures if f.unit == "%" and 1 <= f.value <= 50}
    if total is None:
        return amounts
    large = [
        f for f in amounts if f.role is Role.TAX and f.row in rates and f.value > total * rates[f.row] / 95 + _LEEWAY
    ]
    others = any(f.role is Role.TAX and f.value > 0 and f not in large for f in amounts)
    return [f for f in amounts if f not in large or not (others or f.value > total * _MOST_TAX)]


def _sums(values: Iterable[Decimal], most: int = 3) -> set[Decimal]:
    """Return what any 1 to `most` of the values come to together."""
    few = list(values)[:8]
    return {sum(part, Decimal(0)) for size in range(1, most + 1) for part in combinations(few, size)}


def _gaps(amounts: list[Figure], roles: Container[Role]) -> set[Decimal]:
    """Return what may lie between subtotal and total: what some amounts of such roles come to."""
    return _sums(-abs(f.value) if f.role is Role.DISCOUNT else f.value for f in amounts if f.role in roles and f.value)


def _subtotal(amounts: list[Figure], total: Decimal | None) -> Figure | None:
    """Return the printed subtotal: one from which the other parts lead to the total goes before the first named one.

    An amount without the word for it counts when it stands before the total and taxes or tips fill the gap.
    """
    named = [f for f in amounts if f.role is Role.SUBTOTAL and f.value > 0]
    named = [f for f in named if not re.search("taxable|zero", f.label, re.IGNORECASE)] or named
    if total is None:
        return named[0] if named else None
    gaps = _gaps(amounts, _ADDED | {Role.FEE})
    fitting = [f for f in named if total - f.value in gaps | {Decimal(0)}]
    if fitting or len({f.value for f in named}) == 1:
        return ([f for f in fitting if "sub" in families(f.label)] or fitting or named)[0]
    if named:
        return None  # Several, of parts of the page: none of them is the receipt's.
    ends = [f.row for f in amounts if f.value == total and f.role in {Role.TOTAL, Role.FINAL}]
    before = _before_taxes(amounts, total, max(ends, default=0))
    if before:
        return before
    first_added = min((f.row for f in amounts if f.role in {Role.TAX, Role.TIP}), default=0)
    unnamed = [f for f in amounts if f.role in _UNNAMED and f.value > 0 and f.row <= first_added]
    gaps = _gaps(amounts, _ADDED)
    unnamed = [f for f in unnamed if total - f.value in gaps - {Decimal(0)} and f.value > total / 2]
    return unnamed[-1] if unnamed and ends else None


def _before_taxes(amounts: list[Figure], total: Decimal, end: int) -> Figure | None:
    """Return the total printed before the taxes, where what is printed after them adds up with it (`TOTAL` twice)."""
    taxes = [f for f in amounts if f.role is Role.TAX and f.row < end][:8]
    for figure in amounts if taxes else ():
        if figure.role in {Role.TOTAL, Role.FINAL} and not figure.above:
            after = [f.value for f in taxes if f.row > figure.row]
            if after and total - figure.value in {sum(after, Decimal(0)), *after}:
                return figure
    return None
