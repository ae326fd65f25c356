"""Where a figure that somebody else read is printed: each one is looked for in the lines that were read here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from difflib import SequenceMatcher
from functools import lru_cache

from core.extraction.date_formats import dates_in
from core.extraction.numerals import find_numerals
from core.extraction.plain import plain
from core.receipt import Reading

_LOOKALIKES = str.maketrans("OoDQIl|!ZzSB", "000011112258")
"""Letters that an OCR gives for figures; that one figure was read for another is never assumed."""
_AMOUNT = re.compile(r"[$€£¥(-]*[\dOoDQIl|!ZzSB.,]{1,12}[.,][\dOoDQIl|!ZzSB]{2}\)?")
_BARE = re.compile(r"\d{3,12}|\d{1,9} \d{2}")
_WORD = re.compile(r"[^\W\d_]{3,}")
_TOKEN = re.compile(r"\S+")
_LONGEST = 200
_MOST_LINES = 2000
_NEAR = 0.82
"""From this share of letters in common on, two spellings are one name."""
_MOST_JOINED = 3


@dataclass
class Print:
    """What is printed, as it was read here: what a second reader gave is no witness for itself."""

    reading: Reading
    _amounts: dict[Decimal, list[int]] = field(default_factory=dict)
    _days: dict[date, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Note every amount and date with its lines, once for all figures that are looked for."""
        self._all = [line.text[:_LONGEST] for line in self.reading.lines[:_MOST_LINES]]
        self._letters = " ".join(letters(text) for text in self._all)
        for at, text in enumerate(self._all):
            for amount in _amounts_in(text):
                self._amounts.setdefault(amount, []).append(at)
            for day in _days_in(text):
                self._days.setdefault(day, []).append(at)

    def amount(self, amount: Decimal) -> tuple[int, ...] | None:
        """Return the lines in which an amount is printed (its sign apart), or None when it is printed nowhere."""
        return self._placed(self._amounts.get(abs(amount)))

    def day(self, day: date) -> tuple[int, ...] | None:
        """Return the lines in which a date is printed, in any order of day and month; None when nowhere."""
        return self._placed(self._days.get(day))

    def name(self, name: str) -> tuple[int, ...] | None:
        """Return the lines in which a name is printed, a few slips allowed; None when nowhere."""
        wanted = letters(name)
        if len(wanted) < 2:
            return None
        for count in range(1, _MOST_JOINED + 1):
            for start in range(len(self._all) - count + 1):
                if _is_in(wanted, "".join(letters(text) for text in self._all[start : start + count])):
                    return self._placed(list(range(start, start + count)))
        return None

    def some_words(self, text: str) -> bool:
        """Return whether at least half of a text's words stand somewhere in the print; a text without words does."""
        words = [letters(word) for word in _WORD.findall(plain(text[:_LONGEST]))]
        return 2 * sum(word in self._letters for word in words) >= len(words)

    def _placed(self, lines: Sequence[int] | None) -> tuple[int, ...] | None:
        return tuple(dict.fromkeys(lines)) if lines else None


def forget() -> None:
    """Forget the lines that were looked through, as a benchmark needs it."""
    for known in (letters, _amounts_in, _days_in, _ratio):
        known.cache_clear()


def same_name(first: str, second: str) -> bool:
    """Return whether two names are one: the same letters and digits but for a slip, or one is a part of the other."""
    one, other = letters(first), letters(second)
    if not one or not other:
        return False
    short, long = sorted((one, other), key=len)
    return (len(short) >= 4 and short in long) or _ratio(one, other) >= _NEAR


@lru_cache(4096)
def letters(text: str) -> str:
    """Return the letters and digits of a text, plain."""
    return "".join(sign for sign in plain(text[:_LONGEST]) if sign.isalnum())


@lru_cache(4096)
def _amounts_in(text: str) -> frozenset[Decimal]:
    """Return the amounts of a line, also those whose figures were taken for letters, or whose point was lost."""
    found = {abs(numeral.value) for numeral in find_numerals(text)}
    mended = " ".join(_mended(token) for token in _TOKEN.findall(text))
    if mended != text:
        found |= {abs(numeral.value) for numeral in find_numerals(mended)}
    bare = mended.strip(" $€£¥")
    if _BARE.fullmatch(bare):
        digits = bare.replace(" ", "")
        found.add(Decimal(f"{digits[:-2]}.{digits[-2:]}"))
    return frozenset(found)


def _mended(token: str) -> str:
    """Return a token that is written as an amount, with its letters as the figures that they look like."""
    return token.translate(_LOOKALIKES) if _AMOUNT.fullmatch(token) and any(map(str.isdigit, token)) else token


@lru_cache(4096)
def _days_in(text: str) -> frozenset[date]:
    return frozenset(day for printed in dates_in(plain(text)) for day in printed.dates)


def _is_in(wanted: str, line: str) -> bool:
    if wanted in line:
        return True
    # Cheap bounds first: most lines are of another length altogether.
    if not line or len(line) < 0.6 * len(wanted) or len(line) > 1.6 * len(wanted) or len(wanted) < 4:
        return False
    return _ratio(wanted, line) >= _NEAR


@lru_cache(8192)
def _ratio(one: str, other: str) -> float:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= _NEAR and matcher.quick_ratio() >= _NEAR else 0.0
