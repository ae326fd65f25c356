"""Who is named as buyer and who as seller: print behind or below a label such as "Bill to" or "Sold by"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from core.extraction.merchant_page import Page
from core.extraction.merchant_strips import WORDS, Strip
from core.extraction.plain import find_words

_BUYER, _SELLER = ("buyer", "buyer alone"), ("seller", "seller alone")
"""Lists of labels: the first also stand before a name without a colon, the second are words of their own, too."""
_MARKS = " .:*#-–/|\"'()[]"
_HONOURED = re.compile(r"(?:様|御中|귀하|貴中|殿)\W*$")
"""What stands behind the name of who pays in Japan and Korea."""
_REACH = 3
"""So many rows below its label a name still stands: "Bill to", a form of address, the name."""


def side(strip: Strip, page: Page) -> tuple[float, float]:
    """Return how clearly, from 0 to 1, a label says that a strip names the buyer, and the seller."""
    if _HONOURED.search(strip.text) or _label(strip, _BUYER):
        return 1.0, 0.0
    if _label(strip, _SELLER):
        return 0.0, 1.0
    beside = [other for other in page.strips[strip.row] if other.right <= strip.left and _nearest(other, strip, page)]
    for other in beside:
        if _is_label(other, _BUYER):
            return 1.0, 0.0
        if _is_label(other, _SELLER):
            return 0.0, 1.0
    return _below(strip, page)


def _nearest(other: Strip, strip: Strip, page: Page) -> bool:
    """Return whether nothing stands between a strip and one to its left in its row."""
    return not any(other.right <= one.left and one.right <= strip.left for one in page.strips[strip.row])


def _below(strip: Strip, page: Page) -> tuple[float, float]:
    """Return what a label above says, less clearly the further it is away."""
    y, height = strip.y, max(strip.height, page.height)
    for away in range(1, _REACH + 1):
        row = page.strips[strip.row - away] if strip.row >= away else ()
        if not row or (strip.height and y - row[0].y > 2.5 * height):
            return 0.0, 0.0
        y = row[0].y
        for other in row:
            if not _over(other, strip, page):
                continue
            if _is_label(other, _BUYER):
                return (1.0, 0.5, 0.3)[away - 1], 0.0
            if _is_label(other, _SELLER):
                return 0.0, (1.0, 0.5, 0.3)[away - 1]
    return 0.0, 0.0


def _over(upper: Strip, lower: Strip, page: Page) -> bool:
    """Return whether two strips begin below each other, or lie in the middle of one column."""
    near = 2 * max(page.height, 1.0)
    middles = abs(upper.left + upper.right - lower.left - lower.right) / 2
    return abs(upper.left - lower.left) < near or middles < near


def named(strip: Strip) -> Strip | None:
    """Return the strip with what stands behind a seller's label in it only, or None where there is no label."""
    count = _label(strip, _SELLER)
    at = len(strip.text)
    while count and at:
        at -= 1
        count -= strip.text[at].isalnum()
    rest = strip.text[at:].strip(_MARKS) if at < len(strip.text) else ""
    return replace(strip, text=rest) if rest else None


def _label(strip: Strip, names: tuple[str, str]) -> int:
    """Return how many letters and figures stand behind a label that a strip begins with; 0 without a label."""
    for at, end in _begun(strip.words, names):
        rest = strip.words[end:]
        letters = sum(letter.isalnum() for letter in rest)
        if letters and (at == 0 or re.match(r"[\s)]*[:：]", rest)):
            return letters
    return 0


def is_label(strip: Strip) -> bool:
    """Return whether a strip is a buyer's or a seller's label and nothing else."""
    return _is_label(strip, _BUYER) or _is_label(strip, _SELLER)


def _is_label(strip: Strip, names: tuple[str, str]) -> bool:
    """Return whether a strip is a label and nothing else."""
    return any(not strip.words[end:].strip(_MARKS) for _, end in _begun(strip.words, names))


def _begun(text: str, names: tuple[str, str]) -> Iterator[tuple[int, int]]:
    """Yield for each list (its place) whose words a plain text begins with where they end."""
    for at, name in enumerate(names):
        for found in find_words(text, WORDS, name)[:1]:
            if not text[: found.start].strip(_MARKS):
                yield at, found.end
