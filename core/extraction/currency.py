"""The currency: each sign, code, word, place and telephone number on the receipt speaks for one or for several."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import islice

from core.extraction.rows import find_rows
from core.receipt import Evidence, Reading

_LONGEST = 20_000
_MOST_LINES = 5
_LEAST = 1.5
"""What speaks less is no answer: then the currency was not printed."""
_CLOSE = 3.0
"""A rival that has so much less for it is still told."""
_PHONE = re.compile(r"\+\s?([1-9]\d{0,2})(?=[\d\s().-]{6,16}(?!\d))")
_DOMAIN = re.compile(r"(?:www\.|@|https?:)[\w.\-/]*?\.([a-z]{2})(?![\w.])", re.IGNORECASE)
_AMOUNT = re.compile(r"\d[.,]\d\d(?!\d)")
_STREET = re.compile(r"jalan|jln|jl\.|taman|bandar|seksyen", re.IGNORECASE)
_BESIDE = re.compile(r"[\s,;.:()]*(?:[\d()+\-/. ]{5,}.*|(?:tel|ph|fax|phone)\b.*|[,(].*)?", re.IGNORECASE)
"""What may follow a place's name: nothing, a comma, a postcode or a telephone number, but no weight and no name."""

_Points = Iterator[tuple[str, float]]


def find_currency(reading: Reading, home: str | None = None) -> tuple[str | None, Evidence]:
    """Return the ISO 4217 code and why; None when it is neither printed nor follows from the country's own words.

    A sign that several countries share (`$`, `kr`, `¥`) is decided by the country's words, places and telephone
    numbers, then by `home`, the account's own currency, then by which is met most; the others are the rivals.
    """
    text = reading.text[:_LONGEST]
    printed = dict(_printed(text))
    scores = defaultdict[str, float](float)
    for points in (printed.items(), _shared(text, home), _by_words(text), _by_places(reading), _by_contacts(text)):
        for code, much in points:
            scores[code] += much
    ranked = sorted(scores, key=lambda code: -scores[code])
    if not ranked or scores[ranked[0]] < _LEAST:
        return None, Evidence(rivals=tuple(ranked[:3]))
    best, *others = ranked
    ahead = scores[best] - (scores[others[0]] if others else 0.0)
    rivals = tuple(code for code in others[:3] if scores[code] > scores[best] - _CLOSE)
    sure = 0.97 if best in printed and ahead >= 2 else min(0.9, 0.5 + 0.12 * ahead)
    return best, Evidence(lines=_lines(reading, best), confidence=round(sure, 2), rivals=rivals)


def _printed(text: str) -> _Points:
    """Yield what signs and codes at amounts say: each is clear, and more of the same a little clearer."""
    for code, pattern in _table("amounts").items():
        times = sum(1 for _ in islice(pattern.finditer(text), 6))
        if times:
            yield code, 4.0 + 0.4 * (times - 1)


def _shared(text: str, home: str | None) -> _Points:
    """Yield what signs and words of several countries say: a little for each, more for the account's own."""
    for codes, pattern in (*_table("shared").items(), *_table("shared words").items()):
        if pattern.search(text):
            first = codes.split()[0] if codes in _table("shared") else None
            for code in codes.split():
                yield code, 1.2 + 0.5 * (code == first) + 1.0 * (code == home)


def _by_words(text: str) -> _Points:
    """Yield what the words say that one country's receipts print: up to three different ones count."""
    for code, pattern in _table("words").items():
        different = {match[0].casefold() for match in islice(pattern.finditer(text), 20)}
        if different:
            yield code, 1.6 + 0.8 * min(2, len(different) - 1)


def _by_places(reading: Reading) -> _Points:
    """Yield what addresses say, on rows without an amount: the place that stands best, and others a little."""
    rows = [row.text for row in find_rows(reading)[:200] if not _AMOUNT.search(row.text)]
    for code, pattern in _table("places").items():
        named = {match[0].casefold(): _stands(match) for row in rows for match in pattern.finditer(row)}
        if any(named.values()):
            yield code, max(named.values()) + 0.8 * min(2, sum(much > 0 for much in named.values()) - 1)


def _stands(match: re.Match[str]) -> float:
    """Return how much a place speaks: a postcode or a street's word much, a name only if its part of the row ends.

    `BLUEBERRY USA 170GM` is bought, `Perth, Australia` is an address; a name behind other words may be either.
    """
    if not match[0].replace(" ", "").replace(".", "").isalpha() or _STREET.fullmatch(match[0]):
        return 2.2
    if not _BESIDE.fullmatch(match.string, match.end()):
        return 0.0
    before = match.string[: match.start()].rstrip()
    return 2.2 if not before or not before[-1].isalpha() else 1.2


def _by_contacts(text: str) -> _Points:
    """Yield what international telephone numbers and a country's web addresses say."""
    prefixes, domains = _json()["phones"], _json()["domains"]
    for match in islice(_PHONE.finditer(text), 5):
        code = next((prefixes[match[1][:size]] for size in (3, 2, 1) if match[1][:size] in prefixes), None)
        if code:
            yield code, 1.5
    for domain in {match[1].casefold() for match in islice(_DOMAIN.finditer(text), 5)}:
        if domain in domains:
            yield domains[domain], 1.5


def _lines(reading: Reading, code: str) -> tuple[int, ...]:
    """Return the lines with a sign or code of the currency, else those with its words and places."""
    own = [_table(name)[code] for name in ("amounts",) if code in _table(name)]
    own += [pattern for codes, pattern in _table("shared").items() if code in codes.split()]
    others = [_table(name)[code] for name in ("words", "places") if code in _table(name)]
    for patterns in (own, others):
        lines = [at for at, line in enumerate(reading.lines) if any(each.search(line.text) for each in patterns)]
        if lines:
            return tuple(lines[:_MOST_LINES])
    return ()


@cache
def _table(name: str) -> dict[str, re.Pattern[str]]:
    """Return the patterns by currency code; signs and words that are shared, by their codes, the commonest first."""
    turned = name.startswith("shared")
    pairs = ((codes, pattern) if turned else (pattern, codes) for pattern, codes in _json()[name].items())
    flags = re.MULTILINE | (re.IGNORECASE if name == "places" else re.NOFLAG)
    return {code: re.compile(pattern, flags) for code, pattern in pairs}


@cache
def _json() -> dict[str, dict[str, str]]:
    text = files("core.extraction").joinpath("currency_signs.json").read_text("utf-8")
    tables: dict[str, dict[str, str]] = json.loads(text)
    return tables
