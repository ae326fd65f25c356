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
            if max(opened.size) > 20 * min(opened.size):
                raise NotAPhotoError("it is too narrow")
            picture = ImageOps.exif_transpose(_small(opened))
    except (OSError, SyntaxError, ValueError, ArithmeticError, Image.DecompressionBombError) as error:
        raise NotAPhotoError("it is not a picture that can be shown") from error
    return [_size(picture, side) for side in _sides(max(picture.size))]


def _small(opened: Image.Image) -> Image.Image:
    """Return a picture in 8-bit RGB, at most 1280 long, with white where it was transparent."""
    exif = opened.getexif()
    picture = opened
    if opened.has_transparency_data:
        picture = Image.new("RGBA", opened.size, "white")
        picture.alpha_composite(opened.convert("RGBA"))
    picture = picture.convert("RGB")
    picture.thumbnail((LONGEST_SIDES[-1], LONGEST_SIDES[-1]), Image.Resampling.LANCZOS, reducing_gap=2.0)
    picture.getexif().update(exif)  # the orientation is still to be read
    return picture


def _sides(longest: int) -> list[int]:
    smaller = [side for side in LONGEST_SIDES if side < longest]
    return [*smaller, min(longest, LONGEST_SIDES[-1])][: len(LONGEST_SIDES)]


def _size(picture: Image.Image, side: int) -> Size:
    scaled = picture.copy()
    scaled.thumbnail((side, side), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    scaled.save(out, "JPEG", quality=QUALITY)
    return Size(scaled.width, scaled.height, out.getvalue())
