"""Makes the sizes of a photo as Telegram does when a picture is sent as one."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageOps

LONGEST_SIDES = (90, 320, 800, 1280)  # as Telegram's s, m, x and y sizes
QUALITY = 87
MOST_PIXELS = 64_000_000  # once a JPEG's own down-scaling is used


class NotAPhotoError(Exception):
    """The bytes cannot be shown as a photo; the sentence says why."""


@dataclass(frozen=True)
class Size:
    """One size of a photo: pixels, and JPEG bytes."""

    width: int
    height: int
    jpeg: bytes


def photo_sizes(path: Path) -> list[Size]:
    """Return a picture's sizes, smallest first, upright and without its metadata. Raises NotAPhotoError."""
    import pillow_heif  # here, because it registers itself only when it is needed

    pillow_heif.register_heif_opener()
    try:
        with Image.open(path) as opened:
            opened.draft("RGB", (LONGEST_SIDES[-1], LONGEST_SIDES[-1]))
            if opened.width * opened.height > MOST_PIXELS:
                raise NotAPhotoError("it has too many pixels")
            picture = ImageOps.exif_transpose(opened).convert("RGB")
    except (OSError, SyntaxError, ValueError, ArithmeticError, Image.DecompressionBombError) as error:
        raise NotAPhotoError("it is not a picture that can be shown") from error
    if max(picture.size) > 20 * min(picture.size):
        raise NotAPhotoError("it is too narrow")
    return [_size(picture, side) for side in _sides(max(picture.size))]


def _sides(longest: int) -> list[int]:
    smaller = [side for side in LONGEST_SIDES if side < longest]
    return [*smaller, min(longest, LONGEST_SIDES[-1])][: len(LONGEST_SIDES)]


def _size(picture: Image.Image, side: int) -> Size:
    scaled = picture.copy()
    scaled.thumbnail((side, side), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    scaled.save(out, "JPEG", quality=QUALITY)
    return Size(scaled.width, scaled.height, out.getvalue())
