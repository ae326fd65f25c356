"""The column of the prices: where it ends, what belongs to it, and on which side of the words it stands."""

from __future__ import annotations

import re
from statistics import median

from core.extraction.figure import Figure
from core.extraction.rows import Row
from core.extraction.words import Role

_ENDS = {Role.SUBTOTAL, Role.TOTAL, Role.FINAL}
Edge = tuple[float, float] | None
"""Where prices end on the right, and how far from it one may stray, in pixels."""


def price_edge(figures: tuple[Figure, ...]) -> Edge:
    """Return where the amounts of the page end on the right, and how far from it one may stray, in pixels."""
    amounts = [f for f in figures if f.amount and f.right and (f.decimals >= 0 or f.marked)]
    amounts = amounts or [f for f in figures if f.amount and f.right and f.value >= 100 and f.role in _ENDS]
    if not amounts:
        return None
    right = sorted(figure.right for figure in amounts)
    return right[len(right) * 3 // 4], 3 * median(figure.height for figure in amounts)


def is_price(figure: Figure, edge: Edge) -> bool:
    """Return whether a figure is written as prices are: with decimals, or in the column of the prices."""
    if not figure.amount or figure.unit not in {"", "x", "@", "l", "g", "m"}:
        return False
    if figure.decimals >= 0 or edge is None:
        return figure.decimals >= 0 or figure.marked
    return abs(figure.right - edge[0]) < edge[1]


def prices_first(rows: tuple[Row, ...], by_row: dict[int, list[Figure]]) -> bool:
    """Return whether this page prints prices before their words, as Arabic and Hebrew tills do."""
    left = right = 0
    for at, numbers in by_row.items():
        amounts = [figure for figure in numbers if figure.amount and (figure.decimals == 2 or figure.marked)]
        if len(amounts) == 1 and len(numbers) == 1:
            text, cell = rows[at].text, rows[at].cells[amounts[0].cell].text
            after = rows[at].text.partition(cell)[2] + cell[amounts[0].end :]
            before = text.partition(cell)[0] + cell[: amounts[0].start]
            left += letters(after) >= 3 > letters(before)
            right += letters(before) >= 3 > letters(after)
    return left >= 3 and left > 2 * right


_PER_UNIT = re.compile(
    r"^\s?[^\W\d_]{0,3}[€$£]?\s?/\s?(?:kg|lbs?|l|ltr|litre|liter|gal|gallon|ea|st|stk|szt|ud|pc|m)\b", re.IGNORECASE
)


def is_per_unit(text: str, figure: Figure) -> bool:
    """Return whether an amount is what one unit costs (`2,99 EUR/kg`, `0.99/lb`), in the text of its cell."""
    return bool(_PER_UNIT.match(text[figure.end :]))


_MEASURED = re.compile(r"^\s?(?:l|ltrs?|litres?|liters?|litri|litros|gal|gallons?|kgs?|kwh)\b", re.IGNORECASE)
_FOR_ONE = re.compile(r"/\s?(?:l|kg|gal)", re.IGNORECASE)


def is_measured(row: Row, figure: Figure) -> bool:
    """Return whether a number is how much there is (`28.40 litre`, `28.40L  1.550/L`); `5.99 L` alone is a price."""
    found = _MEASURED.match(row.cells[figure.cell].text[figure.end :])
    return found is not None and (len(found[0].strip()) > 1 or bool(_FOR_ONE.search(row.text)))


def letters(text: str) -> int:
    """Return how many letters a text has."""
    return len(re.sub(r"[\W\d_]", "", text))
