"""What on a page could be the merchant's name: runs of print in its head, joined over up to three rows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from statistics import median

from core.extraction.merchant_names import is_scribble, tidy_name
from core.extraction.plain import find_words, plain
from core.extraction.rows import Cell, Row, find_rows
from core.receipt import Reading

WORDS = "merchant_words.json"
_HEAD = 14
"""How many rows from the top are looked at; a merchant's name lower down is only believed with a company's form."""
_DATE = re.compile(r"\d\s?[-/.]\s?\d\d?\s?[-/.]\s?\d\d|\d\d?:\d\d")
_AMOUNT = re.compile(r"\d[.,]\d\d(?!\d)")
_ZIP = re.compile(r"\b[a-z]{2}[\s,.]{1,3}\d{5}\b|\b\d{5}(?!\d)|\b[a-z]{1,2}\d[a-z\d]?\s\d[a-z]{2}\b|\b[a-z]\d[a-z]\s?\d[a-z]\d\b")
_TOWN = re.compile(
    r"[^\W\d_][^\d:&]*[\s,.]{1,3}(?:AL|AK|AZ|AR|CA|CT|DE|FL|GA|HI|ID|IL|IN|IA|KS|KY|LA|MD|MA|MI|MN|MS|MO|MT|NE|NV|NH|NJ|NM|"
    r"NY|NC|ND|OH|OK|OR|PA|RI|SC|SD|TN|TX|UT|VT|VA|WA|WV|WI|WY|DC|BC|AB|MB|NB|NL|NS|ON|PE|QC|SK|NSW|VIC|QLD)\.?"
)
"""A town with the short form of a state or province behind it, as in Everett, WA."""
_PHONE = re.compile(r"(?:\d[\s\-.()/]{0,2}){7,}")
_URL = re.compile(r"www|http|@|\.(?:com|net|org|co|de|fr|it|es|nl|my|sg|uk|ca|au|in|id|ph|th|vn|pl|pt|br|mx|info|biz|shop)\b")
_NAMES = ("company", "business", "address", "contact", "tax id", "heading", "greeting", "slogan")


@dataclass(frozen=True)
class Strip:
    """Print that stands together in one row: one cell, or cells with small gaps; sizes in pixels."""

    row: int
    text: str
    cells: tuple[Cell, ...]
    y: float

    @cached_property
    def plain(self) -> str:
        return plain(self.text)

    @property
    def left(self) -> float:
        return self.cells[0].left

    @property
    def right(self) -> float:
        return self.cells[-1].right

    @property
    def height(self) -> float:
        return max(cell.height for cell in self.cells)

    @cached_property
    def told(self) -> dict[str, int]:
        """Return how many words of each list stand in the text, and 1 or 0 for each kind of figure."""
        text = self.plain
        told = {name: len(find_words(text, WORDS, name)) for name in _NAMES}
        for name, pattern in (("date", _DATE), ("amount", _AMOUNT), ("zip", _ZIP), ("phone", _PHONE), ("url", _URL)):
            told[name] = int(bool(pattern.search(text)))
        told["zip"] |= int(bool(_TOWN.fullmatch(self.text.strip())))
        told["starts number"] = int(bool(re.match(r"\W{0,3}(?:no\.?\s*)?\d", text)))
        told["letters"] = sum(letter.isalpha() for letter in text)
        told["digits"] = sum(letter.isdigit() for letter in text)
        return told

    @cached_property
    def junk(self) -> bool:
        """Return whether it is clearly no name: an address, a number to call or to file, a heading, a greeting."""
        told = self.told
        clear = told["date"] or told["amount"] or told["phone"] or told["zip"] or told["url"] or told["tax id"]
        words = told["contact"] or told["heading"] or told["greeting"] or told["address"]
        return bool(clear or told["letters"] < 3 or told["digits"] > told["letters"] or (words and not told["company"]))


@dataclass(frozen=True)
class Page:
    """The strips of a reading by rows, and the measures that sizes and places are compared with."""

    strips: tuple[tuple[Strip, ...], ...]
    text: str
    height: float
    left: float
    right: float

    def next_to(self, row: int) -> Strip | None:
        """Return the first strip of a row, or None where there is no such row."""
        return self.strips[row][0] if 0 <= row < len(self.strips) and self.strips[row] else None


@dataclass(frozen=True)
class Candidate:
    """Strips of one to three rows that may be the merchant's name; `greeted` when taken from a thank-you line."""

    strips: tuple[Strip, ...]
    name: str
    greeted: bool = False
    lines: tuple[int, ...] = field(default=())


