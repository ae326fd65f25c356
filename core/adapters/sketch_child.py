"""What runs in a drawing process: a line that says what to draw, then the photo; back comes a JPEG."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from io import BytesIO

from PIL import Image
from pydantic import ValidationError

from core.adapters.bounds import bound
from core.adapters.page_pictures import page_of
from core.adapters.sketch_frames import framed, lettered
from core.adapters.sketches import HEADER, SECONDS
from core.boxes import corners
from core.drawings import Drawing
from core.errors import SnapSpendError
from core.receipt import Box

MEGABYTES = 760
_QUALITY = 85
_UNUSABLE = 3
_INK = (24, 24, 24)
_AIR = 0.6
"""Around a crop stays so much of its height."""
_LEGIBLE, _LARGEST = 700, 2.5
"""A small crop is enlarged until it is so many pixels wide, and at most so many times."""
_SPARE = 0.12
"""A cover reaches so much of its height further than its box, and two pixels more: strokes stand out of boxes."""


def drawn(photo: bytes, drawing: Drawing) -> Image.Image:
    """Return the drawing. Raises Unusable."""
    picture = page_of(photo, drawing.page, drawing.turn)
    width, height = drawing.frame or picture.size
    fit = (picture.width / max(1, width), picture.height / max(1, height))
    for box in drawing.covered:
        _paint(picture, _scaled(box, fit))
    around = _cut(drawing.crop, fit, picture.size) if drawing.crop else (0, 0, *picture.size)
    picture = picture.crop(around)
    scale = _scale(picture.size, drawing)
    if scale != 1:
        size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
        picture = picture.resize(size, Image.Resampling.LANCZOS)
    outlined = [(_moved(_scaled(each.box, fit), around, scale), each.label) for each in drawing.outlined]
    return framed(picture, outlined)


def _paint(picture: Image.Image, box: Box) -> None:
    """Paint a box over with ink of one colour, a little larger: nothing of what stood there is left in any pixel."""
    from PIL import ImageDraw

    spare = _SPARE * min(box.bottom - box.top, box.right - box.left) + 2
    ImageDraw.Draw(picture).polygon(list(corners(box, spare)), fill=_INK)


def _scaled(box: Box, fit: tuple[float, float]) -> Box:
    across, down = fit
    return Box(
        left=box.left * across, top=box.top * down, right=box.right * across, bottom=box.bottom * down, tilt=box.tilt
    )


def _moved(box: Box, around: Sequence[int], scale: float) -> Box:
    left, top = around[:2]
    edges = ((box.left - left) * scale, (box.top - top) * scale, (box.right - left) * scale, (box.bottom - top) * scale)
    return Box(left=edges[0], top=edges[1], right=edges[2], bottom=edges[3], tilt=box.tilt)


def _cut(crop: Box, fit: tuple[float, float], size: tuple[int, int]) -> tuple[int, int, int, int]:
    """Return the crop in pixels with some air around it, within the picture and never empty."""
    box = _scaled(crop, fit)
    air = _AIR * min(abs(box.bottom - box.top), abs(box.right - box.left), 0.1 * max(size)) + 4
    left = min(max(0, int(box.left - air)), size[0] - 1)
    top = min(max(0, int(box.top - air)), size[1] - 1)
    right, bottom = min(max(left + 1, int(box.right + air)), size[0]), min(max(top + 1, int(box.bottom + air)), size[1])
    return left, top, right, bottom


def _scale(size: tuple[int, int], drawing: Drawing) -> float:
    """Return by how much the picture is made smaller, or a small crop larger."""
    longest = max(1, drawing.longest) / max(size)
    if drawing.crop is None:
        return min(1.0, longest)
    return min(longest, max(1.0, min(_LARGEST, _LEGIBLE / max(size))))


def answer(given: bytes) -> bytes:
    """Return the JPEG that a header and what follows it ask for. Raises Unusable, ValidationError or OSError."""
    line, _, rest = given.partition(b"\n")
    header = HEADER.validate_json(line)
    if isinstance(header, Drawing):
        picture = drawn(rest, header)
    else:
        first, second = rest[: header[0]], rest[header[0] :]
        picture = lettered(page_of(first, 1, 0), page_of(second, 1, 0))
    written = BytesIO()
    picture.save(written, "JPEG", quality=_QUALITY, optimize=True)
    return written.getvalue()


def main() -> int:
    """Draw from standard input to standard output."""
    bound(MEGABYTES, SECONDS)
    Image.init()  # the decoders are loaded while what is to be drawn may not be known yet
    try:
        picture = answer(sys.stdin.buffer.read())
    except (SnapSpendError, ValidationError, MemoryError, ValueError, OSError, OverflowError, IndexError):
        return _UNUSABLE
    sys.stdout.buffer.write(picture)
    sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    # Nothing is left to tidy up, and Python's own end takes longer than the drawing.
    os._exit(main())
