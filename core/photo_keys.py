"""A photo's key: whose it is, and what its bytes are."""

from __future__ import annotations

import re
from hashlib import sha256
from uuid import UUID

from core.errors import TooLarge, Unavailable
from core.kinds import MAX_MEGABYTES

MOST_BYTES = MAX_MEGABYTES * 1024 * 1024
KEY = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/([0-9a-f]{64})")


def photo_key(account: UUID, photo: bytes) -> str:
    """Return `<account>/<sha256 of the bytes>`. Raises TooLarge for what nobody would read."""
    if len(photo) > MOST_BYTES:
        raise TooLarge(limit_mb=MAX_MEGABYTES)
    return f"{account}/{sha256(photo).hexdigest()}"


def is_key(key: str) -> bool:
    """Tell whether it is a photo's key, which leads nowhere else."""
    return KEY.fullmatch(key) is not None


def checked_key(key: str) -> str:
    """Return a key. Raises Unavailable when it is none."""
    if not is_key(key):
        raise Unavailable("photos: not a photo's key")
    return key


def checked_photo(key: str, photo: bytes) -> bytes:
    """Return the bytes that a key names. Raises Unavailable when these are others."""
    if sha256(photo).hexdigest() != key.rpartition("/")[2]:
        raise Unavailable("photos: other bytes than were kept")
    return photo
