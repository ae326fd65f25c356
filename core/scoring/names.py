"""How alike two names are: the same, the same letters and digits, nearly the same, or near enough to be useful."""

from __future__ import annotations

import unicodedata

from rapidfuzz.distance import Levenshtein

NEARLY = 0.9
"""From this likeness on two merchants' names are nearly the same."""
_LEAST_INSIDE = 4
"""A name inside another counts as useful from so many letters and digits on."""


def is_same(one: str, other: str) -> bool:
    """Return whether the names are equal but for capitals and white space; punctuation counts."""
    return _squashed(one) == _squashed(other)


def has_same_letters(one: str, other: str) -> bool:
    """Return whether the names are the same, or their letters and digits are (accents do not count)."""
    return is_same(one, other) or letters(one) == letters(other)


def is_nearly_same(one: str, other: str) -> bool:
    """Return whether at most a tenth of the letters and digits differ."""
    return has_same_letters(one, other) or likeness(one, other) >= NEARLY


def is_useful(one: str, other: str) -> bool:
    """Return whether the names are nearly the same, or one holds the other: a person sees who is meant."""
    short, long = sorted((letters(one), letters(other)), key=len)
    return is_nearly_same(one, other) or (len(short) >= _LEAST_INSIDE and short in long)


def likeness(one: str, other: str) -> float:
    """Return how alike the letters and digits are: 1 less the edits (Levenshtein) by the longer one's length."""
    return Levenshtein.normalized_similarity(letters(one), letters(other))


def letters(text: str) -> str:
    """Return the letters and digits alone, without capitals and accents."""
    return "".join(each for each in unicodedata.normalize("NFKD", text).casefold() if each.isalnum())


def _squashed(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()
