"""The words of a text as they are searched: without case and accents, in any script."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

LONGEST_WORD = 40
MOST_WORDS = 3000
"""A receipt of many pages has fewer different words; more than that is noise."""
UNDECOMPOSED = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe"})
"""Letters with strokes and ligatures, which Unicode does not take apart."""
NUMBER = re.compile(r"(?<=\d)[.,](?=\d)")
UNSPACED = re.compile(
    "([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]+)"
)
"""Thai, Lao, Burmese, Khmer, kana and Chinese characters: written without spaces between words."""


def words_of(text: str) -> list[str]:
    """Return the words of a text in their order; `12,50` and `12.50` are one word, `12.50`.

    Of scripts without spaces each pair of neighbours is a word, and what ends a run.
    """
    return [word[:LONGEST_WORD] for run in _folded(text).split() for word in _apart(run)]


def different_words(texts: Iterable[str | None]) -> str:
    """Return the different words of some texts, with a space between them."""
    words = dict.fromkeys(word for text in texts for word in words_of(text or ""))
    return " ".join(list(words)[:MOST_WORDS])


def _folded(text: str) -> str:
    """Return the text without case and accents, and with a space for whatever is no letter, digit or vowel sign."""
    plain = unicodedata.normalize("NFKD", text.casefold()).casefold().translate(UNDECOMPOSED)
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    marked = NUMBER.sub("\0", letters)
    kept = "".join(
        letter if letter.isalnum() or unicodedata.category(letter)[0] == "M" else _gap(letter) for letter in marked
    )
    return unicodedata.normalize("NFC", kept)


def _gap(letter: str) -> str:
    return "." if letter == "\0" else " "


def _apart(run: str) -> Iterator[str]:
    for piece in UNSPACED.split(run):
        if piece and UNSPACED.match(piece):
            yield from (piece[at : at + 2] for at in range(len(piece)))
        elif piece.strip("."):
            yield piece.strip(".")
