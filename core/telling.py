"""How facts are told: amounts, days and names written for a reader, and a note of everything that was written."""

from __future__ import annotations

import string
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.locales import written_day
from core.money import Money
from core.periods import Period
from core.written_numbers import numbers, plain_digits

LONGEST_NAME = 40
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


@dataclass(frozen=True)
class Given:
    """What was told: every figure as it was written, and the names behind the places that stand for them.

    `amounts` has those of each currency (None: no currency was printed); they are without a sign, and `negatives` are
    those that were written with a minus. `names` gives what `{A}`, `{B}` … stand for.
    """

    locale: str
    amounts: Mapping[str | None, frozenset[Decimal]]
    negatives: frozenset[Decimal]
    counts: frozenset[int]
    days: frozenset[date]
    months: frozenset[Period]
    names: Mapping[str, str]


class Telling:
    """Writes figures for a locale and notes them; with `hides_names`, names are told as `{A}`, `{B}` …"""

    def __init__(self, locale: str, today: date, hides_names: bool = False) -> None:
        """Begin with nothing told; a day of today's year is written without its year."""
        self.locale = locale
        self._today = today
        self._hides = hides_names
        self._amounts: defaultdict[str | None, set[Decimal]] = defaultdict(set)
        self._negatives: set[Decimal] = set()
        self._counts: set[int] = set()
        self._days: set[date] = set()
        self._months: set[Period] = set()
        self._places: dict[str, str] = {}

    def money(self, amount: Decimal, currency: str | None) -> str:
        """Write an amount."""
        written = Money(amount, currency).written(self.locale)
        for number in numbers(plain_digits(written) or "", self.locale):
            if number.value is not None:
                self._amounts[currency].add(number.value)
                self._negatives |= {number.value} if amount < 0 else set()
        return written

    def day(self, day: date) -> str:
        """Write a day."""
        self._days.add(day)
        return written_day(day, self.locale, day.year != self._today.year)

    def month(self, month: Period) -> str:
        """Write a month's name and year."""
        self._months.add(month)
        return month.written(self.locale)

    def count(self, count: int, one: str = "", many: str = "") -> str:
        """Write a count, small ones in letters, with the word for what is counted."""
        self._counts.add(count)
        said = NUMBERS[count] if 0 <= count < len(NUMBERS) else str(count)
        return " ".join(part for part in (said, one if count == 1 else many) if part)

    def name(self, name: str | None, otherwise: str = "a merchant without a name") -> str:
        """Write a merchant's name on one line, or what stands for it."""
        plain = one_line(name or "")
        if not plain:
            return otherwise
        return self._place_of(plain) if self._hides else plain

    def category(self, name: str) -> str:
        """Write a category's name; one with anything but letters in it stands under another, as a merchant's does."""
        plain = one_line(name)
        is_word = len(plain) <= 30 and all(letter.isalpha() or letter in " -&" for letter in plain)
        return plain if is_word else self.name(plain)

    @property
    def given(self) -> Given:
        """Return what was told so far."""
        return Given(
            locale=self.locale,
            amounts={currency: frozenset(found) for currency, found in self._amounts.items()},
            negatives=frozenset(self._negatives),
            counts=frozenset(self._counts),
            days=frozenset(self._days),
            months=frozenset(self._months),
            names={place: name for name, place in self._places.items()},
        )

    def _place_of(self, name: str) -> str:
        letters, place = string.ascii_uppercase, len(self._places)
        label = letters[place] if place < len(letters) else letters[place // 26 - 1] + letters[place % 26]
        return self._places.setdefault(name, f"{{{label}}}")


def one_line(name: str) -> str:
    """Return a printed name on one line, without signs that nobody sees, cut to 40 characters."""
    seen = "".join(" " if unicodedata.category(one) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp") else one for one in name)
    line = " ".join(seen.split())
    return line if len(line) <= LONGEST_NAME else line[: LONGEST_NAME - 1].rstrip() + "…"


def capital(sentence: str) -> str:
    """Return a sentence that begins with a capital."""
    return sentence[:1].upper() + sentence[1:]
