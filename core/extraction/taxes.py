"""What stands between the items and the total: subtotal, taxes, tip, discount, rounding; and cash and change after it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import combinations

from core.extraction.amounts import Figure
from core.extraction.rows import Row
from core.extraction.words import Role, families
from core.receipt import TaxLine

_RATE = re.compile(r"(\d{1,2}(?:[.,]\d{1,3})?)\s?%")


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
    rounding = _one(amounts, Role.ROUNDING, lambda f: abs(f.value) <= 1)
    tip = _one(amounts, Role.TIP, lambda f: f.value > 0 and (total is None or f.value < total))
    discount = _one(amounts, Role.DISCOUNT, lambda f: f.value != 0 and not families(f.label) & {"saved"})
    subtotal = _subtotal(amounts, total)
    taxes = _taxes(amounts, rows, total, subtotal.value if subtotal else None)
    change = _one(amounts, Role.CHANGE, lambda f: True)
    cash = _cash(amounts, total, change)
    named = {
        "subtotal": subtotal,
        "tip": tip,
        "discount": discount,
        "rounding": rounding,
        "cash": cash,
        "change": change,
    }
    lines = {name: (figure.line,) for name, figure in named.items() if figure}
    lines["taxes"] = tuple(dict.fromkeys(line for _, line in taxes))
    return Parts(
        subtotal=subtotal.value if subtotal else None,
        taxes=tuple(tax for tax, _ in taxes),
        tip=tip.value if tip else None,
        discount=abs(discount.value) if discount else None,
        rounding=rounding.value if rounding else None,
        cash=cash.value if cash else None,
        change=abs(change.value) if change else None,
        lines=lines,
    )


def _one(amounts, role, fits):
    found = [figure for figure in amounts if figure.role is role and fits(figure)]
    return found[0] if found else None


def _subtotal(amounts: list[Figure], total: Decimal | None) -> Figure | None:
    """Return the printed subtotal: one that the total follows from by the other parts goes before the first."""
    found = [f for f in amounts if f.role is Role.SUBTOTAL and f.value > 0]
    found = [f for f in found if "taxable" not in f.label.lower()] or found
    extras = [f.value for f in amounts if f.role in {Role.TAX, Role.TIP, Role.ROUNDING} and f.value]
    extras += [-abs(f.value) for f in amounts if f.role is Role.DISCOUNT and f.value]
    sums = {sum(part, Decimal(0)) for size in (0, 1, 2, 3) for part in combinations(extras[:8], size)}
    if total is not None:
        fitting = [f for f in found if total - f.value in sums]
        totals = [f for f in amounts if f.role is Role.TOTAL and f.value != total and total - f.value in sums]
        found = [f for f in fitting if "sub" in families(f.label)] or fitting or found or totals
    return found[0] if found else None


def _taxes(amounts, rows, total, subtotal):
    """Return each printed tax with its line, once; a tax summary repeats them and is passed over when it does."""
    found = []
    for figure in amounts:
        if figure.role is not Role.TAX or (total is not None and abs(figure.value) >= total > 0):
            continue
        if any(
            f.row == figure.row and f.role is Role.TAX and (f.cell, f.start) > (figure.cell, figure.start)
            for f in amounts
        ):
            continue
        found.append(figure)
    total_taxes = [f for f in found if "total" in families(f.label)]
    values = [f.value for f in found if f not in total_taxes]
    if total_taxes and sum(values, Decimal(0)) == total_taxes[0].value:
        found = [f for f in found if f not in total_taxes]
    elif total_taxes:
        found = total_taxes[:1]
    unique: dict[tuple[str, Decimal], Figure] = {}
    for figure in found:
        unique.setdefault((re.sub(r"\W", "", figure.label.lower()), figure.value), figure)
    found = list(unique.values())
    if total is not None and subtotal is not None:
        found = _fitting(found, total - subtotal) or found
    return [
        (_tax_line(figure, rows, total, subtotal, sum((f.value for f in found), Decimal(0))), figure.line)
        for figure in found
    ]


def _fitting(found, gap):
    """Return the fewest taxes that make up the gap between subtotal and total, or none."""
    for size in range(1, min(len(found), 4) + 1):
        for part in combinations(found[:8], size):
            if sum((f.value for f in part), Decimal(0)) == gap:
                return list(part)
    return []


def _tax_line(figure, rows, total, subtotal, taxes):
    rate = _RATE.search(rows[figure.row].text)
    before = [f for f in ()]
    included = None
    if total is not None and subtotal is not None:
        included = False if subtotal + taxes == total else (True if subtotal == total else None)
    label = re.sub(r"[\s:.]+$", "", figure.label) or "Tax"
    return TaxLine(
        label=label[:60],
        rate=Decimal(rate[1].replace(",", ".")) if rate else None,
        amount=figure.value,
        included=included,
    )


def _cash(amounts, total, change):
    paid = [f for f in amounts if f.role is Role.CASH and f.value > 0]
    if change and total is not None:
        fitting = [
            f
            for f in amounts
            if f.value - abs(change.value) == total
            and f.role in {Role.CASH, Role.CARD, Role.AMOUNT, Role.NONE}
        ]
        paid = fitting or paid
    return paid[0] if paid else None
