"""Parts of a picture: what is printed on each, and whether two of them are two receipts or one purchase."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from operator import or_

from core.alike import is_one_digit_off
from core.extraction.date_labels import dated_rows
from core.extraction.figure import Figure
from core.extraction.words import Role
from core.gutters import Gutter
from core.receipt import Line, Reading
from core.seams import HEAD_ROWS, Sheet

CLEAR = 0.5
"""So much must a date look like one (Printed.clear)."""
DIGITS_OF_A_DATE = 6
WIDE = 4.0
"""So many heights of type are between two papers, and not between the columns of one."""
TOTALS = frozenset({Role.TOTAL, Role.FINAL})

_GIVEN = frozenset({Role.CASH, Role.CHANGE})


@dataclass(frozen=True)
class Part:
    """Lines that may be a receipt by themselves, and what is printed in them."""

    lines: tuple[Line, ...]

    @cached_property
    def sheet(self) -> Sheet:
        return Sheet.of(Reading(lines=self.lines))

    @cached_property
    def days(self) -> frozenset[date]:
        """Return every day that a printed date can mean."""
        rows = dated_rows(Reading(lines=self.lines))
        return frozenset(day for row in rows for one in row.printed if one.clear >= CLEAR for day in one.dates)

    @cached_property
    def prices(self) -> list[Figure]:
        """Return the amounts above zero: those with decimals or a currency, or else those in thousands."""
        amounts = [figure for figure in self.sheet.figures if figure.amount and figure.value > 0]
        exact = [figure for figure in amounts if figure.decimals == 2 or figure.marked]
        return exact or [figure for figure in amounts if figure.decimals == 0 and figure.value >= 1000]

    @property
    def has_head(self) -> bool:
        """Return whether a name, and more words or a date, stand above the first price."""
        first = min((figure.row for figure in self.prices), default=0)
        above = [row.text for row in self.sheet.rows[:first]]
        named = [sum(letter.isalpha() for letter in text) > 1 for text in above]
        dated = [sum(letter.isdecimal() for letter in text) >= DIGITS_OF_A_DATE for text in above]
        return any(named) and sum(map(or_, named, dated)) >= HEAD_ROWS

    @property
    def totals(self) -> set[Decimal]:
        return {figure.value for figure in self.prices if figure.role in TOTALS}

    @property
    def owed(self) -> set[Decimal]:
        """Return all amounts but what was given and what came back."""
        return {figure.value for figure in self.prices if figure.role not in _GIVEN}


def are_two(first: Part, second: Part, gutter: Gutter) -> bool:
    """Return whether each is a receipt by itself: one beside the other, or one below it, where more must be seen."""
    parts = (first, second)
    if not all(part.has_head for part in parts):
        return False
    if gutter.upright:
        whole = all(part.totals or part.days or gutter.width >= WIDE for part in parts)
        whole = whole and any(part.totals for part in parts)
    else:
        whole = all(part.totals and part.days for part in parts)
    return whole and not _is_one_purchase(first, second, gutter.upright)


def _is_one_purchase(first: Part, second: Part, beside: bool) -> bool:
    """Return whether the total of one is an amount of the other: a bill with its card slip, or two copies of one.

    Tickets of the same price that lie beside each other are told apart by their days. On the same day a digit of the
    total may have been misread.
    """
    same_day = bool(first.days & second.days)
    if first.totals & second.owed or second.totals & first.owed:
        return same_day or not beside or not (first.days and second.days)
    return same_day and any(is_one_digit_off(one, other) for one in first.totals for other in second.totals)
