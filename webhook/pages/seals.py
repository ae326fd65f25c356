"""Small texts that come back through browsers unchanged, and the tokens that show a form to be our own."""

from __future__ import annotations

import binascii
import hashlib
import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode


def sealed(key: bytes, purpose: str, text: str) -> str:
    """Return a text in letters that a cookie may hold, with a seal that only holders of the key can make."""
    written = urlsafe_b64encode(text.encode("utf-8", "replace")).decode()
    return f"{written}.{token(key, purpose, written)}"


def opened(key: bytes, purpose: str, given: str) -> str:
    """Return the text that was sealed for this purpose, or an empty one when the seal is not ours."""
    written, _, seal = given.rpartition(".")
    if not is_token(key, purpose, written, seal):
        return ""
    try:
        return urlsafe_b64decode(written).decode()
    except (binascii.Error, UnicodeDecodeError):
        return ""


def token(key: bytes, purpose: str, whose: str) -> str:
    """Return what shows that we meant `whose` for a purpose: an HMAC, in letters and digits."""
    given = f"{purpose}:{whose}".encode("utf-8", "replace")
    return urlsafe_b64encode(hmac.digest(key, given, hashlib.sha256)).decode().rstrip("=")


def is_token(key: bytes, purpose: str, whose: str, given: str) -> bool:
    """Tell, in the same time for any answer, whether a token is the right one."""
    return hmac.compare_digest(token(key, purpose, whose).encode(), given.encode("utf-8", "replace"))
