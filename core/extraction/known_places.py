"""Large cities and countries in a receipt's addresses, and the currencies that are paid there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

from core.extraction.plain import plain

FILE = "places.txt"
"""A line for each currency, made by tests/bench/places.py."""
_MOST_WORDS = 4
_LONGEST = 200
"""No address has more characters on one row; a line of a PDF can be as long as its page."""
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*\.?")
_STATE = re.compile(r",?\s+[a-z]{2}\.?(?:[\s,]+\d{5}(?:-\d{4})?)?[\s,]*(?:usa|u\.s\.a\.?)?$")
_PROVINCE = re.compile(r"\s+[a-z]{2}\.?$")
"""`50123 Firenze FI`."""
_ENDS = re.compile(r"\s*(?:$|[,;/(|·–-]|\d{4,6}(?!\d)|\d{1,2}[.,]?$|(?:tel|ph|phone|fax|cp)\b)")
_POSTCODE = re.compile(r"(?:^|[\s,-])(?:[a-z]{1,2}-?)?(?:\d{4,6}|\d{2,5}[- ]\d{2,4})(?:\s?[a-z]{2})?[\s,]+$")
_STREET = re.compile(r"[^\W\d_]{3}")
_HOUSE_NUMBER = re.compile(r"\d[a-z]?\s$")
_HEAD = range(1, 9)
"""Rows on which an address may name its city alone. The first is the shop's own name."""
_AFTER_POSTCODE, _IN_ADDRESS, _ALONE, _HARDLY = 2.4, 2.0, 1.6, 0.8


def key_of(name: str) -> str:
    """Return a place's name as it is looked up: plain, its words parted by one blank."""
    return " ".join(plain(name).replace("’", "'").replace("-", " ").replace("ß", "ss").split())


def currencies_of_places(rows: Sequence[str]) -> Iterator[tuple[str, float]]:
    """Yield a currency and how much speaks for it, for each place that stands as in an address on one of the rows.

    `Paris St.` and `Trattoria Firenze` are no addresses: a city counts behind a postcode, a comma or a street and its
    number, before a postcode, a state or a country, or alone on a row near the top.
    """
    for at, row in enumerate(rows):
        text = plain(row)[:_LONGEST]
        for currency, start, end in _named(text):
            much = _stands(text[:start], text[end:], currency, at)
            if much:
                yield currency, much


def _named(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield the currency of each place that a plain text names, and from where to where; the longest name counts."""
    words = list(_WORD.finditer(text))
    at = 0
    while at < len(words):
        length, currency = _longest(text, words[at : at + _MOST_WORDS])
        if currency:
            yield currency, words[at].start(), words[at + length - 1].end()
        at += max(1, length)


def _longest(text: str, words: Sequence[re.Match[str]]) -> tuple[int, str | None]:
    for length in range(len(words), 0, -1):
        currency = _places().get(key_of(text[words[0].start() : words[length - 1].end()].rstrip(".")))
        if currency:
            return length, currency
    return 0, None


def _stands(before: str, after: str, currency: str, at: int) -> float:
    """Return how surely a name with this text around it on row `at` is the address's place; 0 when it may be a name."""
    of_a_state = currency == "USD" and _STATE.match(after)
    behind_postcode = _POSTCODE.search(before)
    in_province = behind_postcode and _PROVINCE.match(after)
    if not (of_a_state or in_province or _ENDS.match(after) or _is_country(after, currency)):
        return 0.0
    if behind_postcode or of_a_state:
        return _AFTER_POSTCODE
    if not before.strip():
        alone = not after.strip(" .")
        return (_ALONE if at in _HEAD else _HARDLY) if alone else _IN_ADDRESS
    return _IN_ADDRESS if before.rstrip()[-1] in ",.;/(|·–-" or _is_street(before) else 0.0


def _is_street(before: str) -> bool:
    """Return whether a text ends with a house number behind the name of its street."""
    number = _HOUSE_NUMBER.search(before)
    return number is not None and bool(_STREET.search(before, 0, number.start()))


def _is_country(after: str, currency: str) -> bool:
    """Return whether what comes next is a place with the same currency: `Nairobi Kenya`."""
    named = next(_named(after), None)
    return named is not None and named[0] == currency and not after[: named[1]].strip()


@cache
def _places() -> dict[str, str]:
    found: dict[str, str] = {}
    for line in files("core.extraction").joinpath(FILE).read_text("utf-8").splitlines():
        if not line.startswith("#"):
            currency, _, names = line.partition("\t")
            found |= dict.fromkeys(names.split("|"), currency)
    return found
