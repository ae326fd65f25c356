"""Two strips of a receipt's pictures as one picture: A above B, so that both stay as wide as a phone shows them."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from core.errors import Unusable

WIDTH, HEIGHT = 800, 480
"""A strip is drawn this wide, and at most this high."""
MARGIN, GAP = 72, 12
LARGEST = 4_000_000
"""Pixels of a strip that are taken."""
PAPER, INK = "white", "#09705e"


def paired(first: bytes, second: bytes) -> bytes:
    """Return two JPEGs as one, marked A and B. Raises Unusable for what is no JPEG of that size."""
    strips = [_opened(strip) for strip in (first, second)]
    height = sum(strip.height for strip in strips) + 3 * GAP
    whole = Image.new("RGB", (MARGIN + WIDTH + GAP, height), PAPER)
    draw, font = ImageDraw.Draw(whole), ImageFont.load_default(44)
    top = GAP
    for letter, strip in zip("AB", strips, strict=True):
        whole.paste(strip, (MARGIN, top))
        draw.text((MARGIN // 2, top + strip.height // 2), letter, INK, font, "mm")
        top += strip.height + GAP
    written = BytesIO()
    whole.save(written, "JPEG", quality=85)
    return written.getvalue()


def _opened(strip: bytes) -> Image.Image:
    try:
        with Image.open(BytesIO(strip), formats=["JPEG"]) as opened:
            if opened.width * opened.height > LARGEST:
                raise Unusable("a strip is too large")
            picture = opened.convert("RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise Unusable(f"a strip is no picture: {type(error).__name__}") from error
    scale = min(WIDTH / picture.width, HEIGHT / picture.height)
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    return picture.resize(size, Image.Resampling.LANCZOS)
