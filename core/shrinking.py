"""Pictures that must fit into so many bytes before they are sent somewhere."""

from __future__ import annotations

from io import BytesIO

from PIL import Image

from core.errors import Unavailable

_STEPS = ((85, 1.0), (75, 1.0), (75, 0.8), (75, 0.6), (75, 0.45), (70, 0.3), (60, 0.2), (50, 0.1))
"""JPEG qualities and sizes, tried in this order: small print suffers less from quality 75 than from fewer pixels."""


def shrunk(picture: bytes, most: int) -> bytes:
    """Return the JPEG picture as it is when it has at most `most` bytes, else as large as fits.

    It is a picture that we drew ourselves, so it is decoded here. Raises Unavailable when it cannot be made to fit.
    """
    if len(picture) <= most:
        return picture
    try:
        with Image.open(BytesIO(picture), formats=["JPEG"]) as image:
            page = image.convert("L" if image.mode == "L" else "RGB")
    except Exception as error:  # noqa: BLE001 - decoders fail in every way there is
        raise Unavailable(f"picture to be sent: {type(error).__name__}") from None
    for quality, scale in _STEPS:
        smaller = _jpeg(page, quality, scale)
        if len(smaller) <= most:
            return smaller
    raise Unavailable(f"picture to be sent: does not fit into {most} bytes")


def _jpeg(page: Image.Image, quality: int, scale: float) -> bytes:
    """Return the page as JPEG, its sides shortened to `scale`."""
    size = (max(1, round(page.width * scale)), max(1, round(page.height * scale)))
    written = BytesIO()
    fitting = page if scale == 1.0 else page.resize(size, Image.Resampling.LANCZOS)
    fitting.save(written, "JPEG", quality=quality, optimize=True)
    return written.getvalue()
