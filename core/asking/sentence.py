"""A question taken apart: its words in their order, of which some are understood already."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from core.search_words import UNDECOMPOSED

LONGEST = 300
"""Longer texts are no questions of this grammar."""
MOST_WORDS = 50
_QUOTED = re.compile(r"[\"“”„«»]([^\"“”„«»]{1,80})[\"“”„«»]")
_ELIDED = re.compile(r"\b(d|l|j|qu|c|n|s|m|dell|all|nell|dall|sull)['’](?=\w)", re.IGNORECASE)
_WORD = re.compile(r"\0\d+\0|[^\W_]+(?:[.'’&/+-][^\W_]+)*")


@dataclass(frozen=True)
class Word:
    """A word as it was written, and without case and accents; what stood in quotes is one word."""

    raw: str
    plain: str
    quoted: bool = False


@dataclass
class Sentence:
    """Words, and which of them are understood already."""

    words: Sequence[Word]
    used: list[bool] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin with nothing understood."""
        self.used = [False] * len(self.words)

    def find(self, phrase: Sequence[str], start: int = 0) -> int | None:
        """Return where a phrase's words stand in a row, not yet understood, or None."""
        for at in range(start, len(self.words) - len(phrase) + 1):
            if self.plain(at, len(phrase)) == tuple(phrase):
                return at
        return None

    def plain(self, at: int, length: int) -> tuple[str, ...] | None:
        """Return so many plain words from a place on, or None where one is understood already or quoted."""
        if at < 0 or at + length > len(self.words):
            return None
        words = self.words[at : at + length]
        if any(self.used[at : at + length]) or any(word.quoted for word in words):
            return None
        return tuple(word.plain for word in words)

    def take(self, at: int, length: int = 1) -> None:
        """Note that so many words from a place on are understood."""
        self.used[at : at + length] = [True] * length

    def take_before(self, at: int, known: Collection[str]) -> int:
        """Take the words right before a place that are known, and return where they begin."""
        while at > 0 and not self.used[at - 1] and self.words[at - 1].plain in known:
            at -= 1
            self.take(at)
        return at

    def runs(self) -> Iterator[tuple[int, int]]:
        """Yield each run of words that are not understood yet, as its place and length."""
        start = None
        for at, used in enumerate([*self.used, True]):
            if not used and start is None:
                start = at
            elif used and start is not None:
                yield start, at - start
                start = None

    def written(self, at: int, length: int) -> str:
        """Return words as they were written."""
        return " ".join(word.raw for word in self.words[at : at + length])


def sentence_of(text: str) -> Sentence | None:
    """Return a text's words, or None when it is too long for a question, or empty."""
    if len(text) > LONGEST:
        return None
    quotes: list[str] = []

    def keep(found: re.Match[str]) -> str:
        quotes.append(" ".join(found[1].split()))
        return f" \0{len(quotes) - 1}\0 "

    kept = _ELIDED.sub(r"\1 ", _QUOTED.sub(keep, text.replace("\0", " ")))
    words = [_word(found[0], quotes) for found in _WORD.finditer(kept)]
    return Sentence(words) if 0 < len(words) <= MOST_WORDS else None


def plain_words(text: str) -> tuple[str, ...]:
    """Return the plain words of a phrase."""
    return tuple(found[0] for found in _WORD.finditer(plain(text)))


def plain(text: str) -> str:
    """Return a text without case, accents and apostrophes."""
    taken_apart = unicodedata.normalize("NFKD", text.casefold()).translate(UNDECOMPOSED)
    letters = "".join(letter for letter in taken_apart if not unicodedata.combining(letter) and letter not in "'’")
    return unicodedata.normalize("NFC", letters)


def _word(found: str, quotes: list[str]) -> Word:
    if found.startswith("\0"):
        quoted = quotes[int(found.strip("\0"))]
        return Word(quoted, plain(quoted), quoted=True)
    return Word(found, plain(found))
