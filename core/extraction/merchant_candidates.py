"""What on a page could be the merchant's name: runs of print in its head, joined over up to three rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from core.extraction.merchant_names import tidy_name
from core.extraction.merchant_page import Page
from core.extraction.merchant_strips import Strip
from core.extraction.plain import plain

_LONGEST = 90
"""How many letters a name has at most, so that no paragraph is one."""
_HEAD = 14
"""How many rows from the top are looked at; a merchant's name lower down is only believed with a company's form."""

_FOOT = 8
"""How many rows from the bottom are looked at, too: where the logo is no print, the name may still stand there."""


@dataclass(frozen=True)
class Candidate:
    """Strips of one to three rows that may be the merchant's name; `greeted` when taken from a thank-you line."""

    strips: tuple[Strip, ...]
    name: str
    greeted: bool = False
    lines: tuple[int, ...] = ()


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
    foot = max(_HEAD, len(page.strips) - _FOOT)
    for row in range(_HEAD, len(page.strips)):
        named = row >= foot and not any(strip.told["amount"] for strip in page.strips[row])
        for strip in page.strips[row]:
            if (named or strip.told["company"]) and not strip.junk and (candidate := _candidate((strip,))):
                yield candidate
    known = ["".join(strip.letters for strip in strips) for strips in page.strips[:_HEAD]]
    for candidate in _greeted(page):
        if not any(plain(candidate.name).replace(" ", "") in letters for letters in known):
            yield candidate


def _grown(page: Page, strips: tuple[Strip, ...]) -> Iterator[tuple[Strip, ...]]:
    """Yield the strips, and what they become with the strips under them, down to three rows."""
    yield strips
    last = strips[-1]
    if len(strips) == 3 or last.row + 1 >= len(page.strips) or last.junk:
        return
    for below in page.strips[last.row + 1]:
        if below.junk:
            continue
        beside = min(last.right, below.right) > max(last.left, below.left) or not last.height
        near = below.y - last.y < 3 * max(last.height, below.height) or not last.height
        if beside and near:
            yield from _grown(page, (*strips, below))


def _candidate(strips: tuple[Strip, ...]) -> Candidate | None:
    name = tidy_name(" ".join(strip.text for strip in strips))
    lines = tuple(cell.line for strip in strips for cell in strip.cells)
    written = sum(letter.isalpha() for letter in name) >= 2 and len(name) <= _LONGEST
    return Candidate(strips, name, lines=lines) if written else None


def _greeted(page: Page) -> Iterator[Candidate]:
    """Yield the names in lines such as "Thank you for shopping at X"."""
    for strip, text in page.thanked:
        name = tidy_name(text)
        if 3 <= len(name) <= 40:
            yield Candidate((strip,), name, True, tuple(cell.line for cell in strip.cells))
