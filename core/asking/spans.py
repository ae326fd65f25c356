"""The days that a question names: “last month”, “March 2025”, “since January”, “from March to May”, “2026-10”."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from core.asking.day_phrases import read_span
from core.asking.sentence import Sentence
from core.asking.vocabulary import Vocabulary

LONGEST_PHRASE = 6
SHORT_MONTH = 3
"""“May” or “mar” may be another word: without a word like “in” before it, it is a month only at the end."""

Days = tuple[date | None, date | None]


class Unclear(Exception):
    """The question names days in a way that is not understood."""


@dataclass(frozen=True)
class Span:
    """Days that are named, and where: the first and the last both count."""

    at: int
    length: int
    first: date
    last: date


def days_named(sentence: Sentence, words: Vocabulary, today: date) -> Days:
    """Return the first and the last day that a question is about (None: no bound), and take its words.

    Raises Unclear when it names several periods that do not belong together.
    """
    spans = _spans(sentence, words, today)
    if not spans:
        return None, None
    if len(spans) == 2 and _linked(sentence, words, *spans):
        first, second = spans
        start = first.first if first.first <= second.last else _year_back(first.first, second.last)
        sentence.take_before(first.at, words.within | words.since)
        return start, second.last
    if len(spans) > 1:
        raise Unclear
    return _bounded(sentence, words, spans[0])


def _bounded(sentence: Sentence, words: Vocabulary, span: Span) -> Days:
    """Return the days of one span, as the words before it bound them."""
    before = sentence.words[span.at - 1].plain if span.at and not sentence.used[span.at - 1] else ""
    sentence.take_before(span.at, words.since | words.after | words.until | words.before)
    if before in words.since:
        return span.first, None
    if before in words.after:
        return span.last + timedelta(days=1), None
    if before in words.until:
        return None, span.last
    if before in words.before:
        return None, span.first - timedelta(days=1)
    sentence.take_before(span.at, words.within)
    return span.first, span.last


def _spans(sentence: Sentence, words: Vocabulary, today: date) -> list[Span]:
    """Find all that names days, longest phrases first, and take it."""
    found, at = [], 0
    while at < len(sentence.words):
        span = _span_at(sentence, words, (at, today))
        if span is not None:
            sentence.take(at, span.length)
            found.append(span)
        at += span.length if span else 1
    return found


def _span_at(sentence: Sentence, words: Vocabulary, where: tuple[int, date]) -> Span | None:
    at, today = where
    for length in range(LONGEST_PHRASE, 0, -1):
        phrase = sentence.plain(at, length)
        days = read_span(phrase, words, today) if phrase else None
        if days and phrase and (length > 1 or not _may_be_other(sentence, words, at)):
            return Span(at, length, *days)
    return None


def _may_be_other(sentence: Sentence, words: Vocabulary, at: int) -> bool:
    word = sentence.words[at].plain
    if word not in words.months or len(word) > SHORT_MONTH or at == len(sentence.words) - 1:
        return False
    known = words.within | words.since | words.until | words.before | words.after | words.to
    return at == 0 or sentence.words[at - 1].plain not in known


def _linked(sentence: Sentence, words: Vocabulary, first: Span, second: Span) -> bool:
    """Tell whether two spans are the ends of one: nothing but “to” or “and” stands between them."""
    end = first.at + first.length
    between = range(end, second.at)
    linked = len(between) > 0 and all(
        sentence.words[at].plain in words.to | words.within | words.until for at in between
    )
    if linked:
        sentence.take(end, len(between))
    return linked


def _year_back(day: date, last: date) -> date:
    moved = day.replace(year=last.year, day=min(day.day, 28))
    return moved if moved <= last else moved.replace(year=moved.year - 1)
