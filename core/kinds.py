"""Which kind of file it is, by its first bytes alone: nothing is decoded here."""

from __future__ import annotations

from enum import StrEnum

MAX_MEGABYTES = 20
"""Telegram's bots cannot fetch more than this, so the pages and the command line hold the same limit."""


class Kind(StrEnum):
    """A picture format that is read."""

    JPEG = "JPEG"
    PNG = "PNG"
    WEBP = "WebP"
    HEIC = "HEIC"
    AVIF = "AVIF"
    BMP = "BMP"
    GIF = "GIF"
    TIFF = "TIFF"


PDF_TYPE, UNKNOWN_TYPE = "application/pdf", "application/octet-stream"
MEDIA_TYPES = tuple(f"image/{kind.lower()}" for kind in Kind)
"""The pictures' names in HTTP, as IANA's registry of media types has them."""

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


def is_known(head: bytes) -> bool:
    """Say whether a file's first 1024 bytes are those of a picture or a PDF that is read here."""
    return kind_of(head) is not None or is_pdf(head)


def kind_of(photo: bytes) -> Kind | None:
    """Return which picture format the first bytes say it is, or None when it is none that is read here."""
    if photo[:4] == b"RIFF" and photo[8:12] == b"WEBP":
        return Kind.WEBP
    if photo[4:8] == b"ftyp":
        return _BRANDS.get(photo[8:12]) or _compatible(photo)
    return next((kind for mark, kind in _MARKS if photo.startswith(mark)), None)


def is_pdf(photo: bytes) -> bool:
    """Say whether the first bytes are a PDF's."""
    return b"%PDF-" in photo[:_HEAD]


def media_type(photo: bytes) -> str:
    """Return the first bytes' name in HTTP (RFC 2046); what is not known is a stream of octets."""
    kind = kind_of(photo)
    if kind is not None:
        return f"image/{kind.lower()}"
    return PDF_TYPE if is_pdf(photo) else UNKNOWN_TYPE


def _compatible(photo: bytes) -> Kind | None:
    """Return the first known kind among a media file's compatible brands (ISO/IEC 14496-12, 4.3)."""
    brands = photo[16 : min(int.from_bytes(photo[:4], "big"), 256)]
    found = (_BRANDS.get(brands[start : start + 4]) for start in range(0, len(brands), 4))
    return next((kind for kind in found if kind), None)
