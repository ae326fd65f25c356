"""Whether a name is printed again on the page: in a web or mail address, in a thank-you, at the foot."""

from __future__ import annotations

import re

from core.extraction.glued import listed
from core.extraction.merchant_candidates import Candidate
from core.extraction.merchant_page import Page
from core.extraction.merchant_strips import WORDS
from core.extraction.plain import plain

Features = dict[str, float]
_WORD = re.compile(r"[^\W_]{4,}")


def echoes(candidate: Candidate, page: Page) -> Features:
    """Return how much of a name stands elsewhere on the page, and where; words that are listed count for nothing."""
    own = {strip.row for strip in candidate.strips}
    words = {word for strip in candidate.strips for word in _WORD.findall(strip.plain) if not listed(word, WORDS)}
    words = {word for word in words if not word.isdigit()}
    whole = "".join(strip.letters for strip in candidate.strips)
    found = {"web name": page.web_likeness(whole), "thanked": float(_thanked(whole, page))}
    for at, strips in enumerate(page.strips):
        row = " ".join(strip.letters for strip in strips)
        again = 0.0 if at in own else sum(word in row for word in words) / max(1, len(words))
        if not again:
            continue
        if any(strip.told["greeting"] for strip in (*strips, *(page.strips[at - 1] if at else ()))):
            found["again thanks"] = max(found.get("again thanks", 0.0), again)
    return found


def _thanked(letters: str, page: Page) -> bool:
    """Return whether a name (its letters) begins as one that customers are thanked for visiting."""
    names = ["".join(letter for letter in plain(text) if letter.isalnum()) for _, text in page.thanked]
    return any(len(name) >= 4 and (name.startswith(letters) or letters.startswith(name)) for name in names)
