"""Where in a line's box some of its characters stand: they are spread by how wide letters are, with a margin."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from core.boxes import own_size, part
from core.receipt import Box, Line

_NARROW, _WIDE = frozenset("iIl1|!.,:;'`()[]-/ "), frozenset("mwMWQO@%&")
_TOO_LITTLE = 0.25
"""A line of which less than this share is to stay is covered whole, unless figures are in that share."""


def cover(line: Line, start: int, end: int) -> Box | None:
    """Return the box to paint over for the characters from `start` to `end`, or None for a line without a box."""
    box = line.box
    if box is None:
        return None
    widths = [_width(character) for character in line.text]
    total = sum(widths) or 1.0
    width, height = own_size(box)
    rest = line.text[:start] + line.text[end:]
    little = 1 - sum(widths[start:end]) / total < _TOO_LITTLE and not any(map(str.isdigit, rest))
    if little or box.bottom - box.top > 1.5 * max(box.right - box.left, 1.0):
        return box
    first = sum(widths[:start]) - _margin(line.text[max(0, start - 3) : start])
    last = sum(widths[:end]) + _margin(line.text[end : end + 3])
    edge = min(0.3 * height / max(width, 1.0), 0.2)
    low = -edge if start == 0 else max(first / total, -edge)
    high = 1 + edge if end >= len(line.text) else min(last / total, 1 + edge)
    return part(box, low, high)


def _margin(beside: str) -> float:
    """Return by how much of a digit's width a cover reaches out: less towards figures, which are to stay legible."""
    return 0.4 if any(map(str.isdigit, beside)) else 1.2


@lru_cache(maxsize=4096)
def _width(character: str) -> float:
    """Return about how wide a character is printed; most receipts have letters of one width, some have not."""
    if unicodedata.east_asian_width(character) in "WF":
        return 1.8
    if unicodedata.category(character) in {"Mn", "Cf"}:
        return 0.0
    return 0.8 if character in _NARROW else 1.2 if character in _WIDE else 1.0
