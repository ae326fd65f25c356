"""The words that stand beside amounts, in many languages, and the role that they give an amount."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files


class Role(StrEnum):
    """What an amount is on the page, judged by its words."""

    TOTAL = "total"
    FINAL = "final"
    AMOUNT = "amount"
    SUBTOTAL = "subtotal"
    TAX = "tax"
    BASE = "tax base"
    TIP = "tip"
    DISCOUNT = "discount"
    SAVED = "saved"
    FEE = "fee"
    ROUNDING = "rounding"
    CASH = "cash"
    CARD = "card"
    CHANGE = "change"
    BALANCE = "balance"
    COUNT = "count"
    OTHER = "other"
    NONE = "none"


_LEAST_INSIDE = 5
"""A word of so many letters or more is also found inside a run of letters (`TOTALSALES`), unless a dot follows it."""


def fold(text: str) -> str:
    """Return lower-case text without accents in which signs that OCR confuses are the same (`T0TAl` like `total`)."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    plain = "".join(character for character in plain if not unicodedata.combining(character))
    plain = re.sub(r"\b(\w)\.(?=\w\b)", r"\1", plain)
    plain = re.sub(r"(?<=[^\W\d_])[0]|[0](?=[^\W\d_])", "o", plain)
    plain = re.sub(r"(?<=[^\W\d_])[1|!]|[1|](?=[^\W\d_])", "l", plain)
    return plain.replace("i", "l")


_SIGNS = (
    "eur|euro|usd|chf|gbp|sek|nok|dkk|isk|kr|kc|czk|huf|ft|pln|zl|zł|ron|lei|leu|bgn|лв|лева|rsd|din|try|tl|rub|руб|uah|"
    "грн|rm|myr|idr|rp|vnd|rwf|frw|tzs|tsh|kes|ksh|ugx|php|inr|rs|jpy|cny|krw"
)
"""Currencies that may stand beside a word that is else the whole label (`Bar EUR`)."""


def _pattern(words: list[str]) -> re.Pattern[str]:
    """Return what finds the words: those with `=` as the whole label, those with a dot as whole words."""
    bare = {word: re.sub(r"\W", "", fold(word)) for word in words}
    whole = _any(bare[word] for word in words if word.endswith("="))
    others = {bare[word]: word.endswith(".") for word in words if not word.endswith("=")}
    long = {word for word in others if len(word) >= _LEAST_INSIDE or not word.isascii()}
    inside = {word for word in long if not others[word]}
    signs = _any(fold(sign) for sign in _SIGNS.split("|"))
    alone = _any(others.keys() - inside)
    return re.compile(rf"^(?:{whole})(?:{signs})?$|(?P<alone>\b(?:{alone})\b)|{_any(inside)}")


def _any(words: Iterable[str]) -> str:
    """Return a pattern of the words, the longest first; without words it finds nothing."""
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word))) or "(?!)"


@lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    """Return a pattern for each family of amount_words.json; `_pattern` tells the marks there."""
    text = files("core.extraction").joinpath("amount_words.json").read_text("utf-8")
    words: dict[str, list[str]] = json.loads(text)
    return {family: _pattern(of_family) for family, of_family in words.items()}


def families(label: str) -> frozenset[str]:
    """Return the families of words found in a label, whole words in its text and long words in its letters."""
    return _found(label)[0]


def share_of_words(label: str) -> float:
    """Return how much of a label's letters belong to words of these families, from 0 to 1."""
    return _found(label)[1]


_OFTEN_MISREAD = tuple(fold(word) for word in ("total", "subtotal", "amount", "rounding", "tendered"))


@lru_cache(maxsize=4096)
def _as_known(word: str) -> str:
    """Return one of the words that matter most when `word` is it but for one letter (`totai`, `suototal`)."""
    for known in _OFTEN_MISREAD:
        if word != known and abs(len(word) - len(known)) <= 1 and len(word) >= 4 and one_apart(word, known):
            return known
    return word


def one_apart(first: str, second: str) -> bool:
    """Return whether one letter changed, left out or put in makes the words the same."""
    shorter, longer = sorted((first, second), key=len)
    at = next((at for at, (a, b) in enumerate(zip(shorter, longer, strict=False)) if a != b), len(shorter))
    return shorter[at + (len(shorter) == len(longer)) :] == longer[at + 1 :]


_GLUED_RATE = re.compile(r"(?<=[^\W\d_])\d{1,2}(?:[.,]\d{1,3})?\s?%")
_LONG_ENOUGH = 4
"""A word for the total of so many letters tells it in any label; `du` or `tl` only where it is most of the label."""


