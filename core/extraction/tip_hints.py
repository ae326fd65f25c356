"""Tips that are only proposed: rows of per cent, each with what that is of the same bill. Nobody has paid them yet."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from decimal import Decimal

from core.extraction.figure import Figure
from core.extraction.rows import Row
from core.extraction.words import Role, fold

_LEAST, _MOST = 8, 40
"""Per cent that tips are proposed at."""
_MOST_ROWS = 30
"""Nobody proposes more tips: so many rows with a per cent are a price list, whose rows are not compared in pairs."""
_PROPOSED = re.compile(
    r"\bsugg|suggest|recommend|guldelln|\bguide\b|for your convenlence|empfohlen|vorschlag|consellle|sugerld|suggerlt"
)
"""Folded words (i is l) that call what follows a proposal."""

_Rated = tuple[Decimal, Decimal]
"""Per cent, and the amount beside."""


def proposals_apart(figures: tuple[Figure, ...], rows: tuple[Row, ...]) -> tuple[Figure, ...]:
    """Return the figures, those in rows that only propose a tip being no amounts.

    Two rows of different per cents with the same whole (`18% 9.00`, `20% 10.00`) are proposals in any language; a
    single one is when a word says so.
    """
    rated = _rated(figures)
    named = {at for at in rated if _PROPOSED.search(fold(rows[at].text))}
    few = rated if len(rated) <= _MOST_ROWS else {}
    alike = {at for at in few for other in few if at != other and _same_whole(few[at], few[other])}
    apart = named | alike
    return tuple(replace(figure, amount=False) if figure.row in apart else figure for figure in figures)


def _rated(figures: tuple[Figure, ...]) -> dict[int, list[_Rated]]:
    """Return the rows with one per cent that a tip may have, and the amounts beside it, if none is called a tax."""
    by_row: dict[int, list[Figure]] = defaultdict(list)
    for figure in figures:
        by_row[figure.row].append(figure)
    found = {}
    for at, of_row in by_row.items():
        rates = [f.value for f in of_row if f.unit == "%" and _LEAST <= f.value <= _MOST]
        amounts = [f for f in of_row if f.amount and f.unit != "%" and f.value > 0]
        if len(rates) == 1 and amounts and not any(f.role in {Role.TAX, Role.BASE, Role.DISCOUNT} for f in of_row):
            found[at] = [(rates[0], f.value) for f in amounts]
    return found


def _same_whole(one: list[_Rated], other: list[_Rated]) -> bool:
    """Return whether amounts of two rows are, to a penny, different per cents of the same."""
    return any(
        rate != rate2 and abs(part * rate2 - part2 * rate) <= Decimal("0.006") * (rate + rate2)
        for rate, part in one
        for rate2, part2 in other
    )
