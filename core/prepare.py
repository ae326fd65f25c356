"""From bytes to upright page pictures: which kind of file it is, bounded before it is decoded."""

from __future__ import annotations

from core.errors import Empty, TooLarge, WrongKind
from core.ports import Page
from core.prepare_pdf import pages_of_pdf
from core.prepare_picture import Kind, pages_of_picture

MAX_MEGABYTES = 20
"""Telegram's bots cannot fetch more than this, so the pages and the command line hold the same limit."""

_HEAD = 1024
"""PDF readers take a file as a PDF when its mark stands within the first 1024 bytes."""

_MARKS: tuple[tuple[bytes, Kind], ...] = (
    (b"\xff\xd8\xff", Kind.JPEG),
    (b"\x89PNG\r\n\x1a\n", Kind.PNG),
    (b"GIF87a", Kind.GIF),
    (b"GIF89a", Kind.GIF),
    (b"II*\0", Kind.TIFF),
    (b"MM\0*", Kind.TIFF),
    (b"II+\0", Kind.TIFF),
    (b"MM\0+", Kind.TIFF),
    (b"BM", Kind.BMP),
)

_BRANDS = {
    **dict.fromkeys((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"), Kind.HEIC),
    **dict.fromkeys((b"avif", b"avis"), Kind.AVIF),
}


def prepare(photo: bytes) -> tuple[Page, ...]:
    """Return the pages of a photo or PDF: upright, on white, as 8-bit RGB, no larger than reading needs.

    Raises Empty, TooLarge, WrongKind, Broken, TooManyPixels, TooManyPages or Locked, all of them Unusable.
    The kind is told by the first bytes; a file's name is never asked.
    """
    if not photo:
        raise Empty
    if len(photo) > MAX_MEGABYTES * 1024 * 1024:
        raise TooLarge(limit_mb=MAX_MEGABYTES)
    kind = kind_of(photo)
    if kind is not None:
        return pages_of_picture(photo, kind)
    if _is_pdf(photo):
        return pages_of_pdf(photo)
    raise WrongKind


def is_known(head: bytes) -> bool:
    """Say whether a file's first 1024 bytes are those of a picture or a PDF that is read here."""
    return kind_of(head) is not None or _is_pdf(head)


def kind_of(photo: bytes) -> Kind | None:
    """Return which picture format the first bytes say it is, or None when it is none that is read here."""
    if photo[:4] == b"RIFF" and photo[8:12] == b"WEBP":
        return Kind.WEBP
    if photo[4:8] == b"ftyp":
        return _BRANDS.get(photo[8:12]) or _compatible(photo)
    return next((kind for mark, kind in _MARKS if photo.startswith(mark)), None)


def _is_pdf(photo: bytes) -> bool:
    return b"%PDF-" in photo[:_HEAD]


def _compatible(photo: bytes) -> Kind | None:
    """Return the first known kind among a media file's compatible brands (ISO/IEC 14496-12, 4.3)."""
    brands = photo[16 : min(int.from_bytes(photo[:4], "big"), 256)]
    found = (_BRANDS.get(brands[start : start + 4]) for start in range(0, len(brands), 4))
    return next((kind for kind in found if kind), None)
