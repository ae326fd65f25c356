"""Does a picture show several receipts? They are told apart by the blank between them, and read each by itself."""

from __future__ import annotations

from collections.abc import Sequence

from core.extraction.words import role_of
from core.gutters import Gutter, gutters
from core.picture_parts import TOTALS, Part, are_two
from core.receipt import Line, Reading

LEAST_LINES = 6
"""A receipt of which a head, a price, a total and a date could be read has as many lines."""
MOST_LINES, MOST_RECEIPTS, MOST_LOOKS = 600, 9, 8
LEAST_BESIDE, LEAST_BELOW = 1.0, 2.0
"""How wide the blank must be, in heights of type: between columns of one receipt nothing has a head of its own, but
between a receipt and what is printed below it there may be much room."""


def apart(reading: Reading) -> tuple[Reading, ...]:
    """Return a reading for each receipt in the picture, from the left and from above; one receipt as it is.

    Two are beside each other where each has a head and prices of its own, and each a total or a date; one is below the
    other where each has head, total and date. A bill with its card slip, or with a copy of itself, is one purchase.
    """
    lines = reading.lines
    if len(reading.pages) > 1 or not 2 * LEAST_LINES <= len(lines) <= MOST_LINES or any(not one.box for one in lines):
        return (reading,)
    parts = _parted(lines)
    if len(parts) == 1:
        return (reading,)
    return tuple(_part_of(reading, parts, at) for at in range(len(parts)))


def others(reading: Reading) -> tuple[Reading, ...]:
    """Return the readings of the other receipts in a picture, from the reading of the first of them."""
    parts = (reading.lines, *reading.beside)
    return tuple(_part_of(reading, parts, at) for at in range(1, len(parts)))


def _part_of(reading: Reading, parts: Sequence[tuple[Line, ...]], at: int) -> Reading:
    beside = tuple(part for which, part in enumerate(parts) if which != at)
    return reading.model_copy(update={"lines": parts[at], "beside": beside, "part": at})


def _parted(lines: tuple[Line, ...]) -> list[tuple[Line, ...]]:
    """Return the lines of each receipt, from the left and from above."""
    found: list[tuple[Line, ...]] = []
    rest = [lines]
    while rest and len(found) + len(rest) < MOST_RECEIPTS:
        first, *rest = rest
        two = _halved(first)
        rest, found = ([*two, *rest], found) if two else (rest, [*found, first])
    return [*found, *rest]


def _halved(lines: tuple[Line, ...]) -> tuple[tuple[Line, ...], ...]:
    """Return the lines on either side of the widest blank that has a receipt on both, or nothing."""
    named = frozenset(at for at, line in enumerate(lines) if role_of(line.text) in TOTALS)
    if len(lines) < 2 * LEAST_LINES or not named:
        return ()
    looks = 0
    for gutter in gutters(lines):
        first = tuple(line for at, line in enumerate(lines) if at in gutter.first)
        second = tuple(line for at, line in enumerate(lines) if at not in gutter.first)
        told = (bool(named & gutter.first), bool(named - gutter.first))
        if looks < MOST_LOOKS and _may_part(gutter, (first, second), told):
            looks += 1
            if are_two(Part(first), Part(second), gutter):
                return first, second
    return ()


def _may_part(gutter: Gutter, parts: tuple[Sequence[Line], Sequence[Line]], told: tuple[bool, bool]) -> bool:
    """Return whether the blank is wide enough, and words for totals are there: a closer look takes long.

    `told` says on which sides there are such words. What begins right of an upright blank is words, on a receipt of
    its own: else it is a column of prices.
    """
    if min(map(len, parts)) < LEAST_LINES:
        return False
    if not gutter.upright:
        return gutter.width >= LEAST_BELOW and all(told)
    nearest = sorted(parts[1], key=lambda line: line.box.left if line.box else 0.0)[:LEAST_LINES]
    words = sum(any(letter.isalpha() for letter in line.text) for line in nearest)
    return gutter.width >= LEAST_BESIDE and any(told) and 2 * words >= LEAST_LINES
