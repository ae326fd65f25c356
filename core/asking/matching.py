"""Which line items and merchants a person's words mean: without case and accents, in singular and plural."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from core.search_words import words_of

SURE_BEGINNING = 6
"""A word of so many letters is also meant by longer ones that begin with it: Kaffeebohnen, but not Milka for milk."""
SURE_NAME = 4
"""So many letters of a merchant's name are enough: Star for Starbucks; fewer must be a whole word: dm."""
MOST_WORDS = 12
ENDINGS = (("es", 4), ("en", 4), ("s", 3), ("n", 4))
"""What a plural ends in, and how many letters must stand before it."""


@dataclass(frozen=True)
class Wording:
    """What an item is called: any of some phrases, of each all words. `written` is as the person wrote it."""

    written: str
    phrases: tuple[tuple[str, ...], ...]

    @cached_property
    def beginnings(self) -> list[str]:
        """Return with which letters some word of a line item must begin, at the least."""
        longest = (max(phrase, key=len) for phrase in self.phrases)
        return list(dict.fromkeys(min(_forms(word), key=len) for word in longest))

    def fits(self, description: str) -> bool:
        """Tell whether a line item is meant."""
        words = words_of(description)
        begun = " " + " ".join(words)
        # Few line items get further than this.
        if not any(f" {beginning}" in begun for beginning in self.beginnings):
            return False
        return any(all(any(alike(word, one) for word in words) for one in phrase) for phrase in self.phrases)


def wording(item: str) -> Wording | None:
    """Return what an item is called: coffee is espresso and latte too. None when there is no letter in it."""
    words = tuple(words_of(item)[:MOST_WORDS])
    if not words:
        return None
    found = next((kinds for names, kinds in _groups() if _is_among(words, names)), ())
    return Wording(item, tuple(dict.fromkeys((words, *found))))


def merchant_fits(name: str | None, text: str) -> bool:
    """Tell whether a merchant's name has a text in it: from a word's beginning on, spaces and signs left out."""
    wanted = "".join(words_of(text))
    words = words_of(name or "")
    for at in range(len(words) if wanted else 0):
        rest = "".join(words[at:])
        if rest.startswith(wanted):
            ends = {sum(map(len, words[at:end])) for end in range(at + 1, len(words) + 1)}
            return len(wanted) >= SURE_NAME or len(wanted) in ends
    return False


def alike(word: str, wanted: str) -> bool:
    """Tell whether a word of a line item is one that is wanted, in singular or plural, or begins so."""
    if _forms(word) & _forms(wanted):
        return True
    return word.startswith(wanted) and (len(wanted) >= SURE_BEGINNING or not wanted.isascii())


def _forms(word: str) -> set[str]:
    """Return a word, and what it may be the plural of."""
    return {word} | {
        word.removesuffix(end) for end, least in ENDINGS if word.endswith(end) and len(word) >= least + len(end)
    }


def _is_among(words: tuple[str, ...], names: tuple[tuple[str, ...], ...]) -> bool:
    return any(len(name) == len(words) and all(map(alike, words, name)) for name in names)


@lru_cache
def _groups() -> tuple[tuple[tuple[tuple[str, ...], ...], tuple[tuple[str, ...], ...]], ...]:
    """Return general names with what they include, each other's names too."""
    given = json.loads((Path(__file__).parent / "item_words.json").read_text("utf-8"))
    groups = [
        tuple(tuple(tuple(words_of(one)) for one in group[part]) for part in ("names", "kinds")) for group in given
    ]
    return tuple((names, (*names, *kinds)) for names, kinds in groups)
