"""Gutters: straight stretches of blank right across a picture, to whose sides its lines fall into two parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from core.boxes import own_size
from core.receipt import Box, Line

SLOPES = tuple(step / 50 for step in range(-6, 7))
"""Papers lie as they fall: blanks are looked for up to seven degrees off the page's own lines."""


@dataclass(frozen=True)
class Gutter:
    """A blank between lines, as wide as so many heights of type; `first` are the lines left of it, or above it."""

    upright: bool
    width: float
    first: frozenset[int]


def gutters(lines: Sequence[Line]) -> list[Gutter]:
    """Return every way in which a blank parts the lines, each with its width where that is greatest; upright first.

    The lines must have boxes. Of the same kind the widest go first.
    """
    boxes = [line.box for line in lines if line.box is not None]
    height = max(median(own_size(box)[1] for box in boxes), 1.0)
    widest: dict[tuple[bool, frozenset[int]], float] = {}
    for upright in (True, False):
        for slope in SLOPES:
            for wide, first in _blanks(boxes, upright, slope):
                key = (upright, first)
                widest[key] = max(widest.get(key, 0.0), wide / height)
    found = [Gutter(upright, width, first) for (upright, first), width in widest.items()]
    return sorted(found, key=lambda gutter: (not gutter.upright, -gutter.width))


def _blanks(boxes: Sequence[Box], upright: bool, slope: float) -> Iterator[tuple[float, frozenset[int]]]:
    """Yield the width in pixels of each blank of this direction, and which boxes are before it."""
    spans = sorted((*_span(box, upright, slope), at) for at, box in enumerate(boxes))
    before: list[int] = []
    end = spans[0][1]
    for start, until, at in spans:
        if start > end:
            yield start - end, frozenset(before)
        before.append(at)
        end = max(end, until)


def _span(box: Box, upright: bool, slope: float) -> tuple[float, float]:
    """Return from where to where a box reaches across the direction of the blank."""
    across, down = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    width, height = own_size(box)
    middle, half = (across - slope * down, width / 2) if upright else (down - slope * across, height / 2)
    return middle - half, middle + half
