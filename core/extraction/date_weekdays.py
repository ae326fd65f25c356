"""The name of the weekday beside a printed date, which tells day from month and a misread figure."""

from __future__ import annotations

import re

from core.extraction.plain import find_words

_WORDS = "weekdays.json"
_GAP = re.compile(r"[\s.,:;/\-]{0,3}")
_AFTER = re.compile(r"[\s,.(]*(?:\d\d?[:.]\d\d(?:[:.]\d\d)?\s?(?:[ap]\.?m\.?)?)?[\s,.(]*")
_NEAR = 24


def weekdays_beside(text: str, start: int, end: int) -> frozenset[int]:
    """Return the weekdays (0 is Monday) that the word right before or behind a date can mean; `mar` means several.

    The text is plain. Abbreviations of two Latin letters are passed over: `so`, `do` and `ma` are words, too.
    """
    since = max(0, start - _NEAR)
    before, after = text[since:start], text[end : end + 2 * _NEAR]
    days = set()
    for day in range(7):
        for found in find_words(before, _WORDS, str(day)):
            if _long(found.word) and _GAP.fullmatch(before, found.end):
                days.add(day)
        for found in find_words(after, _WORDS, str(day)):
            if _long(found.word) and _AFTER.fullmatch(after, 0, found.start):
                days.add(day)
    return frozenset(days)


def _long(word: str) -> bool:
    return len(word) >= 3 or not word.isascii()
