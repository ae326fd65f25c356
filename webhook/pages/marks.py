"""Where figures stand in a receipt's pictures, as its page marks them: boxes over a picture, and strips of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.places import row_of
from core.receipt import Box, Line, Reading

PADDING = 0.25
"""Around a box, in its heights."""
LEAST_STRIP = 7.0
"""A strip is at least so many times as wide as it is high, so that it is never a few huge letters."""

MOST_ROWS = 2.6


@dataclass(frozen=True)
class Rectangle:
    """A rectangle in a page picture, in its pixels."""

    left: float
    top: float
    width: float
    height: float

    @property
    def view(self) -> str:
        """Return it as SVG's viewBox."""
        return f"{self.left:.0f} {self.top:.0f} {self.width:.0f} {self.height:.0f}"


@dataclass(frozen=True)
class Sheet:
    """One page picture: its number from 1, and its size in the pixels that boxes are in."""

    number: int
    width: int
    height: int


@dataclass(frozen=True)
class Mark:
    """Where one figure stands: on which page, in which boxes, and the strip that shows its row; `number` names it."""

    number: int
    sheet: Sheet
    boxes: tuple[Rectangle, ...]
    strip: Rectangle


def sheets_of(reading: Reading | None) -> list[Sheet]:
    """Return the pages of a reading whose size is known."""
    sizes = reading.pages if reading else ()
    return [Sheet(number, *size) for number, size in enumerate(sizes, 1) if min(size) > 0]


def marks_of(places: Mapping[str, Sequence[Line]], reading: Reading) -> dict[str, Mark]:
    """Return a mark for each figure that has a place, numbered from 0, those on the first of its pages."""
    sheets = {sheet.number: sheet for sheet in sheets_of(reading)}
    marks: dict[str, Mark] = {}
    for name, lines in places.items():
        sheet = sheets.get(lines[0].page + 1)
        shown = [line for line in lines if line.page == lines[0].page]
        if sheet is not None:
            boxes = tuple(_around([line.box]) for line in shown if line.box)
            marks[name] = Mark(len(marks), sheet, boxes, _strip(shown, reading, sheet))
    return marks


def _around(boxes: Sequence[Box]) -> Rectangle:
    """Return the rectangle around boxes, with some air."""
    left, top = min(box.left for box in boxes), min(box.top for box in boxes)
    right, bottom = max(box.right for box in boxes), max(box.bottom for box in boxes)
    air = PADDING * min(box.bottom - box.top for box in boxes)
    return Rectangle(left - air, top - air, right - left + 2 * air, bottom - top + 2 * air)


def _strip(lines: Sequence[Line], reading: Reading, sheet: Sheet) -> Rectangle:
    """Return the rectangle around the rows that the lines stand in, or the last where they stand far apart."""
    tight = _around([line.box for line in lines if line.box])
    tallest = max(line.box.bottom - line.box.top for line in lines if line.box)
    near = lines if tight.height < MOST_ROWS * tallest else lines[-1:]
    rows = [other for line in near for other in row_of(line, reading.lines)]
    tight = _around([line.box for line in rows if line.box])
    width = min(float(sheet.width), max(tight.width, LEAST_STRIP * tight.height))
    left = max(0.0, min(tight.left - (width - tight.width) / 2, sheet.width - width))
    return Rectangle(left, tight.top, width, tight.height)
