"""Paper that is invented: rows of words and amounts become lines with boxes, as an OCR gives them, a little askew."""

from __future__ import annotations

from decimal import Decimal
from math import degrees, tan
from random import Random

from core.receipt import Box, Line, Reading
from tests.bench.rendered_till import Language, money

_WIDE, _HIGH, _PITCH = 11.0, 20.0, 27.0
"""A letter's width, a line's height, and from one row to the next, in pixels."""
_COLUMNS = 44
_MISREAD = {"O": "0", "l": "1", "I": "l", "S": "5", "t": "f", "e": "c", "i": "1", "m": "rn", "u": "v", "B": "8"}

Cell = tuple[str, float, float]
"""A text, and the column in which it starts and ends."""


class Paper:
    """Takes rows from top to bottom and gives a reading: askew, with slips in the words as OCR makes them."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._rows: list[list[Cell]] = []
        self._slope = tan(rng.gauss(0, 0.012))
        self._slips = rng.choice((0.0, 0.0, 0.004, 0.012))

    def middle(self, text: str) -> None:
        """Print a text in the middle."""
        start = max(0.0, (_COLUMNS - _width(text)) / 2)
        self._rows.append([(text, start, start + _width(text))])

    def left(self, text: str) -> None:
        """Print a text at the left."""
        self._rows.append([(text, 0.0, _width(text))])

    def apart(self, left: str, right: str) -> None:
        """Print a word and its amount at the edges: two lines of the reading, or one where the gap is narrow."""
        gap = _COLUMNS - _width(left) - _width(right)
        if gap < 2 or (gap < 14 and self._rng.random() < 0.3):
            self.left(f"{left} {right}")
        elif right:
            self._rows.append([(left, 0.0, _width(left)), (right, _COLUMNS - _width(right), float(_COLUMNS))])
        else:
            self.left(left)

    def columns(self, *texts: str) -> None:
        """Print texts in columns: the first begins at the left, all others end at even distances."""
        step = (_COLUMNS - 16) / max(1, len(texts) - 1)
        cells = [(texts[0], 0.0, _width(texts[0]))]
        for at, text in enumerate(texts[1:], 1):
            end = 16 + step * at
            cells.append((text, end - _width(text), end))
        self._rows.append([cell for cell in cells if cell[0]])

    def reading(self) -> Reading:
        """Return what an OCR would have seen of it."""
        lines = [self._line(cell, at) for at, row in enumerate(self._rows) for cell in row]
        size = (int(_COLUMNS * _WIDE) + 80, int(len(self._rows) * _PITCH) + 120)
        return Reading(lines=tuple(lines), pages=(size,), reader="rendered")

    def _line(self, cell: Cell, row: int) -> Line:
        text, start, end = cell
        shake = self._rng.gauss(0, 1.0)
        left, right = 40 + start * _WIDE, 40 + max(end, start + 0.5) * _WIDE
        top = 60 + row * _PITCH + self._slope * (left + right) / 2 + shake
        box = Box(left=left + shake, top=top, right=right + shake, bottom=top + _HIGH, tilt=degrees(self._slope))
        return Line(text=self._misread(text), box=box, score=round(self._rng.uniform(0.9, 1.0), 3))

    def _misread(self, text: str) -> str:
        """Return the text with slips in its letters, never in a figure: what is printed stays true."""
        return "".join(_MISREAD.get(c, c) if self._rng.random() < self._slips else c for c in text)


def _width(text: str) -> float:
    """Return how many columns a text takes; letters of Chinese, Japanese and Korean take two."""
    return float(sum(2 if ord(letter) > 0x2E80 else 1 for letter in text))


def written(value: Decimal, language: Language, signed: bool) -> str:
    """Return an amount as the language's tills print it, with the currency's sign or bare."""
    whole, _, pennies = format(money(abs(value), language), "f").partition(".")
    groups = [whole[max(0, at - 3) : at] for at in range(len(whole), 0, -3)]
    text = language["group"].join(reversed(groups)) + (language["point"] + pennies if pennies else "")
    text = language["form"].replace("0", text).replace("$", language["sign"]) if signed else text
    return f"-{text}" if value < 0 else text
