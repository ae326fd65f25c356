"""Seams: where the readings of two photos show the same rows, though neither was read without a fault."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from core.extraction.amounts import find_figures
from core.extraction.figure import Figure
from core.extraction.rows import Row, find_rows
from core.extraction.words import Role, fold
from core.receipt import Reading

MOST_ROWS = 300
"""Rows of one photo that are compared; a till's longest roll in one picture has fewer."""
LEAST_ALIKE = 3
"""So many rows must be the same in both photos: fewer are also the same on two receipts of one shop."""
LEAST_SHARE = 0.6
"""Of the rows that lie over each other, so many must be the same; the rest is misread at the edge of a photo."""
SAME_WORDS = 0.6
HEAD_ROWS = 2
MATCH, PERHAPS, MISMATCH, SKIP = 1.0, 0.0, -0.7, -0.5

_TOTALS = {Role.TOTAL, Role.FINAL}


@dataclass(frozen=True)
class Seam:
    """Where two photos lie over each other: rows of the first from `start` are rows of the second before `end`.

    `alike` of them were read the same, of `rows` that the overlap has (in the photo that shows more of it).
    """

    start: int
    end: int
    alike: int
    rows: int


@dataclass(frozen=True)
class _Face:
    """What a row is recognised by: the pairs of its letters, and its digits."""

    pairs: frozenset[str]
    digits: str


@dataclass(frozen=True)
class Sheet:
    """One photo's reading as rows, what each row is recognised by, and the amounts."""

    rows: tuple[Row, ...]
    faces: tuple[_Face, ...]
    figures: tuple[Figure, ...]

    @classmethod
    def of(cls, reading: Reading) -> Sheet:
        """Return the reading's rows that have letters or digits, from the top."""
        found = find_rows(reading)
        rows = tuple(row for row in found if any(letter.isalnum() for letter in row.text))[:MOST_ROWS]
        return cls(rows, tuple(_face(row.text) for row in rows), find_figures(rows))

    @property
    def totals(self) -> list[int]:
        """Return the rows in which a total stands."""
        return [figure.row for figure in self.figures if figure.amount and figure.role in _TOTALS]

    @property
    def has_head(self) -> bool:
        """Return whether rows of words stand above the first price, as a merchant's name and address do."""
        prices = [figure.row for figure in self.figures if figure.amount and (figure.decimals == 2 or figure.marked)]
        return min(prices, default=len(self.rows)) >= HEAD_ROWS


def _face(text: str) -> _Face:
    folded = fold(text)
    words = re.sub(r"[\W\d_]+", "", folded)
    return _Face(frozenset(a + b for a, b in pairwise(words)), re.sub(r"\D", "", folded))


def _likeness(first: _Face, second: _Face) -> float:
    """Return MATCH for the same print (the same digits, and letters as far as they were read alike).

    PERHAPS when only one of the two is the same: a digit misread, or another price of the same thing.
    """
    same_digits = first.digits == second.digits
    letters = len(first.pairs) + len(second.pairs)
    same_words = letters > 0 and 2 * len(first.pairs & second.pairs) >= SAME_WORDS * letters
    if same_digits and (same_words or (letters == 0 and len(first.digits) > 1)):
        return MATCH
    return PERHAPS if same_words or (same_digits and len(first.digits) > 1) else MISMATCH


def find_seam(above: Sheet, below: Sheet) -> Seam | None:
    """Return where the end of one sheet and the start of the other are the same rows, or None.

    The alignment that scores best takes in the end of `above` and the start of `below`; rows may be misread, or be
    one in one photo and two in the other.
    """
    table = _scores(above.faces, below.faces)
    last = table[-1]
    end = max(range(len(last)), key=lambda at: last[at].score)
    best = last[end]
    rows = max(len(above.faces) - best.start, end)
    if best.alike < LEAST_ALIKE or best.named < LEAST_ALIKE - 1 or best.alike < LEAST_SHARE * rows:
        return None
    return Seam(best.start, end, best.alike, rows)


class _Path(NamedTuple):
    """An alignment so far: its score, the row of the first sheet it began at, rows alike, and those with words."""

    score: float
    start: int
    alike: int = 0
    named: int = 0


def _scores(above: Sequence[_Face], below: Sequence[_Face]) -> list[list[_Path]]:
    """Return the best alignment up to every pair of rows; it may begin at any row of `above`, and at no other cost."""
    table = [[_Path(SKIP * at, 0) for at in range(len(below) + 1)]]
    for down, face in enumerate(above, start=1):
        line = [_Path(0.0, down)]
        for across, other in enumerate(below, start=1):
            line.append(_best((table[-1][across - 1], table[-1][across], line[-1]), face, other))
        table.append(line)
    return table


def _best(before: tuple[_Path, _Path, _Path], face: _Face, other: _Face) -> _Path:
    both, up, left = before
    step = _likeness(face, other)
    same = step == MATCH
    named = both.named + (same and bool(face.pairs))
    ways: Iterable[_Path] = (
        _Path(both.score + step, both.start, both.alike + same, named),
        _Path(up.score + SKIP, up.start, up.alike, up.named),
        _Path(left.score + SKIP, left.start, left.alike, left.named),
    )
    return max(ways, key=lambda path: path.score)
