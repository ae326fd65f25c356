"""Views: the page with its rows followed at one slope or another; the one whose amounts add up is believed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from core.extraction.amounts import find_figures
from core.extraction.fees import sum_of, with_fees
from core.extraction.figure import Figure
from core.extraction.item_total import settled_by_items, told_by_items, without_taxes
from core.extraction.items import Found, read_items
from core.extraction.parts import Parts, find_parts
from core.extraction.rows import Row, find_rows
from core.extraction.totals import Candidate, find_total
from core.extraction.words import Role, role_of, share_of_words
from core.receipt import Reading

_LEANS = (0.03, -0.03, 0.06, -0.06, 0.1, -0.1)
_NEED_AMOUNTS = {Role.TOTAL, Role.FINAL, Role.SUBTOTAL, Role.TAX, Role.CASH, Role.CHANGE}
_MOST_LINES = 600
"""A page with more lines is followed at its own slope alone, so that none takes long."""
_SURE = 0.5
"""A total less probable than this tells nothing about which rows are items."""


@dataclass(frozen=True)
class View:
    """All amounts of a page as found at one slope, and how well they fit together (more is better)."""

    figures: tuple[Figure, ...]
    candidates: tuple[Candidate, ...]
    parts: Parts
    items: tuple[Found, ...]
    proofs: int
    strays: int

    @property
    def fit(self) -> float:
        """Return how well the page fits together: three strays weigh nearly as much as a sum that holds."""
        return self.proofs - 0.3 * self.strays

    @property
    def total(self) -> Decimal | None:
        """Return the likeliest total."""
        return self.candidates[0].value if self.candidates else None


def best_view(reading: Reading, weights: Mapping[str, float]) -> View:
    """Return the view in which the most sums hold and the fewest words and amounts stand alone.

    Bent or badly tilted paper puts amounts beside the words of the next row; which slope is right shows in the
    arithmetic. The slope that the lines themselves show is tried first, and kept unless another does better.
    """
    own = best = _view(reading, 0.0, weights)
    settled = own.strays < 2 or own.proofs >= 3 or len(reading.lines) > _MOST_LINES
    if settled or all(line.box is None for line in reading.lines):
        return own
    for lean in _LEANS:
        other = _view(reading, lean, weights)
        if other.proofs >= own.proofs and other.fit >= own.fit + 1 and other.fit > best.fit:
            best = other
    return best


def _view(reading: Reading, lean: float, weights: Mapping[str, float]) -> View:
    rows = find_rows(reading, lean)
    figures = find_figures(rows)
    candidates = find_total(figures, weights)
    likeliest = candidates[0].value if candidates else None
    total = likeliest if candidates and candidates[0].chance >= _SURE else None
    parts = find_parts(figures, rows, likeliest)
    items = read_items(rows, figures, targets(parts, total))
    bought = without_taxes(items.found, figures, parts.subtotal)
    named = told_by_items(figures, bought, total)
    if named is not figures:
        figures, parts = named, find_parts(named, rows, likeliest)
    found = with_fees(bought, parts.fees)
    parts = settled_by_items(parts, found, total)
    strays = _strays(rows, figures) + items.lonely
    return View(figures, candidates, parts, found, _proofs(parts, found, total), strays)


def targets(parts: Parts, total: Decimal | None) -> frozenset[Decimal]:
    """Return what the items may come to: the subtotal, or the total with or without what was added to it."""
    taxes = sum((tax.amount for tax in parts.taxes if tax.amount), Decimal(0))
    earlier = sum((abs(figure.value) for figure in parts.earlier), Decimal(0))
    sums = {parts.subtotal + off for off in (0, parts.discount or 0, earlier)} if parts.subtotal else set()
    if total:
        bare = total - (parts.tip or 0) - (parts.rounding or 0)
        gross = bare + (parts.discount or 0)
        sums |= {total, bare, bare - taxes, gross, gross - taxes}
    return frozenset(value for value in sums if value)


def _proofs(parts: Parts, items: tuple[Found, ...], total: Decimal | None) -> int:
    """Return how much of the page's arithmetic holds: items (2), subtotal to total (2), cash less change (1)."""
    bought = sum((entry.item.total or Decimal(0) for entry in items), Decimal(0))
    proofs = 2 * (len(items) > 1 and bought in targets(parts, total))
    if total is None:
        return proofs
    taxes = sum((tax.amount for tax in parts.taxes if tax.amount), Decimal(0))
    if parts.subtotal is not None and taxes:
        added = taxes + (parts.tip or 0) + (parts.rounding or 0) + sum_of(parts.fees)
        proofs += 2 * (total in {parts.subtotal + added, parts.subtotal + added - (parts.discount or 0)})
    return proofs + (parts.cash is not None and parts.change is not None and parts.cash - parts.change == total)


def _strays(rows: tuple[Row, ...], figures: tuple[Figure, ...]) -> int:
    """Return how many rows are words that want an amount and have none, or amounts that want words."""
    with_numbers = {figure.row for figure in figures}
    first = {figure.row: figure for figure in reversed(figures)}
    bare = [f for f in first.values() if f.amount and f.above and f.decimals >= 0]
    lone = [
        at
        for at, row in enumerate(rows)
        if at not in with_numbers and role_of(row.text) in _NEED_AMOUNTS and share_of_words(row.text) > 0.6
    ]
    return len(bare) + len(lone)
