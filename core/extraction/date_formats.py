"""Every spelling of a calendar date that is printed on receipts, found in one row of plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from core.extraction.date_spellings import ENGLISH_MONTHS, Read, Readings, figures, nearest_month, spellings

_ODD_MONTH = re.compile(r"(?<![\w./-])\d{1,2}[\s\-/.,']{0,2}(?P<m>[^\W_]{3,9})[\s\-/.,']{0,2}20[0-4]\d(?!\d)")
"""A day, a word that is no month's name, and a year."""
_BEHIND_A_LETTER = re.compile(r"(?<![^\W_])[oli|!]\d[-/.]\d\d?[-/.]\d")
"""A date whose first figure may have been taken for a letter."""
_LOOKALIKES = str.maketrans("oqdli|!sbz", "0001111582")


@dataclass(frozen=True)
class Printed:
    """A date that stands in a row of plain text from `start` to `end`; a reading for each order that makes sense.

    `clear` says from 0 to 1 how much its spelling looks like a date and nothing else; it is `mended` where letters
    were taken for figures or a month's name is a letter off.
    """

    start: int
    end: int
    readings: Readings
    clear: float
    mended: bool = False

    @property
    def dates(self) -> tuple[date, ...]:
        """Return the different days that could be meant, in the order of `readings`."""
        return tuple(dict.fromkeys(day for _, day in self.readings))


def dates_in(text: str) -> list[Printed]:
    """Return the dates of one row of plain text from left to right; of two that overlap the clearer one."""
    found = [one for pattern, read, clear in spellings() for one in _matches(pattern, read, clear, text)]
    if not found or _BEHIND_A_LETTER.search(text):
        found = list(_repaired(text)) or found
    chosen: list[Printed] = []
    for printed in sorted(found, key=lambda one: (-one.clear, one.start - one.end)):
        if all(printed.end <= other.start or printed.start >= other.end for other in chosen):
            chosen.append(printed)
    return sorted(chosen, key=lambda one: one.start)


def _matches(pattern: re.Pattern[str], read: Read, clear: float, text: str) -> Iterator[Printed]:
    at = 0
    while match := pattern.search(text, at):
        readings = read(match)
        if readings:
            yield Printed(match.start(), match.end(), readings, clear - _doubtful(match))
        at = match.end() if readings else match.start() + 1


def _doubtful(match: re.Match[str]) -> float:
    """Return what to take off: 2-digit years with unlike marks, dots or short foreign months may be no dates."""
    parts = match.groupdict()
    if len(parts["y"]) != 2:
        return 0.25 if parts.get("mark") != parts.get("mark2") else 0.0
    if parts.get("m"):
        return 0.0 if len(parts["m"]) > 3 or parts["m"] in ENGLISH_MONTHS else 0.3
    if parts.get("mark") != parts.get("mark2"):
        return 0.45
    return 0.25 if parts.get("mark") == "." else 0.1


def _repaired(text: str) -> Iterator[Printed]:
    """Yield dates in which the OCR took figures for letters, or lost the marks between the parts."""
    letters = r"\doqdli|!sbz"
    part = rf"[{letters}]{{1,2}}\s?[-/.]\s?"
    token = rf"(?<![^\W_]){part}{part}[{letters}]{{2,4}}(?![^\W_])"
    pattern = spellings()[0][0]
    for match in re.finditer(token, text):
        mended = match[0].translate(_LOOKALIKES)
        if mended != match[0] and sum(letter.isdigit() for letter in match[0]) >= 4:
            for printed in _matches(pattern, figures, 0.75, mended):
                yield Printed(match.start(), match.end(), printed.readings, printed.clear, mended=True)
    for match in _ODD_MONTH.finditer(text):
        if (month := nearest_month(match["m"])) is not None:
            named = text[: match.start("m")] + month + text[match.end("m") :]
            end = match.end() + len(month) - len(match["m"])
            found = [one for form, read, clear in spellings() for one in _matches(form, read, clear, named[:end])]
            if found and found[-1].start <= match.start():
                yield replace(found[-1], start=match.start(), end=match.end(), clear=0.6, mended=True)
    for broken, read, clear in spellings(broken=True):
        yield from _matches(broken, read, clear, text)
