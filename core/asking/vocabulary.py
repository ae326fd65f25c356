"""The words that questions are made of, a file a language (words_en.json …)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from babel.core import Locale

from core.asked_query import Ask
from core.asking.sentence import plain, plain_words

LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "id")
RELATED = {"ms": "id"}
"""Malay's words are in Indonesian's file."""
LOCALES = {"id": ("id", "ms")}
Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Vocabulary:
    """A language's words, all of them plain; `kinds` are patterns, whose parts may stand apart.

    `periods` and `lasts` name a unit and how many of it before now ("month -1"); in `lasts` and `dated` "#" is a
    number. `little` are words that say nothing here, `odd` those that make a question one that is not answered.
    """

    kinds: Mapping[Ask, tuple[tuple[Phrase, ...], ...]]
    periods: Mapping[Phrase, str]
    lasts: Mapping[Phrase, str]
    quarters: Mapping[Phrase, int]
    months: Mapping[str, int]
    numbers: Mapping[str, int]
    since: frozenset[str]
    after: frozenset[str]
    until: frozenset[str]
    before: frozenset[str]
    to: frozenset[str]
    within: frozenset[str]
    glue: frozenset[str]
    joining: frozenset[str]
    at: frozenset[str]
    little: frozenset[str]
    odd: frozenset[str]
    categories: Mapping[Phrase, tuple[str, ...]]


@lru_cache
def vocabulary(language: str) -> Vocabulary:
    """Return the words of one of LANGUAGES."""
    given = json.loads((Path(__file__).parent / f"words_{language}.json").read_text("utf-8"))
    sets = {name: frozenset(map(plain, given[name])) for name in Vocabulary.__annotations__ if name in _SETS}
    return Vocabulary(
        kinds={Ask(kind): tuple(map(_pattern, given["kinds"].get(kind, ()))) for kind in _PRECEDENCE},
        periods={plain_words(phrase): spec for phrase, spec in given["periods"].items()},
        lasts={tuple(plain(phrase).split()): unit for phrase, unit in given["lasts"].items()},
        quarters={plain_words(phrase): number for phrase, number in given["quarters"].items()},
        months=_months(language),
        numbers={plain(word): number for word, number in given["numbers"].items()},
        categories={plain_words(phrase): tuple(names) for phrase, names in given["categories"].items()},
        **sets,
    )


_SETS = ("since", "after", "until", "before", "to", "within", "glue", "joining", "at", "little", "odd")
_PRECEDENCE = (
    *(Ask.TOP_CATEGORY, Ask.TOP_MERCHANT, Ask.MONTHLY, Ask.AVERAGE, Ask.LARGEST, Ask.SMALLEST),
    *(Ask.FIRST, Ask.LATEST, Ask.COUNT, Ask.LIST, Ask.TOTAL),
)
"""“How much was my biggest bill” asks for the biggest: what is more particular comes first."""


def _pattern(written: str) -> tuple[Phrase, ...]:
    return tuple(plain_words(part) for part in written.split("*"))


def _months(language: str) -> dict[str, int]:
    """Return the names of the months and how they are shortened (CLDR, through Babel)."""
    return {
        plain(name).strip(" ."): number
        for locale in LOCALES.get(language, (language,))
        for context in Locale.parse(locale).months.values()
        for width in ("wide", "abbreviated")
        for number, name in context[width].items()
    }
