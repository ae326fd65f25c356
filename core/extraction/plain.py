"""Printed words in a plain form that compares well, and the word lists that lie beside this file."""

from __future__ import annotations

import json
import re
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files

_UNDECOMPOSED = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d"})


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Return the text casefolded, without accents, full-width forms narrow, white space as single blanks.

    Accents of Latin, Greek and Cyrillic letters are dropped, so both sides of a comparison must be plain.
    """
    apart = unicodedata.normalize("NFKD", text).casefold()
    bare = "".join(letter for letter in apart if not "\u0300" <= letter <= "\u036f")
    return " ".join(unicodedata.normalize("NFC", bare).translate(_UNDECOMPOSED).split())


@cache
def word_list(file: str, name: str) -> tuple[str, ...]:
    """Return the plain words listed under `name` in a JSON file of this package."""
    return tuple(dict.fromkeys(word for word in (plain(part) for part in _lists(file)[name]) if word))


@cache
def words_in(file: str, *names: str) -> re.Pattern[str]:
    """Return a pattern that finds any word listed under `names` in plain text; group 0 is the word.

    A word must stand alone (`due` is not in `residue`) unless it ends in `*`: then it may go on. Words of
    Chinese, Japanese, Korean and Thai, which are written without blanks, are found anywhere.
    """
    words = {word for name in names for word in word_list(file, name)}
    forms = [_form(word) for word in sorted(words, key=len, reverse=True)]
    return re.compile("|".join(forms) or r"(?!)")


def _form(word: str) -> str:
    body = re.escape(word.rstrip("*")).replace(r"\ ", r"\s?")
    if any(ord(letter) > 0x0DFF for letter in word):
        return body
    before = r"(?<![^\W_])" if word[0].isalnum() else ""
    after = r"(?![^\W_])" if word[-1].isalnum() else ""
    return f"{before}{body}{after}"


@cache
def _lists(file: str) -> dict[str, list[str]]:
    text = files("core.extraction").joinpath(file).read_text(encoding="utf-8")
    content: dict[str, list[str]] = json.loads(text)
    return content
