"""E-mail addresses in a strip, with the slips that an OCR makes: a space at the @, a comma for a dot."""

from __future__ import annotations

import re
from collections.abc import Iterator

from core.masking.kinds import Found, Masked
from core.masking.strips import Strip

_AT = re.compile(r"[@©®]")
_NAME = re.compile(r"[\w.%+'-]{1,64}$")
_HOST = re.compile(r"((?:[^\W_](?:[\w-]{0,62})\.){1,8})([^\W\d_]{2,24})(?![^\W_])")
_SLIPPED = re.compile(r"((?:[^\W_](?:[\w-]{0,62}) ?[.,] ?){1,4})(com|net|org|info|biz|edu|gov|[a-z]{2})(?![\w@])")
_NAMED = re.compile(r"e-?mail[ :.=]{1,4}([\w.+-]{2,40}\.[a-z]{2,6})(?![\w@.])")
_LONGEST = 255


def addresses(strip: Strip) -> Iterator[Found]:
    """Yield the e-mail addresses."""
    for match in _AT.finditer(strip.text):
        span = _address_at(strip.text, match.start())
        if span is not None:
            yield Found(*span, Masked.MAIL)
    for named in _NAMED.finditer(strip.text):
        if not named[1].startswith("www") and "@" not in named[0]:
            yield Found(*named.span(1), Masked.MAIL)


def _address_at(text: str, at: int) -> tuple[int, int] | None:
    """Return the span of the address whose @ (or what the OCR took it for) is there, or None."""
    left, right = text[max(0, at - 66) : at], text[at + 1 : at + 1 + _LONGEST]
    name = _NAME.search(left.rstrip(" "))
    if name is None or len(left) - len(left.rstrip(" ")) > 2 or len(right) - len(right.lstrip(" ")) > 2:
        return None
    spaced = left.endswith(" ") or right.startswith(" ") or text[at] != "@"
    skipped = len(right) - len(right.lstrip(" "))
    host = None if spaced else _HOST.match(right)
    host = host or _slipped(right[skipped:], spaced)
    if host is None:
        return None
    return at - len(left) + name.start(), at + 1 + (skipped if spaced else 0) + host.end()


def _slipped(right: str, spaced: bool) -> re.Match[str] | None:
    """Return an address's host that has a space or a comma in it: letters, and an ending that hosts have."""
    host = _HOST.match(right) or _SLIPPED.match(right)
    if host is None or not re.match(r"[\w-]{0,62}[^\W\d_]{2}", host[1]):
        return None
    # "2 @ rs.ea" is a price: where the OCR left a space, the ending must be one that is seen every day.
    return host if not spaced or len(host[2]) > 2 or len(host[1]) > 4 else None
