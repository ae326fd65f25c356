"""What the words around a printed date say about it: bought then, due then, or something else."""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.extraction.date_formats import Printed, dates_in
from core.extraction.date_weekdays import weekdays_beside
from core.extraction.plain import has_word, plain
from core.extraction.rows import Cell, Row, find_rows
from core.receipt import Reading

_WORDS = "date_words.json"
_TIME = re.compile(r"(?<!\d)\d\d?\s?[:.h]\s?[0-5]\d(?!\d)|\d\s?[ap]\.?m\b")
_BETWEEN = re.compile(r"[\s\d:.apm()]*(?:-|–|—|~|to|until|till|bis|au|al|a|hingga|sampai)\s*")
_REACH = 40
"""How many letters in front of a date can be its label."""


@dataclass(frozen=True)
class DatedRow:
    """A row with its plain text (cells two blanks apart), where in it each cell starts, and its dates."""

    row: Row
    text: str
    starts: tuple[int, ...]
    printed: tuple[Printed, ...]

    def lines(self, one: Printed) -> tuple[int, ...]:
        """Return the indices of the reading's lines that a date stands in."""
        ends = (*self.starts[1:], len(self.text) + 1)
        return tuple(
            cell.line
            for cell, start, end in zip(self.row.cells, self.starts, ends, strict=True)
            if start < one.end and one.start < end
        )


@dataclass(frozen=True)
class Seen:
    """A printed date with the lines it stands in; `weight` is about 0 to 1.5, a word beside it sets `due`.

    `weekdays` are those that the word beside it can mean (0 is Monday).
    """

    printed: Printed
    lines: tuple[int, ...]
    weight: float
    supported: bool
    due: bool
    weekdays: frozenset[int] = frozenset()


def dated_rows(reading: Reading) -> list[DatedRow]:
    """Return every row of the reading with the dates that stand in it."""
    rows = []
    for row in find_rows(reading):
        cells = [plain(cell.text) for cell in row.cells]
        starts = tuple(sum(len(cell) + 2 for cell in cells[:at]) for at in range(len(cells)))
        text = "  ".join(cells)
        rows.append(DatedRow(row, text, starts, tuple(dates_in(text))))
    return rows


def weigh(rows: list[DatedRow], at: int) -> list[Seen]:
    """Return the dates of row number `at`, weighed by their spelling and the words in front and above."""
    row = rows[at]
    seen = []
    for place, one in enumerate(row.printed):
        since = row.printed[place - 1].end if place else 0
        label = row.text[max(since, one.start - _REACH) : one.start]
        above = _above(rows, at, one) if not re.search(r"[^\W\d_]{2}", label) else ""
        due = has_word(label, _WORDS, "due") or has_word(above, _WORDS, "due")
        told = _told(label, 0.3) or _told(above, 0.2)
        timed = bool(_TIME.search(row.text[: one.start] + " " + row.text[one.end :]))
        weight = one.clear + told + 0.15 * timed - 0.4 * _in_range(row, place)
        supported = one.clear >= 0.55 or told > 0 or timed
        days = weekdays_beside(row.text, one.start, one.end)
        seen.append(Seen(one, row.lines(one), weight, supported or bool(days), due, days))
    return seen


def _told(label: str, much: float) -> float:
    """Return what a label adds to a date's weight as the day of purchase."""
    if has_word(label, _WORDS, "other"):
        return -1.0
    if has_word(label, _WORDS, "perhaps other"):
        return -0.5
    if has_word(label, _WORDS, "date"):
        return much
    return much / 3 if has_word(label, _WORDS, "weak") else 0.0


def _in_range(row: DatedRow, place: int) -> bool:
    """Return whether the date begins or ends a stretch of time, as in 1 May - 31 May."""
    for first, second in zip(row.printed, row.printed[1:], strict=False):
        joined = _BETWEEN.fullmatch(row.text[first.end : second.start])
        if joined and first.dates[0] != second.dates[0] and row.printed[place] in (first, second):
            return True
    return False


def _above(rows: list[DatedRow], at: int, one: Printed) -> str:
    """Return the short text that heads a date's column in the row above, or an empty text."""
    if not at or rows[at - 1].row.page != rows[at].row.page:
        return ""
    upper, lower = rows[at - 1].row, rows[at].row
    here = [cell for cell in lower.cells if cell.line in rows[at].lines(one)]
    if not here or (here[0].height and lower.y - upper.y > 3 * here[0].height):
        return ""
    heads = [cell for cell in upper.cells if not cell.height or _heads(cell, here)]
    return " ".join(plain(cell.text) for cell in heads if len(cell.text) <= 24 and not re.search(r"\d\d", cell.text))


def _heads(cell: Cell, below: list[Cell]) -> bool:
    """Return whether a cell stands over the cells of the next row."""
    left, right = below[0].left, below[-1].right
    return min(cell.right, right) - max(cell.left, left) > 0.3 * min(cell.right - cell.left, right - left)
