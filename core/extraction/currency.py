"""The currency: each sign, code, word, place and telephone number on the receipt speaks for one or for several."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from itertools import islice

from core.extraction.changed_currencies import paid_then
from core.extraction.contacts import currencies_of_contacts
from core.extraction.known_places import currencies_of_places
from core.extraction.rows import find_rows
from core.extraction.tax_rates import currencies_of_rates
from core.receipt import Evidence, Reading

_LONGEST = 20_000
_MOST_LINES = 5
_LEAST = 1.5
"""What speaks less is no answer: then the currency was not printed."""
_CLOSE = 3.0
"""A rival that has so much less for it is still told."""
_MOST_RIVALS = 3
_GUESSED = 0.4
"""How sure a sign alone is, of which nothing on the receipt says whose it is."""
_AMOUNT = re.compile(r"\d[.,]\d\d(?!\d)")
_STREET = re.compile(r"jalan|jln|jl\.|taman|bandar|seksyen", re.IGNORECASE)
_BESIDE = re.compile(r"[\s,;.:()]*(?:[\d()+\-/. ]{5,}.*|(?:tel|ph|fax|phone)\b.*|[,(].*)?", re.IGNORECASE)
"""What may follow a place's name: nothing, a comma, a postcode or a telephone number, but no weight and no name."""

_Points = Iterator[tuple[str, float]]


@lru_cache(maxsize=2)
def find_currency(reading: Reading, known: tuple[str, ...] = ()) -> tuple[str | None, Evidence]:
    """Return the ISO 4217 code and why; None when it is neither printed nor follows from the country's own words.

    A sign that several countries share (`$`, `kr`, `¥`) is decided by the country's words, places and telephone
    numbers, then by the first of the account's `known` currencies that has it. Where nothing else speaks, the
    commonest is told with little confidence, so that it is asked about. Others that it may be are the rivals. The
    last answers are kept, since the order of a date's parts depends on the currency.
    """
    text = reading.text[:_LONGEST]
    printed, shared = dict(_printed(text)), dict(_shared(text, known))
    scores = defaultdict[str, float](float, printed)
    for points in (shared.items(), _by_shared_words(text), _by_words(text), *_by_country(reading)):
        for code, much in points:
            scores[paid_then(code, reading)] += much
    ranked = sorted(scores, key=lambda code: -scores[code])
    if not ranked or scores[ranked[0]] < _LEAST:
        return None, Evidence(rivals=tuple(dict.fromkeys([*ranked[:_MOST_RIVALS], *known]))[:_MOST_RIVALS])
    best, *others = ranked
    ahead = scores[best] - (scores[others[0]] if others else 0.0)
    rivals = tuple(code for code in others[:_MOST_RIVALS] if scores[code] > scores[best] - _CLOSE)
    sure = 0.97 if best in printed and ahead >= 2 else min(0.9, 0.5 + 0.12 * ahead)
    if rivals and scores[best] == shared.get(best) and best not in known:
        sure = _GUESSED
    return best, Evidence(lines=_lines(reading, best), confidence=round(sure, 2), rivals=rivals)


def _printed(text: str) -> _Points:
    """Yield what signs and codes at amounts say: each is clear, and more of the same a little clearer."""
    for code, pattern in _table("amounts").items():
        times = sum(1 for _ in islice(pattern.finditer(text), 6))
        if times:
            yield code, 4.0 + 0.4 * (times - 1)


def _shared(text: str, known: Sequence[str]) -> _Points:
    """Yield what signs of several countries say: a little for each, more for the one that the account knows."""
    for codes, pattern in _table("shared").items():
        if pattern.search(text):
            commonest, *others = codes.split()
            own = next((code for code in known if code in (commonest, *others)), None)
            for code in (commonest, *others):
                yield code, 1.2 + 0.5 * (code == commonest) + 1.0 * (code == own)


def _by_shared_words(text: str) -> _Points:
    """Yield what words say that a few countries' receipts print."""
    for codes, pattern in _table("shared words").items():
        if pattern.search(text):
            for code in codes.split():
                yield code, 1.2


def _by_words(text: str) -> _Points:
    """Yield what the words say that one country's receipts print: up to three different ones count."""
    for code, pattern in _table("words").items():
        different = {match[0].casefold() for match in islice(pattern.finditer(text), 20)}
        if different:
            yield code, 1.6 + 0.8 * min(2, len(different) - 1)


def _by_country(reading: Reading) -> Iterator[_Points]:
    """Yield what tells the country: the tax's rate, addresses on rows without an amount, numbers and web addresses."""
    rows = [row.text for row in find_rows(reading)[:200]]
    yield ((code, 1.2) for code in currencies_of_rates(rows))
    rows = ["" if _AMOUNT.search(row) else row for row in rows]
    yield _by_places(rows)
    yield _best_and_more(currencies_of_places(rows))
    yield currencies_of_contacts(reading.text[:_LONGEST])


def _by_places(rows: Sequence[str]) -> _Points:
    """Yield what postcodes, states and streets' words say, and what places are called in their own languages."""
    for code, pattern in _table("places").items():
        named = {match[0].casefold(): _stands(match) for row in rows for match in pattern.finditer(row)}
        yield from _best_and_more((code, much) for much in named.values() if much)


def _best_and_more(points: Iterable[tuple[str, float]]) -> _Points:
    """Yield for each currency what speaks best for it, and a little for up to two others that do."""
    found = defaultdict[str, list[float]](list)
    for code, much in points:
        found[code].append(much)
    for code, every in found.items():
        yield code, max(every) + 0.8 * min(2, len(every) - 1)


def _stands(match: re.Match[str]) -> float:
    """Return how much a place speaks: a postcode or a street's word much, a name only if its part of the row ends.

    `BLUEBERRY USA 170GM` is bought, `Perth, Australia` is an address; a name behind other words may be either.
    """
    if not match[0].replace(" ", "").replace(".", "").isalpha() or _STREET.fullmatch(match[0]):
        return 2.2
    if not _BESIDE.fullmatch(match.string, match.end()):
        return 0.0
    before = match.string[: match.start()].rstrip()
    return 2.2 if not before or not (before[-1].isalpha() or before[-1] == ":") else 1.2


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
