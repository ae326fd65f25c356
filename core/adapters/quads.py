"""Quadrilaterals of text lines: their sides, their boxes, how they turn with the page, and what overlaps."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import median
from typing import TYPE_CHECKING

from core.receipt import Box

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Quad = NDArray[np.float32]
    """Four corners (x, y) in pixels, clockwise from the top left one."""


def width(quad: Quad) -> float:
    """Return the longer of the top and bottom edges."""
    return max(math.dist(quad[0], quad[1]), math.dist(quad[3], quad[2]))


def height(quad: Quad) -> float:
    """Return the longer of the left and right edges."""
    return max(math.dist(quad[0], quad[3]), math.dist(quad[1], quad[2]))


def box(quad: Quad) -> Box:
    """Return the upright rectangle around a quad, with the tilt of its top edge."""
    (left, top), (right, bottom) = quad.min(axis=0).tolist(), quad.max(axis=0).tolist()
    (x1, y1), (x2, y2) = quad[0].tolist(), quad[1].tolist()
    tilt = round(math.degrees(math.atan2(y2 - y1, x2 - x1)), 2)
    return Box(left=left, top=top, right=right, bottom=bottom, tilt=tilt)


def run_down(quads: Sequence[Quad]) -> bool:
    """Say whether most of the text, by length, stands on its side."""
    down = sum(height(quad) for quad in quads if height(quad) > 1.5 * width(quad))
    across = sum(width(quad) for quad in quads if width(quad) > 1.5 * height(quad))
    return down > 1.5 * across


def half_turned(quads: Sequence[Quad], size: tuple[int, int]) -> list[Quad]:
    """Return the quads as they lie when a picture of `size` (width, height) is turned by 180 degrees."""
    return [size - quad[[2, 3, 0, 1]] for quad in quads]


def by_rows(boxes: Sequence[Box]) -> list[int]:
    """Return the boxes' places in reading order: rows from the top, each from the left, tilt taken out."""
    if not boxes:
        return []
    slope = math.tan(math.radians(median(each.tilt for each in boxes)))
    level = [(each.top + each.bottom - slope * (each.left + each.right)) / 2 for each in boxes]
    half = median(each.bottom - each.top for each in boxes) / 2
    row, order = 0, sorted(range(len(boxes)), key=level.__getitem__)
    keys: dict[int, tuple[int, float]] = {}
    for before, place in zip([order[0], *order], order, strict=False):
        row += level[place] - level[before] > half
        keys[place] = (row, boxes[place].left)
    return sorted(keys, key=keys.__getitem__)


def without_repeats(quads: Sequence[Quad]) -> list[Quad]:
    """Return the quads without those that lie mostly within another: one line, found in two slices."""
    kept: list[tuple[Quad, Box]] = []
    for quad in sorted(quads, key=lambda each: width(each) * height(each), reverse=True):
        around = box(quad)
        if not any(_shared(around, other) > 0.6 for _, other in kept):
            kept.append((quad, around))
    return [quad for quad, _ in kept]


def _shared(one: Box, other: Box) -> float:
    """Return which part of box `one` lies in `other`."""
    across = min(one.right, other.right) - max(one.left, other.left)
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    area = (one.right - one.left) * (one.bottom - one.top)
    return max(0.0, across) * max(0.0, down) / area if area else 0.0
