"""The names in a question: categories that stand by themselves, and a merchant behind a word like “at”."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from core.asking.sentence import Sentence, plain_words
from core.asking.vocabulary import Phrase, Vocabulary

LONGEST_CATEGORY = 6


def category_phrases(categories: Sequence[str], words: Vocabulary) -> Mapping[Phrase, tuple[str, ...]]:
    """Return the plain words that mean categories of the account: their own names, and words for usual ones."""
    offered = {plain_words(name): name for name in map(str, categories)}
    meant = {
        phrase: tuple(offered[plain_words(name)] for name in names if plain_words(name) in offered)
        for phrase, names in words.categories.items()
    }
    own = {phrase: (name,) for phrase, name in offered.items() if phrase}
    return {phrase: names for phrase, names in {**meant, **own}.items() if names}


def categories_named(sentence: Sentence, words: Vocabulary, phrases: Mapping[Phrase, tuple[str, ...]]) -> list[str]:
    """Take the categories that stand by themselves: “home” is none in “home depot”."""
    found: list[str] = []
    for length in range(LONGEST_CATEGORY, 0, -1):
        for at in range(len(sentence.words) - length + 1):
            phrase = sentence.plain(at, length)
            if phrase and phrase in phrases and _stands_alone(sentence, words, (at, length)):
                sentence.take(at, length)
                found += phrases[phrase]
    return found


def _stands_alone(sentence: Sentence, words: Vocabulary, where: tuple[int, int]) -> bool:
    at, length = where
    around = (at - 1, at + length)
    inside = [place for place in around if 0 <= place < len(sentence.words)]
    return all(sentence.used[place] or sentence.words[place].plain in words.little for place in inside)


def merchant_named(
    sentence: Sentence, words: Vocabulary, phrases: Mapping[Phrase, tuple[str, ...]]
) -> tuple[str | None, list[str]]:
    """Take what stands behind a word like “at” and return it: a merchant's name, or categories."""
    for at, word in enumerate(sentence.words[:-1]):
        if word.quoted or sentence.used[at] or word.plain not in words.at:
            continue
        first = at + 1
        while first < len(sentence.words) and not sentence.used[first] and is_little(sentence, words, first):
            first += 1
        length = 0
        while first + length < len(sentence.words) and not _ends_name(sentence, words, first + length, length):
            length += 1
        if not length:
            continue
        name = sentence.written(first, length)
        sentence.take(at, first - at + length)
        meant = phrases.get(plain_words(name))
        return (None, list(meant)) if meant else (name, [])
    return None, []


def _ends_name(sentence: Sentence, words: Vocabulary, place: int, length: int) -> bool:
    """Tell whether a merchant's name is over before a word; what is quoted is a name by itself."""
    if sentence.used[place]:
        return True
    if not length:
        return False
    if sentence.words[place].quoted or sentence.words[place - 1].quoted:
        return True
    return sentence.words[place].plain in words.at | words.little and not _joins(sentence, words, place)


def _joins(sentence: Sentence, words: Vocabulary, place: int) -> bool:
    """Tell whether a little word is within a name: an “and” or “of” with more of the name behind it."""
    while place < len(sentence.words) and sentence.words[place].plain in words.joining:
        place += 1
        if place < len(sentence.words) and not sentence.used[place] and not is_little(sentence, words, place):
            return True
    return False


def is_little(sentence: Sentence, words: Vocabulary, place: int) -> bool:
    word = sentence.words[place]
    return not word.quoted and word.plain in words.little
