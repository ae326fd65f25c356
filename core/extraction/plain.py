"""Printed words in a plain form that compares well, and the word lists that lie beside this file."""

from __future__ import annotations

import json
import re
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

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


class Found(NamedTuple):
    """A listed word in a text, from `start` to `end`."""

    word: str
    start: int
    end: int


@lru_cache(maxsize=2048)
def find_words(text: str, file: str, *names: str) -> tuple[Found, ...]:
    """Return the words listed under `names` that stand in a plain text, the longest where several begin.

    Full stops, commas and brackets are passed over (`s.a.` is also `S A`); a word must stand alone (`due` is not in
    `residue`). Words of Chinese, Japanese, Korean and Thai, which are
    written without blanks, are found anywhere.
    """
    phrases, unspaced = _phrases(file, names)
    tokens = _tokens(text)
    found: list[Found] = []
    at = 0
    while at < len(tokens):
        length = next((len(phrase) for phrase in phrases.get(tokens[at][0], ()) if _starts(tokens, at, phrase)), 0)
        if length:
            start, end = tokens[at][1], tokens[at + length - 1][2]
            found.append(Found(text[start:end], start, end))
        at += length or 1
    if not text.isascii():
        found += [Found(word, text.find(word), text.find(word) + len(word)) for word in unspaced if word in text]
    return tuple(found)


def has_word(text: str, file: str, *names: str) -> bool:
    """Return whether any word listed under `names` stands in a plain text."""
    return bool(find_words(text, file, *names))


_TOKEN = re.compile(r"[^\W\d_]+|\d+|[^\w\s.,;:()\[\]\"'’\-*]")
_Token = tuple[str, int, int]


@lru_cache(maxsize=4096)
def _tokens(text: str) -> list[_Token]:
    """Return the words, figures and signs of a text with their places."""
    return [(match[0], match.start(), match.end()) for match in _TOKEN.finditer(text)]


def _starts(tokens: list[_Token], at: int, phrase: tuple[str, ...]) -> bool:
    return len(tokens) >= at + len(phrase) and all(tokens[at + step][0] == word for step, word in enumerate(phrase))


@cache
def _phrases(file: str, names: tuple[str, ...]) -> tuple[dict[str, list[tuple[str, ...]]], tuple[str, ...]]:
    """Return the listed phrases by their first word, longest first, and the words of scripts without blanks."""
    words = {word for name in names for word in word_list(file, name)}
    unspaced = tuple(sorted(word for word in words if any(ord(letter) > 0x0DFF for letter in word)))
    phrases: dict[str, list[tuple[str, ...]]] = {}
    for word in words.difference(unspaced):
        phrase = tuple(token for token, _, _ in _tokens(word))
        if phrase:
            phrases.setdefault(phrase[0], []).append(phrase)
    for same_start in phrases.values():
        same_start.sort(key=len, reverse=True)
    return phrases, unspaced


@cache
def _lists(file: str) -> dict[str, list[str]]:
    text = files("core.extraction").joinpath(file).read_text(encoding="utf-8")
    content: dict[str, list[str]] = json.loads(text)
    return content
