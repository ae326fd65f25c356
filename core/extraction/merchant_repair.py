"""A merchant's name with the slips of the OCR mended, where the name is printed again or its words are known."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from core.extraction.glued import mended
from core.extraction.merchant_names import tidy_name
from core.extraction.merchant_strips import WORDS
from core.extraction.plain import plain
from core.receipt import Reading

_CLEAR = 0.96
"""Print that the OCR gives this score or more is taken as it was read."""
_CLEAREST = 0.99
"""The same for words that are listed: of the 2,000 chains in categories.json none has a word a slip away from one."""
_SURER = 0.02
_ALIKE = 0.8
_SHORTEST = 6
_MOST_LINES = 400
"""No till prints its name below these; what is longer must not take long."""
_WORD = re.compile(r"[^\W_]{6,}")


def repaired(name: str, lines: tuple[int, ...], reading: Reading) -> str:
    """Return the name that was read in these lines, mended where the OCR was unsure of them.

    Another print of nearly the same letters that it was surer of is taken instead (`STOP & SHOP` at the foot for
    `StopaShopr`); otherwise a long word that is one confused letter away from a listed one becomes that.
    """
    scores = [reading.lines[line].score for line in lines]
    known = [score for score in scores if score is not None]
    sure = min(known, default=1.0)
    again = _surer(name, sure, lines, reading) if sure < _CLEAR else None
    return again or (_WORD.sub(_listed, name) if sure < _CLEAREST else name)


def _surer(name: str, sure: float, lines: tuple[int, ...], reading: Reading) -> str | None:
    """Return the print elsewhere that is most like a name among those that the OCR was surer of."""
    letters = _letters(name)
    best, found = _ALIKE, None
    for at, line in enumerate(reading.lines[:_MOST_LINES] if len(letters) >= _SHORTEST else ()):
        if at in lines or (line.score or 0.0) < sure + _SURER:
            continue
        for text in _runs(line.text):
            other = _letters(text)
            if abs(len(other) - len(letters)) <= 1 and (like := SequenceMatcher(None, letters, other).ratio()) > best:
                best, found = like, tidy_name(text)
    return found or None


def _runs(text: str) -> Iterator[str]:
    """Yield the words of a line, and up to eight of them beside each other."""
    words = text.split()[:20]
    for start in range(len(words)):
        for end in range(start + 1, min(len(words), start + 8) + 1):
            yield " ".join(words[start:end])


def _letters(text: str) -> str:
    return "".join(letter for letter in plain(text) if letter.isalnum())


def _listed(found: re.Match[str]) -> str:
    """Return a word with the letter that the OCR confused put right, in the case of the print."""
    word = found[0]
    right = mended(plain(word), WORDS)
    if right is None or len(right) != len(word):
        return word
    upper = word.upper() == word
    pairs = zip(word, plain(word), right, strict=True)
    return "".join(old if was == new else new.upper() if upper or old.isupper() else new for old, was, new in pairs)
