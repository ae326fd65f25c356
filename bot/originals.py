"""A kept photo on its way back into the chat: what kind it is, and whether Telegram shows it."""

from __future__ import annotations

from datetime import date

LARGEST_PHOTO = 10_000_000
"""Bytes; Telegram takes larger pictures only as files."""

_KINDS: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\xff\xd8\xff", "jpg"),
    (0, b"\x89PNG\r\n\x1a\n", "png"),
    (8, b"WEBP", "webp"),
    (0, b"%PDF-", "pdf"),
    (0, b"GIF8", "gif"),
    (0, b"BM", "bmp"),
    (0, b"II*\x00", "tif"),
    (0, b"MM\x00*", "tif"),
    (4, b"ftyp", "heic"),
)


def kind_of(photo: bytes) -> str:
    """Return the ending that a file of these bytes has by its first bytes: `jpg`, `pdf`, …, or `bin`."""
    return next((kind for start, magic, kind in _KINDS if photo[start : start + len(magic)] == magic), "bin")


def shows_as_photo(photo: bytes) -> bool:
    """Say whether Telegram takes the bytes with sendPhoto."""
    return kind_of(photo) in ("jpg", "png", "webp") and len(photo) <= LARGEST_PHOTO


def file_name(photo: bytes, day: date) -> str:
    """Return a name for the file: `receipt-2026-10-03.pdf`."""
    return f"receipt-{day.isoformat()}.{kind_of(photo)}"
