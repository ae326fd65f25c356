"""The page as a merchant's name is looked for on it: its strips of print, and the measures of the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from statistics import median

from core.extraction.merchant_names import is_scribble, unspaced
from core.extraction.merchant_strips import WORDS, Strip
from core.extraction.plain import find_words, plain
from core.extraction.rows import Cell, Row, find_rows
from core.receipt import Reading

_HOST = re.compile(r"(?:\bwww[.,\s]{1,2}|https?\W{1,4}|@)([\w-]{3,})|([\w-]{4,})\.(?:com|net|org|co\.|info)\b")
_MAILERS = {"gmail", "hotmail", "yahoo", "outlook", "icloud", "googlemail", "mail", "facebook", "instagram", "live"}
"""Names of hosts that say nothing about who sold."""


@dataclass(frozen=True)
class Page:
    """The strips of a reading by rows, and the measures that sizes and places are compared with."""

    strips: tuple[tuple[Strip, ...], ...]
    text: str
    height: float
    left: float
    right: float
    scores: tuple[float, ...] = ()

    @cached_property
    def largest(self) -> float:
        """Return the height of the largest print in the first ten rows that may be a name."""
        return max((strip.height for strips in self.strips[:10] for strip in strips if not strip.junk), default=0.0)

    @cached_property
    def web(self) -> str:
        """Return the web and mail addresses on the page without their marks."""
        words = (word for word in self.text.split() if "www" in word or ".co" in word or "@" in word)
        return re.sub(r"[^\w ]", "", " ".join(words))

    @cached_property
    def thanked(self) -> tuple[tuple[Strip, str], ...]:
        """Return the strips in which a name stands behind "Thank you for shopping at", with that name's text.

        The name may stand in the row below.
        """
        found = []
        for at, strips in enumerate(self.strips):
            for strip in strips[:1]:
                told = find_words(strip.plain, WORDS, "greeted")
                rest = len(strip.plain) - told[0].end if told else 0
                if rest > 2:
                    found.append((strip, strip.text[-rest:]))
                elif told and (below := self.next_to(at + 1)) is not None and not below.junk:
                    found.append((below, below.text))
        return tuple(found)

    @cached_property
    def hosts(self) -> tuple[str, ...]:
        """Return what the page's web and mail addresses are called: `otter` of www.otter.co.uk, letters only."""
        found = [re.sub(r"[\W_]", "", match[1] or match[2]) for match in _HOST.finditer(self.text)]
        return tuple(dict.fromkeys(host for host in found if len(host) >= 4 and host not in _MAILERS))

    def web_likeness(self, letters: str) -> float:
        """Return from 0 to 1 how much of a name (its letters) is what a web or mail address is called."""
        best = 0.0
        for host in self.hosts if len(letters) >= 4 else ():
            if letters in host or host in letters:
                best = max(best, min(len(letters), len(host)) / max(len(letters), len(host)), 0.5)
            else:
                best = max(best, SequenceMatcher(None, letters, host).ratio() - 0.2)
        return best if best >= 0.5 else 0.0

    def next_to(self, row: int) -> Strip | None:
        """Return the first strip of a row, or None where there is no such row."""
        return self.strips[row][0] if 0 <= row < len(self.strips) and self.strips[row] else None


def page_of(reading: Reading) -> Page:
    """Return the reading as strips, rows of ornaments left out; cells closer than twice their height are one strip."""
    rows = find_rows(reading)
    named = [row for row in rows if re.search(r"[^\W_]", row.text) and not is_scribble(row.text)]
    strips = tuple(tuple(_strips(at, row)) for at, row in enumerate(named))
    cells = [cell for row in rows for cell in row.cells]
    height = median([cell.height for cell in cells] or [1.0]) or 1.0
    left, right = min((cell.left for cell in cells), default=0.0), max((cell.right for cell in cells), default=1.0)
    scores = tuple(1.0 if line.score is None else line.score for line in reading.lines)
    return Page(strips, plain(reading.text), height, left, max(right, left + 1.0), scores)


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
        yield Strip(at, unspaced(" ".join(cell.text for cell in cells)), cells, row.y)
    for cells in runs:
        if len(cells) > 1:
            yield from (Strip(at, unspaced(cell.text), (cell,), row.y) for cell in cells)
