"""Numbers in words, in the languages that people ask in: a text that has one says a number that nobody can check."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from core.extraction.plain import plain, word_list

_PARTS = re.compile(r"hundert|tausend|million|cientos|cientas|centos|centas|cento|quinient|zig\b|zehn\b|fach\b|сот\b")
"""What compounds of numbers have: neunhundert, novecientos, fünfundzwanzig, пятьсот."""
_WORD = re.compile(r"[^\W\d_]+")
_ROMAN = re.compile(r"\b(?=[IVXLCDM]{2})M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})\b")


def has_number_word(text: str, allowed: Collection[str] = ()) -> bool:
    """Return whether a number is written in words, in signs (九, ½) or in Roman letters.

    "One" is passed over: in most languages it is an article; `allowed` are words for numbers that were given.
    """
    if _ROMAN.search(text) or any(_is_numeral(sign) for sign in text):
        return True
    known = set(word_list("number_words.json", "words")).difference(allowed)
    return any(word in known or _PARTS.search(word) for word in _WORD.findall(plain(text)))


def _is_numeral(sign: str) -> bool:
    """Return whether a sign that is no digit stands for a number other than one."""
    return not sign.isdecimal() and unicodedata.numeric(sign, 1.0) != 1.0
