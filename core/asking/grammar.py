"""The offline grammar: what a question in plain words asks for, read by word lists of seven languages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core.asked_query import Ask, Query
from core.asking.names import categories_named, category_phrases, is_little, merchant_named
from core.asking.sentence import Sentence, plain_words, sentence_of
from core.asking.spans import Unclear, days_named
from core.asking.vocabulary import LANGUAGES, RELATED, Phrase, Vocabulary, vocabulary

MOST_LEFT = 6
"""More words than this, after all that is understood, are no merchant and no item."""
MOST_LEFT_BARE = 3
"""So many may be left where no word says what is asked for: “coffee in March?”."""
_AMOUNT = re.compile(r"[0-9]+[.,][0-9]{1,2}")


@dataclass(frozen=True)
class _Understood:
    """What one language's words made of a question, and how many words they left to be names."""

    query: Query
    left: int


def understood(text: str, today: date, categories: Sequence[str], language: str = "en") -> Query | None:
    """Return what a question asks for, or None when the grammar does not cover it.

    `categories` are the account's; `language` is tried first, then the others. Where several understand, the one that
    leaves the fewest words to be names is taken.
    """
    own = language.split("-")[0].split("_")[0].casefold()
    first = RELATED.get(own, own)
    ordered = sorted(LANGUAGES, key=lambda one: one != first)
    read = [_read(text, today, categories, vocabulary(one)) for one in ordered]
    found = [one for one in read if one is not None]
    return min(found, key=lambda one: one.left).query if found else None


def _read(text: str, today: date, categories: Sequence[str], words: Vocabulary) -> _Understood | None:
    sentence = sentence_of(text)
    if sentence is None:
        return None
    phrases = category_phrases(categories, words)
    try:
        since, until = days_named(sentence, words, today)
    except Unclear:
        return None
    ask = _kind(sentence, words)
    found = categories_named(sentence, words, phrases)
    if _is_odd(sentence, words):
        return None
    merchant, placed = merchant_named(sentence, words, phrases)
    item = _rest(sentence, words)
    found += placed
    left = len(plain_words(f"{merchant or ''} {item or ''}"))
    if left > MOST_LEFT:
        return None
    if ask is None:
        named = since or until or found
        if not named or left > MOST_LEFT_BARE or not text.rstrip().endswith("?"):
            return None
    query = Query(ask or Ask.TOTAL, since, until, merchant, tuple(dict.fromkeys(found)), item)
    return _Understood(query, left)


def _kind(sentence: Sentence, words: Vocabulary) -> Ask | None:
    """Return what is asked for by the most particular words, and take these and all others that say so."""
    kind = None
    for ask, patterns in words.kinds.items():
        for pattern in patterns:
            places = _places(sentence, pattern)
            if places and (kind is None or ask in (kind, Ask.TOTAL)):
                kind = kind or ask
                for at, part in zip(places, pattern, strict=True):
                    sentence.take(at, len(part))
    return kind


def _places(sentence: Sentence, pattern: Sequence[Phrase]) -> list[int] | None:
    """Return where the parts of a pattern stand, one after another, or None."""
    places, start = [], 0
    for part in pattern:
        at = sentence.find(part, start)
        if at is None:
            return None
        places.append(at)
        start = at + len(part)
    return places


def _rest(sentence: Sentence, words: Vocabulary) -> str | None:
    """Return the words that are left, without those that say nothing: words of an item, or a merchant's name."""
    left = [
        place
        for at, length in sentence.runs()
        for place in range(at, at + length)
        if not is_little(sentence, words, place)
    ]
    return " ".join(sentence.words[place].raw for place in left) or None


def _is_odd(sentence: Sentence, words: Vocabulary) -> bool:
    """Tell whether words are left that make it another question, or an amount, which is a correction."""
    left = [place for at, length in sentence.runs() for place in range(at, at + length)]
    return any(
        not sentence.words[place].quoted
        and (sentence.words[place].plain in words.odd or _AMOUNT.fullmatch(sentence.words[place].raw))
        for place in left
    )
