"""Strips: the text of one visual row folded to plain small letters, each character knowing where it was printed."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from core.extraction.rows import Cell, Row, find_rows
from core.receipt import Reading

GAP, BREAK = "  ", "\t"
"""Between cells that may be one number, and between columns: nothing but a word and its number reaches over those."""

_NEAR = 1.2
"""Cells nearer than so many heights of type may hold parts of one number."""

_HALF, _REST = re.compile(r"\d{4}[ -]\d{4}\s*$"), re.compile(r"\s*\d{3,4}(?:[ -]\d{1,4}){0,3}\s*$")
_DASHES = dict.fromkeys("‐‑‒–—―−ー", "-")


@dataclass(frozen=True)
class Strip:
    """A row's folded text; `places` has a (line, character) for each character, (-1, 0) between cells."""

    text: str
    places: tuple[tuple[int, int], ...]
    page: int = 0

    def parts(self, start: int, end: int) -> list[tuple[int, int, int]]:
        """Return the printed spans (line, first character, character after the last) of a span of the text."""
        spans: dict[int, tuple[int, int]] = {}
        for line, at in self.places[start:end]:
            if line >= 0:
                first, last = spans.get(line, (at, at))
                spans[line] = (min(first, at), max(last, at))
        return [(line, first, last + 1) for line, (first, last) in spans.items()]


def strips_of(reading: Reading) -> list[Strip]:
    """Return the reading's rows as strips, top to bottom, page by page."""
    rows = find_rows(reading)
    found: list[Strip] = []
    at = 0
    while at < len(rows):
        joined = [rows[at]]
        while at + 1 < len(rows) and _goes_on(rows[at], rows[at + 1]):
            at += 1
            joined.append(rows[at])
        found.append(_strip(joined))
        at += 1
    return found


def strip_of_text(text: str, line: int = 0) -> Strip:
    """Return one line of text as a strip."""
    folded, places = _folded(text)
    return Strip(folded, tuple((line, place) for place in places))


def _goes_on(row: Row, following: Row) -> bool:
    """Tell whether two rows are pieces of a number in groups of four."""
    if row.page != following.page:
        return False
    return bool(_HALF.search(row.text[-40:]) and len(following.text) < 24 and _REST.match(following.text))


def _strip(rows: list[Row]) -> Strip:
    text: list[str] = []
    places: list[tuple[int, int]] = []
    before: Cell | None = None
    for cell in (cell for row in rows for cell in row.cells):
        if before is not None:
            between = GAP if cell.left - before.right <= _NEAR * max(cell.height, before.height) else BREAK
            text.append(between)
            places += [(-1, 0)] * len(between)
        folded, at = _folded(cell.text)
        text.append(folded)
        places += [(cell.line, place) for place in at]
        before = cell
    return Strip("".join(text), tuple(places), rows[0].page)


def fold(text: str) -> str:
    """Return the text in small letters, without accents, wide forms and what cannot be seen."""
    return _folded(text)[0]


def _folded(text: str) -> tuple[str, range | list[int]]:
    """Return the folded text, and for each of its characters which of the text's it comes from."""
    if text.isascii() and text.isprintable():
        return text.lower(), range(len(text))
    folded = [(_plain(character), at) for at, character in enumerate(text)]
    return "".join(plain for plain, _ in folded), [at for plain, at in folded for _ in plain]


@lru_cache(maxsize=8192)
def _plain(character: str) -> str:
    """Return a character as it is compared: maybe several, none when it cannot be seen."""
    if character in _DASHES:
        return "-"
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return str(digit)
    if character.isspace() or unicodedata.category(character) == "Cc":
        return " "
    plain = unicodedata.normalize("NFKD", character).casefold()
    return "".join(each for each in plain if unicodedata.category(each) not in {"Mn", "Cf", "Cs"})
