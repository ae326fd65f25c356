"""The printed taxes: each once, with its rate, and whether the prices contain it already."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations, permutations

from core.extraction.fees import fees_of, sum_of
from core.extraction.figure import Figure
from core.extraction.item_words import without_tail
from core.extraction.rows import Row
from core.extraction.words import Role, families
from core.receipt import TaxLine

_UNTOLD = {Role.NONE, Role.OTHER, Role.CHANGE, Role.AMOUNT, Role.COUNT, Role.BASE}
_NO_TAX = {Role.TIP, Role.DISCOUNT, Role.SAVED, Role.ROUNDING}
_CENT = Decimal("0.011")
_EMPTY = re.compile(r"[(\[][^\w)\]]*[)\]]")
_COIN = Decimal("0.05")
"""An amount without a word that is no more than this rounds the total; it is no tax."""
_RATE = re.compile(r"(\d{1,2}(?:[.,]\d{1,3})?)\s?%")


def find_taxes(
    amounts: list[Figure], total: Decimal | None, subtotal: Decimal | None, tip: Decimal | None
) -> list[Figure]:
    """Return each printed tax once: those that fill the gap from subtotal to total when some do."""
    found = [f for f in amounts if f.role is Role.TAX and (total is None or _could_be_tax(f, total))]
    found = [f for f in found if f.value >= 0 or (total is not None and total < 0)]
    if total is not None and subtotal is not None and subtotal != total:
        gap = total - subtotal
        gaps = [gap, gap - (tip or 0)]
        gaps += [gap + abs(f.value) for f in amounts if f.role is Role.DISCOUNT][:2]
        fees = sum_of(fees_of(amounts, total))
        gaps += [g - fees for g in gaps] if fees else []
        gaps += [g - f.value for g in list(gaps) for f in amounts if f.role is Role.ROUNDING][:8]
        for gap in gaps:
            part = _filling(found, gap) or _filling(_between(amounts, total, subtotal), gap)
            if part:
                return part
    return _once([*found, *_hidden(amounts, total)] or _before_words(amounts, total))


def _could_be_tax(figure: Figure, total: Decimal) -> bool:
    """Tell whether an amount can be a tax: one named only by a head above its column is a small part of the total."""
    return abs(figure.value) < (total / 4 if figure.above else total)


def _filling(found: list[Figure], gap: Decimal) -> list[Figure]:
    """Return the fewest of the figures that make up the gap, or none."""
    for size in range(1, min(len(found), 4) + 1):
        for part in combinations(found[:8], size):
            if gap and sum((figure.value for figure in part), Decimal(0)) == gap:
                return list(part)
    return []


def _between(amounts: list[Figure], total: Decimal, subtotal: Decimal) -> list[Figure]:
    """Return the amounts between the rows of subtotal and total with no word that says otherwise (`PB-1 10%`)."""
    first = next((f.row for f in amounts if f.value == subtotal and f.role is Role.SUBTOTAL), None)
    last = next((f.row for f in amounts if f.value == total and first is not None and f.row > first), None)
    if first is None or last is None:
        return []
    return [f for f in amounts if first < f.row < last and f.role in _UNTOLD and f.value > _COIN]


def _hidden(amounts: list[Figure], total: Decimal | None) -> list[Figure]:
    """Return taxes told as part of the total (`total includes GST 3.98`): its words, but a small part of it."""
    return [
        f
        for f in amounts
        if total is not None and 0 < f.value < total / 3
        and {"tax", "incl"} <= families(f.label) and f.role in {Role.TOTAL, Role.FINAL}
    ]  # fmt: skip


def _before_words(amounts: list[Figure], total: Decimal | None) -> list[Figure]:
    """Return a tax that stands before its words and is followed by the total (`6.00 VAT  40.50`)."""
    ends = {f.row for f in amounts if f.role is Role.TAX and f.value == total}
    return [f for f in amounts if total and f.row in ends and _COIN < f.value < total / 3][:1]


def _once(found: list[Figure]) -> list[Figure]:
    """Return the taxes without those printed again: the sum of all, and the same label with the same amount."""
    whole = [f for f in found if "total" in families(f.label)]
    parts = [f for f in found if f not in whole]
    alone = parts or len({f.value for f in whole}) == 1
    if parts and whole and whole[0].value < max(f.value for f in parts):
        parts, whole = found, []  # `Total VAT` of one rate is no sum of the others.
    if whole and alone and sum((f.value for f in parts), Decimal(0)) != whole[0].value:
        return whole[:1]
    unique: dict[Decimal, Figure] = {}
    for figure in parts or whole:
        unique.setdefault(figure.value, figure)
    return list(unique.values())


def are_included(taxes: list[Figure], total: Decimal | None, subtotal: Decimal | None, others: Decimal) -> bool | None:
    """Return whether the taxes are part of the prices already: True, False, or None when the page does not show it.

    `others` is what leads from the subtotal to the total beside taxes: tip, fees and rounding, less the discount.
    """
    if total is None or not taxes:
        return None
    added = sum((figure.value for figure in taxes), Decimal(0))
    if added and others and subtotal is not None and subtotal + others == total:
        return True
    if subtotal is not None and subtotal < total:
        return False
    if (subtotal == total and added) or any("incl" in families(figure.label) for figure in taxes):
        return True
    return None


def from_table(figures: tuple[Figure, ...]) -> list[tuple[TaxLine, int]]:
    """Return the taxes of a table, with the reading's line of each: rows with a rate, a base and a tax that fit.

    The arithmetic alone tells them (`19 %  2.61  0.49  3.10`): base times rate is the tax to the cent, and the base
    may stand before or after it.
    """
    rows: dict[int, list[Figure]] = {}
    for figure in figures:
        rows.setdefault(figure.row, []).append(figure)
    found: dict[Decimal, tuple[TaxLine, int]] = {}
    for row in rows.values():
        for rate, base, tax in _fits(row):
            line = TaxLine(label=_name_of(tax.label), rate=rate, base=base, amount=tax.value)
            found.setdefault(rate, (line, tax.line))
            break
    return list(found.values())


def _fits(row: list[Figure]) -> Iterator[tuple[Decimal, Decimal, Figure]]:
    """Yield rate, base and tax of a row whose base times rate is the tax to the cent.

    Without a percent sign the row must hold the sum of both, too; with one the base may be left out, and the tax is
    what the sum contains.
    """
    rates = [f for f in row if f.unit == "%" and 0 < f.value <= 50]
    amounts = [f for f in row if f.amount and f.decimals == 2 and f.value > 0 and f.role not in _NO_TAX][:5]
    whole = [f for f in row if f.amount and f.decimals < 1 and f.value > 0 and f.unit != "%"][:5]
    if len(rates) == 1 and not amounts and len(whole) > 2:
        yield from _whole_fits(rates[0].value, whole)
    if len(rates) == 1 and len(amounts) > 1:
        rate = rates[0].value
        for base, tax in permutations(amounts, 2):
            if tax.value > _COIN and abs(base.value * rate / 100 - tax.value) <= _CENT:
                yield rate, base.value, tax
        for gross, tax in permutations(amounts, 2):
            if tax.value > _COIN and abs(gross.value * rate / (100 + rate) - tax.value) <= _CENT:
                yield rate, gross.value - tax.value, tax
    elif not rates and len(amounts) > 2:
        for rated, base, tax in permutations(amounts, 3):
            sums = {f.value for f in amounts}
            fits = 1 < rated.value <= 30 and abs(base.value * rated.value / 100 - tax.value) <= _CENT
            if fits and tax.value > _COIN and base.value + tax.value in sums:
                yield rated.value, base.value, tax


def _whole_fits(rate: Decimal, amounts: list[Figure]) -> Iterator[tuple[Decimal, Decimal, Figure]]:
    """Yield what fits where no pennies are printed: to the unit, and only beside the sum of base and tax."""
    sums = {f.value for f in amounts}
    for base, tax in permutations(amounts, 2):
        near = abs(base.value * rate / 100 - tax.value) <= 1
        if near and tax.value > 1 and base.value + tax.value in sums:
            yield rate, base.value, tax


def tax_line(figure: Figure, rows: tuple[Row, ...], included: bool | None) -> TaxLine:
    rate = _RATE.search(rows[figure.row].text)
    label = _name_of(figure.label)
    percent = Decimal(rate[1].replace(",", ".")) if rate else None
    return TaxLine(label=label, rate=percent, amount=figure.value, included=included)


def _name_of(label: str) -> str:
    """Return a tax's name without the brackets that its rate stood in."""
    return without_tail(_EMPTY.sub(" ", label)).strip()[:60] or "Tax"
