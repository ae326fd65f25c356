"""Where figures stand in a receipt's pictures, as its page marks them: boxes over a picture, and strips of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.receipt import Box, Line, Reading
from core.strips import around, strip_of


@dataclass(frozen=True)
class Rectangle:
    """A rectangle in a page picture, in its pixels."""

    left: float
    top: float
    width: float
    height: float

    @classmethod
    def of(cls, box: Box) -> Rectangle:
        """Return a box as a rectangle."""
        return cls(box.left, box.top, box.right - box.left, box.bottom - box.top)

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
        if sheet is not None:
            marks[name] = mark_of_lines(lines, reading, sheet, len(marks))
    return marks


def mark_of_lines(lines: Sequence[Line], reading: Reading, sheet: Sheet, number: int) -> Mark:
    """Return the mark of what stands in lines, those on the sheet that the first is on."""
    shown = [line for line in lines if line.page == sheet.number - 1]
    boxes = tuple(Rectangle.of(around([line.box])) for line in shown if line.box)
    return Mark(number, sheet, boxes, Rectangle.of(strip_of(shown, reading, sheet.width)))
