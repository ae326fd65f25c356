"""Parts of a page's picture: the slices of a long roll, and each line cut out and straightened."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import TYPE_CHECKING

from core.adapters import quads as shapes

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from core.adapters.quads import Quad

    Picture = NDArray[np.uint8]
    """Rows, columns, and blue, green, red: OpenCV's order, which the models were trained on."""

_ROLL, _SLICE, _OVERLAP = 4.0, 2.4, 0.25
"""A page longer than four widths is searched in slices of 2.4 widths that overlap by a quarter of one: the type of
a roll stays legible, and memory bounded, whatever its length."""

_QUARTER = 0.6

_SHARED = 0.15
"""Strips overlap by this part of their height: no line is cut through in both."""

_LEAST = 64
"""Narrower than this, a page holds no line that could be read: slices are not made smaller for it."""

HEIGHT, _WIDEST = 48, 3200
"""The recogniser's lines are this high, and none is let in wider."""


_DARK, _PAPER = 110.0, 235.0
"""A page in which hardly anything (1 %) is brighter than the first was taken in the dark: it is lit up to the second.
Nothing else is done to light: evening it out helped phone photos in a shadow, and cost letters of good scans."""


def lit(picture: Picture) -> Picture:
    """Return a picture that was taken in the dark as bright as paper is, any other as it is."""
    import cv2
    import numpy as np

    brightest = float(np.percentile(picture[::8, ::8], 99))
    if brightest >= _DARK:
        return picture
    return cv2.convertScaleAbs(picture, alpha=_PAPER / max(brightest, 8.0))  # type: ignore[return-value]


def slices(picture: Picture) -> list[tuple[tuple[int, int], Picture]]:
    """Return a picture's overlapping slices, each with its (left, top): the whole, unless it is a long roll."""
    height, width = picture.shape[:2]
    if max(height, width) <= _ROLL * min(height, width):
        return [((0, 0), picture)]
    side = max(min(height, width), _LEAST)
    length, step = round(_SLICE * side), round((_SLICE - _OVERLAP) * side)
    starts = range(0, max(height, width) - round(_OVERLAP * side), step)
    if height >= width:
        return [((0, start), picture[start : start + length]) for start in starts]
    return [((start, 0), picture[:, start : start + length]) for start in starts]


def quarters(picture: Picture) -> list[tuple[tuple[int, int], Picture]]:
    """Return a picture's four overlapping quarters, each with its (left, top): what is small in it is larger in one."""
    height, width = picture.shape[:2]
    tall, wide = round(_QUARTER * height), round(_QUARTER * width)
    places = [(left, top) for top in (0, height - tall) for left in (0, width - wide)]
    return [((left, top), picture[top : top + tall, left : left + wide]) for left, top in places]


def around(picture: Picture, quads: Sequence[Quad], margin: float) -> tuple[Picture, tuple[int, int]]:
    """Return the part of a picture that has the lines, with so many pixels around them, and its (left, top)."""
    height, width = picture.shape[:2]
    left, top = (max(0, int(min(quad[:, axis].min() for quad in quads) - margin)) for axis in (0, 1))
    right, bottom = (int(max(quad[:, axis].max() for quad in quads) + margin) for axis in (0, 1))
    return picture[top : min(bottom, height), left : min(right, width)], (left, top)


def strips_needed(picture: Picture, side: float) -> int:
    """Return into how many strips a picture must be cut for each to be at most `side` pixels high."""
    height = int(picture.shape[0])
    return max(1, ceil((height - _SHARED * side) / ((1 - _SHARED) * side)))


def strips(picture: Picture, count: int) -> list[tuple[int, Picture]]:
    """Return so many strips of rows of pixels, each with its top, that overlap a little."""
    height = int(picture.shape[0])
    long = ceil(height / (count - (count - 1) * _SHARED))
    starts = [round(at * (height - long) / max(count - 1, 1)) for at in range(count)]
    return [(start, picture[start : start + long]) for start in starts]


def cut_out(picture: Picture, quad: Quad) -> Picture:
    """Return one line cut out and straightened, standing letters laid down, no larger than can be read."""
    import cv2
    import numpy as np

    across, down = max(1.0, shapes.width(quad)), max(1.0, shapes.height(quad))
    if down >= 1.5 * across:
        quad, across, down = quad[[1, 2, 3, 0]], down, across
    scale = min(1.0, _WIDEST / (across * HEIGHT / down) if across > down else 1.0, _WIDEST / across)
    width, height = max(1, round(across * scale)), max(1, round(down))
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    turn = cv2.getPerspectiveTransform(quad.astype(np.float32), corners)
    return cv2.warpPerspective(  # type: ignore[return-value]
        picture, turn, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )


def half_turned(picture: Picture) -> Picture:
    """Return the picture upside down."""
    import numpy as np

    return np.ascontiguousarray(picture[::-1, ::-1])
