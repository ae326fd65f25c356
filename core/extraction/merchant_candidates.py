"""What on a page could be the merchant's name: runs of print in its head, joined over up to three rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from core.extraction.merchant_names import tidy_name
from core.extraction.merchant_page import Page
from core.extraction.merchant_parties import named
from core.extraction.merchant_strips import Strip
from core.extraction.plain import plain

_LONGEST = 90
"""How many letters a name has at most, so that no paragraph is one."""
_HEAD = 14
"""How many rows from the top are looked at; a merchant's name lower down is only believed with a company's form."""

_FOOT = 8
"""How many rows from the bottom are looked at, too: where the logo is no print, the name may still stand there."""

_BEFORE_ADDRESS = re.compile(r"\s*,\s|\s[-–|•·]\s")
"""What may stand between a name and its address in one line."""

_STREET = re.compile(r"\d{1,5}[a-z]?\s[^\W\d_]{2,}", re.IGNORECASE)
"""A house number and its street."""

How = Literal["whole", "greeted", "named", "addressed"]


@dataclass(frozen=True)
class Candidate:
    """Strips of one to three rows that may be the merchant's name.

    `how` tells what was taken of them: all, what follows a thank-you or a seller's label, what precedes an address.
    """

    strips: tuple[Strip, ...]
    name: str
    how: How = "whole"
    lines: tuple[int, ...] = ()


def candidates(page: Page) -> Iterator[Candidate]:
    """Yield what could be the name, each once."""
    seen: set[tuple[str, tuple[int, ...]]] = set()
    for candidate in (*_at_head(page), *_below_head(page), *_greeted(page)):
        if (candidate.name, candidate.lines) not in seen:
            seen.add((candidate.name, candidate.lines))
            yield candidate


def _at_head(page: Page) -> Iterator[Candidate]:
    for row in page.strips[:_HEAD]:
        for first in row:
            yield from _candidates(_grown(page, (first,)))
            yield from _parts(first)


def _below_head(page: Page) -> Iterator[Candidate]:
    foot = max(_HEAD, len(page.strips) - _FOOT)
    for at, row in enumerate(page.strips[_HEAD:], _HEAD):
        named = at >= foot and not any(strip.told["amount"] for strip in row)
        for strip in row:
            if (named or strip.told["company"]) and not strip.junk:
                yield from _candidates([(strip,)])
            if at >= foot:
                yield from _parts(strip)


def _parts(strip: Strip) -> Iterator[Candidate]:
    """Yield what stands behind a seller's label, and what stands before an address in the same line."""
    if (rest := named(strip)) is not None:
        yield from _candidates([(rest,)], "named")
    for mark in _BEFORE_ADDRESS.finditer(strip.text):
        name, rest = replace(strip, text=strip.text[: mark.start()]), replace(strip, text=strip.text[mark.end() :])
        if _STREET.match(rest.text) or rest.told["address"] > 1 or (rest.told["address"] and rest.told["digits"]):
            if not name.junk:
                yield from _candidates([(name,)], "addressed")
            return


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


def _candidates(found: Iterable[tuple[Strip, ...]], how: How = "whole") -> Iterator[Candidate]:
    for strips in found:
        name = tidy_name(" ".join(strip.text for strip in strips))
        lines = tuple(cell.line for strip in strips for cell in strip.cells)
        if sum(letter.isalpha() for letter in name) >= 2 and len(name) <= _LONGEST:
            yield Candidate(strips, name, how, lines)


def _greeted(page: Page) -> Iterator[Candidate]:
    """Yield the names in lines such as "Thank you for shopping at X" that do not stand in the head, too."""
    known = [(row[0].row, "".join(strip.letters for strip in row)) for row in page.strips[:_HEAD] if row]
    for strip, text in page.thanked:
        name = tidy_name(text)
        letters = plain(name).replace(" ", "")
        if 3 <= len(name) <= 40 and not any(letters in other for row, other in known if row != strip.row):
            yield Candidate((strip,), name, "greeted", tuple(cell.line for cell in strip.cells))