@lru_cache(maxsize=4096)
def _found(label: str) -> tuple[frozenset[str], float, bool]:
    """Return the families in a label, their share of its letters, and whether a long word for the total is there."""
    spaced = re.sub(r"[^\w]+|_", " ", fold(_GLUED_RATE.sub(" ", label[:120])))
    spaced = " ".join(_as_known(word) for word in spaced.split())
    squashed = re.sub(r"[\W\d_]+", "", spaced)
    found, covered = set(), set()
    long = False
    places = [at for at, character in enumerate(spaced) if character.isalpha()]
    for family, pattern in _patterns().items():
        hits = {at for hit in pattern.finditer(spaced) for at in range(*hit.span())}
        for hit in pattern.finditer(squashed):
            of_hit = places[hit.start() : hit.end()]
            if not hit["alone"] and _begins_or_within(spaced, of_hit):
                hits.update(of_hit)
        if hits:
            found.add(family)
            covered |= hits
            long = long or (family in {"total", "final"} and len(hits) >= _LONG_ENOUGH)
    return frozenset(found), len(covered.intersection(places)) / max(len(places), 1), long


def _begins_or_within(spaced: str, places: list[int]) -> bool:
    """Return whether letters found in a row are in one word, or begin one: `pecel komplit` holds no `celkom`."""
    first, last = places[0], places[-1]
    return first == 0 or spaced[first - 1] == " " or " " not in spaced[first:last]


_FIRST_THAT_FITS: tuple[tuple[frozenset[str], frozenset[str], Role], ...] = tuple(
    (frozenset(needs.split()), frozenset(without.split()), role)
    for needs, without, role in (
        ("sub", "", Role.SUBTOTAL),
        ("total excl", "", Role.SUBTOTAL),
        ("amount excl", "", Role.SUBTOTAL),
        ("saved", "", Role.SAVED),
        ("discount", "", Role.DISCOUNT),
        ("final incl", "", Role.FINAL),
        ("total incl", "", Role.FINAL),
        ("amount incl", "", Role.FINAL),
        ("fee", "tax final total", Role.FEE),
        ("service change", "", Role.TIP),
        ("cash change", "", Role.CHANGE),
        ("change final", "", Role.CHANGE),
        ("tax final", "total incl", Role.TAX),
        ("final", "", Role.FINAL),
        ("tax change", "", Role.TAX),
        ("change", "", Role.CHANGE),
        ("balance other", "final", Role.OTHER),
        ("balance", "", Role.BALANCE),
        ("total count", "", Role.COUNT),
        ("rounding", "", Role.ROUNDING),
        ("tip", "", Role.TIP),
        ("tax", "", Role.TAX),
        ("service", "", Role.TIP),
        ("cash", "", Role.CASH),
        ("total", "", Role.TOTAL),
        ("card", "", Role.CARD),
        ("amount", "", Role.AMOUNT),
        ("count", "", Role.COUNT),
        ("other", "", Role.OTHER),
    )
)


_WITHIN = re.compile(
    r"\bln (?:the |thls )?(?:above |grand )?total(?! ?\(?lncl)|\b(?:lm|ln) \w*(?:gesamt|summe|betrag)"
    r"|dans le total|nel totale|en el total|no total|^total lncludes\b"
)
"""A tax that is "included in the total" is no total, for all the words of one (folded: i is l)."""
_AFTER = re.compile(r"\bafter\b|\bnach\b|\bapres\b|\bdopo\b|\btras\b|\bdespues\b|\bapos\b")
"""A "total after discount" is a total."""
_MILK = re.compile(r"^\W*lait\b", re.IGNORECASE)
"""It is spelled like the Danish `i alt` where i is l."""
_LEAST_SHARE = 0.4
_LEAST_SHARE_OF_A_TAX = 0.2


def role_of(label: str) -> Role:
    """Return the role that a label's words give; the more telling families go first (`change` before `total`).

    A label that is mostly made of other words names a thing that was bought (`A la carte sushi`).
    """
    if _MILK.match(label):
        return Role.NONE
    found, share, long = _found(label)
    if "tax" in found and _WITHIN.search(" ".join(fold(label).split())):
        return Role.TAX
    if {"total", "discount"} <= found and _AFTER.search(fold(label)):
        return Role.FINAL
    for needs, without, role in _FIRST_THAT_FITS:
        if needs <= found and not without & found:
            least = _LEAST_SHARE_OF_A_TAX if role is Role.TAX else _LEAST_SHARE
            return role if share >= least or long else Role.NONE
    return Role.NONE
