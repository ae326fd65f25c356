"""Pictures: opened by the decoder of their kind, bounded from the header, shrunk, flat and upright."""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable, Iterator
from io import BytesIO

from PIL import Image, ImageFile, ImageOps

from core.errors import Broken, SnapSpendError, TooManyPages, TooManyPixels, Unusable
from core.kinds import Kind
from core.ports import Page

MAX_PAGES = 10

_LONG, _SHORT, _LONGEST, _PIXELS = 2000, 1000, 12_000, 8_000_000
"""A page keeps 2000 pixels on its long side, and 1000 on its short one: a till roll stays legible."""

_ALL_PAGES = 24_000_000
"""Pixels of all pages together, so that ten pages cost no more memory than three."""

_BAND = 4_000_000
"""Pixels that are converted and shrunk at once: never a second copy of the whole picture."""

_MEGAPIXELS = {Kind.JPEG: 220, Kind.HEIC: 50, Kind.AVIF: 40, Kind.WEBP: 25}
"""The most that decodes in about 400 MB, measured in bytes a pixel: JPEG 0.3 (it shrinks as it decodes, so a
200-megapixel phone's picture is fine), HEIC 7.3, AVIF 9.3, WebP 16; the others 4."""
_OTHER_MEGAPIXELS = 80
_PROGRESSIVE_MEGAPIXELS = 64
"""A progressive JPEG is held whole before it shrinks: 3 to 6 bytes a pixel."""


def pages_of_picture(photo: bytes, kind: Kind) -> tuple[Page, ...]:
    """Return the pages (more than one only for TIFF). Raises Broken, TooManyPixels or TooManyPages."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow warns of odd metadata; what matters comes as an error
        try:
            with _decoder(kind)(BytesIO(photo)) as image:
                frames = _count_frames(image) if kind is Kind.TIFF else 1
                return tuple(_page(image, frames) for _ in _bounded(image, kind, frames))
        except SnapSpendError:
            raise
        except MemoryError as error:
            raise Unusable("no memory to decode it") from error
        except Exception as error:  # decoders fail in every way there is on bytes that are not theirs
            raise Broken(f"{kind}: {type(error).__name__}") from error


def page_size(width: float, height: float, pages: int = 1) -> tuple[int, int]:
    """Return the size in pixels that a page of this size is shrunk to, never enlarged."""
    long, short = max(width, height), min(width, height)
    fitting = math.sqrt(min(_PIXELS, _ALL_PAGES / pages) / (width * height))
    scale = min(1.0, max(_LONG / long, _SHORT / short), _LONGEST / long, fitting)
    return max(1, round(width * scale)), max(1, round(height * scale))


def _decoder(kind: Kind) -> Callable[[BytesIO], ImageFile.ImageFile]:
    """Return Pillow's plugin for one kind, so that no other decoder ever sees the bytes."""
    # Imported here, and opened without Image.open, whose own pixel limit and warnings would come first.
    if kind is Kind.HEIC:
        from pillow_heif import HeifImageFile

        return HeifImageFile
    Image.init()
    return Image.OPEN[kind.value.upper()][0]  # type: ignore[return-value]


def _count_frames(image: ImageFile.ImageFile) -> int:
    """Return how many frames there are, having looked at one too many at most."""
    for number in range(1, MAX_PAGES + 1):
        try:
            image.seek(number)
        except EOFError:
            return number
    raise TooManyPages(pages=f"more than {MAX_PAGES}", limit=MAX_PAGES)


def _bounded(image: ImageFile.ImageFile, kind: Kind, frames: int) -> Iterator[None]:
    """Stand at each frame in turn, its size checked while only the header is read."""
    for number in range(frames):
        if frames > 1:
            image.seek(number)
        limit = _MEGAPIXELS.get(kind, _OTHER_MEGAPIXELS)
        if kind is Kind.JPEG and image.info.get("progressive"):
            limit = _PROGRESSIVE_MEGAPIXELS
        if image.width * image.height > limit * 1_000_000:
            raise TooManyPixels(width=image.width, height=image.height, limit_mp=limit)
        yield


def _page(image: ImageFile.ImageFile, frames: int) -> Page:
    """Return the frame that `image` stands at as a page."""
    image.draft(None, page_size(image.width, image.height, frames))
    image.load()
    orientation = _orientation(image)
    upright = _turned(_shrunk(image, page_size(image.width, image.height, frames)), orientation)
    return Page(upright.width, upright.height, upright.tobytes())


def _shrunk(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    """Return the picture in RGB at `size`, band by band."""
    factor = max(1, min(image.width // size[0], image.height // size[1]))
    rows = factor * max(1, _BAND // image.width // factor)
    white = _white(image)
    small = Image.new("RGB", (-(-image.width // factor), -(-image.height // factor)))
    for top in range(0, image.height, rows):
        band = image.crop((0, top, image.width, min(top + rows, image.height)))
        small.paste(_flat(band, white).reduce(factor), (0, top // factor))
    return small.resize(size, Image.Resampling.LANCZOS) if small.size != size else small


def _flat(band: Image.Image, white: float) -> Image.Image:
    """Return a band in RGB, what is transparent on white; `white` is the brightest value of a deep grey."""
    if band.mode.startswith(("I", "F")):
        # By way of F: what a deep grey becomes on its way to L has differed between versions of Pillow.
        return band.convert("F").point(lambda value: value * (255 / white)).convert("L").convert("RGB")
    if band.has_transparency_data:
        band = band.convert("RGBA")
        paper = Image.new("RGBA", band.size, "white")
        return Image.alpha_composite(paper, band).convert("RGB")
    return band.getchannel(0).convert("RGB") if band.mode == "LAB" else band.convert("RGB")


def _white(image: Image.Image) -> float:
    """Return the brightest value of a picture with 16 or 32 bits a pixel (255 for all others)."""
    if not image.mode.startswith(("I", "F")):
        return 255.0
    _, brightest = image.getextrema()
    return float(brightest) or 1.0  # type: ignore[arg-type]


def _orientation(image: Image.Image) -> int:
    """Return the EXIF orientation, 1 (upright) when none can be read (CIPA DC-008, tag 0x0112)."""
    try:
        return int(image.getexif().get(0x0112, 1))
    except Exception:  # noqa: BLE001 - a damaged EXIF block is no reason to refuse a good picture
        return 1


def _turned(image: Image.Image, orientation: int) -> Image.Image:
    """Return the picture as its EXIF orientation says it is to be seen."""
    image.getexif()[0x0112] = orientation
    return ImageOps.exif_transpose(image)
