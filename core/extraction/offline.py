"""The receipt that a reading shows, found by patterns and arithmetic alone, with no model and no network."""

from __future__ import annotations

from decimal import Decimal

from core.errors import NotAReceipt
from core.extraction.amounts import Figure, find_figures
from core.extraction.currency import find_currency
from core.extraction.items import find_items
from core.extraction.rows import find_rows
from core.extraction.taxes import Parts, find_parts
from core.extraction.totals import Candidate, find_total
from core.extraction.words import Role
from core.ports import Hints
from core.receipt import Evidence, Reading, Receipt


def extract(reading: Reading, hints: Hints) -> Receipt:
    """Return what was printed, with evidence for each field found. Raises NotAReceipt when there is no amount."""
    rows = find_rows(reading)
    figures = find_figures(rows)
    if not any(_plausible(figure) for figure in figures):
        raise NotAReceipt("no amount among the lines")
    candidates = find_total(figures)
    total = candidates[0].value if candidates else None
    parts = find_parts(figures, rows, total)
    items = find_items(rows, figures, _targets(parts, total))
    currency, why = find_currency(reading)
    evidence = {"currency": why, "total": _evidence(candidates)}
    evidence |= {name: Evidence(lines=lines, confidence=0.8) for name, lines in parts.lines.items() if lines}
    evidence["items"] = Evidence(lines=tuple(line for found in items for line in found.lines))
    return Receipt(
        currency=currency,
        subtotal=parts.subtotal,
        taxes=parts.taxes,
        tip=parts.tip,
        discount=parts.discount,
        rounding=parts.rounding,
        total=total,
        cash=parts.cash,
        change=parts.change,
        items=tuple(found.item for found in items),
        evidence=evidence,
    )


def _targets(parts: Parts, total: Decimal | None) -> frozenset[Decimal]:
    """Return what the items may come to: the subtotal, or the total with or without what was added to it."""
    taxes = sum((tax.amount for tax in parts.taxes if tax.amount), Decimal(0))
    sums = {parts.subtotal} if parts.subtotal else set()
    if total:
        bare = total - (parts.tip or 0) - (parts.rounding or 0)
        sums |= {total, bare, bare - taxes, bare + (parts.discount or 0), bare - taxes + (parts.discount or 0)}
    return frozenset(value for value in sums if value)


def _plausible(figure: Figure) -> bool:
    written = figure.decimals == 2 or figure.marked or (figure.decimals == 0 and figure.value >= 1000)
    return figure.amount and (written or figure.role in {Role.TOTAL, Role.FINAL, Role.SUBTOTAL})


def _evidence(candidates: tuple[Candidate, ...]) -> Evidence:
    if not candidates:
        return Evidence()
    best = candidates[0]
    rivals = tuple(format(other.value, "f") for other in candidates[1:5] if other.chance >= 0.01)
    lines = tuple(dict.fromkeys(figure.line for figure in best.figures))
    return Evidence(lines=lines, confidence=round(best.chance, 4), rivals=rivals)
