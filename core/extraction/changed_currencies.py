"""Countries that took another currency: what was paid there when a receipt was printed."""

from __future__ import annotations

from core.extraction.date_formats import dates_in
from core.extraction.plain import plain
from core.receipt import Reading

_CHANGED = {"BGN": ("EUR", 2026)}
"""A country's currency before, the one after, and the year since when."""
_YEARS = 20
"""A year longer ago than this is a firm's or a law's, not the receipt's."""
_MOST_LINES, _LONGEST = 200, 200


def paid_then(currency: str, reading: Reading) -> str:
    """Return what was paid in the country of `currency` when the receipt was printed; today's where no date tells."""
    if currency not in _CHANGED:
        return currency
    now, since = _CHANGED[currency]
    return currency if any(since - _YEARS <= year < since for year in _years(reading)) else now


def _years(reading: Reading) -> set[int]:
    lines = (plain(line.text[:_LONGEST]) for line in reading.lines[:_MOST_LINES])
    return {day.year for line in lines for printed in dates_in(line) for day in printed.dates}