def page_of(reading: Reading) -> Page:
    """Return the reading as strips, rows of ornaments left out; cells closer than twice their height are one strip."""
    rows = find_rows(reading)
    named = [row for row in rows if re.search(r"[^\W_]", row.text) and not is_scribble(row.text)]
    strips = tuple(tuple(_strips(at, row)) for at, row in enumerate(named))
    cells = [cell for row in rows for cell in row.cells]
    height = median([cell.height for cell in cells] or [1.0]) or 1.0
    left, right = min((cell.left for cell in cells), default=0.0), max((cell.right for cell in cells), default=1.0)
    return Page(strips, plain(reading.text), height, left, max(right, left + 1.0))


def candidates(page: Page) -> Iterator[Candidate]:
    """Yield what could be the name, each once."""
    seen: set[tuple[int, ...]] = set()
    for row in range(min(_HEAD, len(page.strips))):
        for first in page.strips[row]:
            for strips in _grown(page, (first,)):
                candidate = _candidate(strips)
                if candidate and candidate.lines not in seen:
                    seen.add(candidate.lines)
                    yield candidate
    for row in range(_HEAD, len(page.strips)):
        for strip in page.strips[row]:
            if strip.told["company"] and not strip.junk and (candidate := _candidate((strip,))):
                yield candidate
    yield from _greeted(page)


def _strips(at: int, row: Row) -> Iterator[Strip]:
    run: list[Cell] = []
    runs: list[tuple[Cell, ...]] = []
    for cell in row.cells:
        if run and cell.left - run[-1].right > 2 * max(cell.height, run[-1].height):
            runs.append(tuple(run))
            run = []
        run.append(cell)
    runs.append(tuple(run))
    for cells in runs:
        yield Strip(at, " ".join(cell.text for cell in cells), cells, row.y)
    for cells in runs:
        if len(cells) > 1:
            yield from (Strip(at, cell.text, (cell,), row.y) for cell in cells)


def _grown(page: Page, strips: tuple[Strip, ...]) -> Iterator[tuple[Strip, ...]]:
    """Yield the strips, and what they become with the strips under them, down to three rows."""
    yield strips
    last = strips[-1]
    if len(strips) == 3 or last.row + 1 >= len(page.strips):
        return
    for below in page.strips[last.row + 1]:
        beside = min(last.right, below.right) > max(last.left, below.left) or not last.height
        near = below.y - last.y < 3 * max(last.height, below.height) or not last.height
        if beside and near:
            yield from _grown(page, (*strips, below))


def _candidate(strips: tuple[Strip, ...]) -> Candidate | None:
    name = tidy_name(" ".join(strip.text for strip in strips))
    lines = tuple(cell.line for strip in strips for cell in strip.cells)
    return Candidate(strips, name, lines=lines) if sum(letter.isalpha() for letter in name) >= 2 else None


def _greeted(page: Page) -> Iterator[Candidate]:
    """Yield the names in lines such as "Thank you for shopping at X"."""
    for strips in page.strips:
        for strip in strips[:1]:
            found = find_words(strip.plain, WORDS, "greeted")
            rest = len(strip.plain) - found[0].end if found else 0
            name = tidy_name(strip.text[-rest:]) if rest else ""
            if 3 <= len(name) <= 40:
                yield Candidate((strip,), name, True, tuple(cell.line for cell in strip.cells))
