"""Strips: the part of a page's picture that shows the printed row in which something stands."""

from __future__ import annotations

from collections.abc import Sequence

from core.places import row_of
from core.receipt import Box, Line, Reading

PADDING = 0.25
"""Around a box, in its heights."""
LEAST_STRIP = 7.0
"""A strip is at least so many times as wide as it is high, so that it is never a few huge letters."""
MOST_ROWS = 2.6


def around(boxes: Sequence[Box], padding: float = PADDING) -> Box:
    """Return the rectangle around boxes, with some air (in heights of the lowest)."""
    left, top = min(box.left for box in boxes), min(box.top for box in boxes)
    right, bottom = max(box.right for box in boxes), max(box.bottom for box in boxes)
    air = padding * min(box.bottom - box.top for box in boxes)
    return Box(left=left - air, top=top - air, right=right + air, bottom=bottom + air)


def strip_of(lines: Sequence[Line], reading: Reading, width: float) -> Box:
    """Return the rectangle around the rows that lines stand in, or the last where they stand far apart.

    The lines have boxes, all on one page, which is `width` pixels wide.
    """
    tight = around([line.box for line in lines if line.box])
    tallest = max(line.box.bottom - line.box.top for line in lines if line.box)
    near = lines if tight.bottom - tight.top < MOST_ROWS * tallest else lines[-1:]
    rows = [other for line in near for other in row_of(line, reading.lines)]
    tight = around([line.box for line in rows if line.box])
    across = tight.right - tight.left
    wide = min(width, max(across, LEAST_STRIP * (tight.bottom - tight.top)))
    left = max(0.0, min(tight.left - (wide - across) / 2, width - wide))
    return tight.model_copy(update={"left": left, "right": left + wide})
