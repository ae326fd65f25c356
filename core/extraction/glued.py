"""Print whose blanks the OCR lost and whose letters it confused, as the words that it is made of."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from core.extraction.plain import plain, word_list

_TURN = re.compile(r"(?<=[a-zà-öø-ÿ])(?=[A-ZÀ-ÖØ-Þ])|(?<=[^\W\d_]{3})(?=\d)")
"""Where print runs on from a small letter to a capital, or from a word to figures."""
_WORD = re.compile(r"[^\W\d_]{6,}")
_LIKE = re.compile(r"[^\W_]{6,}")
_LEAST = 4
"""Listed words shorter than this are found in any glued text by chance, but for those that are printed glued often."""
_SHORT = frozenset(("tax", "sdn", "bhd", "ltd", "pte", "pty", "inc", "llc", "you", "tel", "fax", "gst", "vat", "inn"))
_BETWEEN = frozenset(
    ("to", "for", "at", "of", "no", "by", "in", "is", "et", "de", "du", "le", "la", "el", "di", "da", "im", "am", "y")
)
_CONFUSED = ("il1tj!", "oq0d", "s5", "b8", "uv", "nmh", "rn", "ceg6", "z2", "fpt", "g9")
"""Letters and figures that an OCR takes for each other."""
_PAIRS = frozenset((one, two) for group in _CONFUSED for one in group for two in group)


@lru_cache(maxsize=4096)
def apart(text: str, file: str) -> str:
    """Return a printed line in plain form with its glued words apart: `DinTaiShop`, `WELCOMETO`, `TAXINVOICE`.

    A run of capitals is only taken apart when all of it is words that are listed in `file`, and a long word with one
    letter that an OCR confuses with another (`BAKERLES`) becomes the listed word.
    """
    turned = plain(_TURN.sub(" ", text))
    return _LIKE.sub(lambda found: _listed(found[0], file), _WORD.sub(lambda found: _cut(found[0], file), turned))


@lru_cache(maxsize=8192)
def mended(word: str, file: str) -> str | None:
    """Return the listed word that a plain word is, but for one confused letter, or two of eight; None without one."""
    if len(word) < 6 or word in _words(file):
        return None
    most = 1 if len(word) < 8 else 2
    likely = ((_slips(word, other, most), other) for other in _by_length(file).get(len(word), ()))
    slips, right = min(likely, default=(most + 1, ""))
    return right if slips <= most else None


def _slips(word: str, other: str, most: int) -> int:
    """Return how many letters of a word are another's that an OCR confuses with them; more than `most` otherwise."""
    slips = 0
    for pair in zip(word, other, strict=True):
        if pair[0] != pair[1]:
            slips += 1 if pair in _PAIRS else most + 1
            if slips > most:
                break
    return slips


def _listed(word: str, file: str) -> str:
    return mended(word, file) or word


def _cut(word: str, file: str) -> str:
    """Return a run of letters as listed words with blanks, or as it is where a letter would be left."""
    words = _words(file)
    if word in words:
        return word
    ways: list[tuple[str, ...] | None] = [(), *[None] * len(word)]
    for end in range(2, len(word) + 1):
        for start in range(max(0, end - 16), end - 1):
            before, part = ways[start], word[start:end]
            listed = (part in words and (len(part) >= _LEAST or part in _SHORT)) or (start > 2 and part in _BETWEEN)
            if before is not None and listed and (ways[end] is None or len(before) + 1 < len(ways[end] or ())):
                ways[end] = (*before, part)
    found = ways[-1]
    return " ".join(found) if found else word


@cache
def _words(file: str) -> frozenset[str]:
    """Return all listed words of Latin letters, a phrase's words apart."""
    lists = ("company", "business", "address", "contact", "tax id", "heading", "greeting", "slogan")
    phrases = (phrase for name in lists for phrase in word_list(file, name))
    return frozenset(word for phrase in phrases for word in re.findall(r"[^\W\d_]+", phrase) if len(word) > 2)


def listed(word: str, file: str) -> bool:
    """Return whether a plain word is listed in `file`, alone or as a part of a phrase, but for a slip."""
    return word in _words(file) or mended(word, file) is not None


@cache
def _by_length(file: str) -> dict[int, tuple[str, ...]]:
    """Return the listed words of six letters or more by their length."""
    words = [word for word in sorted(_words(file)) if len(word) >= 6]
    return {length: tuple(word for word in words if len(word) == length) for length in {len(word) for word in words}}
