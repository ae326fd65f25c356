"""How advice and budgets look in the chat; HTML."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot import sentences
from bot.sentences import fill
from core.advice import MONTHS_BEFORE
from core.advice_facts import Facts
from core.advice_sentences import Part, budget_sentence, missing_sentences, parts_of
from core.advisor import Advice
from core.budgets import Budget, Heading
from core.locales import locale_of
from core.money import Money
from core.phrasing import paragraphs
from core.telling import Telling

MOST_LETTERS = 3600
"""So many letters of advice are shown in one message, which may have 4096."""
MOST_BUDGETS = 20


def advice_text(advice: Advice, language: str) -> str:
    """Return advice as a model put it, with a word on whose figures these are, or else in our own sentences."""
    if advice.words is not None:
        said = "\n\n".join(fill("{said}", said=paragraph) for paragraph in paragraphs(advice.words))
        return f"{sentences.ADVICE_TITLE}\n{said}\n\n{sentences.PHRASED}"
    parts = parts_of(advice.facts, Telling(locale_of(language), advice.facts.today))
    return "\n\n".join([sentences.ADVICE_TITLE, *_written([*parts, *_missing(advice.facts)])])


def budgets_text(found: Sequence[Heading], language: str, today: date) -> str:
    """Return all budgets and where they are heading, or how to set the first one."""
    if not found:
        return sentences.NO_BUDGETS
    tell = Telling(locale_of(language), today)
    rows = [fill("{said}", said=budget_sentence(one, tell)) for one in found[:MOST_BUDGETS]]
    return "\n\n".join([sentences.BUDGETS_TITLE, *rows, sentences.BUDGET_WORKS])


def budget_set(budget: Budget, found: Sequence[Heading], language: str, today: date) -> str:
    """Say that a budget is set, and where it is heading."""
    locale = locale_of(language)
    amount = Money(budget.amount, budget.currency).written(locale)
    sentence = sentences.BUDGET_SET if budget.category else sentences.BUDGET_SET_FOR_ALL
    heading = next((one for one in found if one.budget == budget), None)
    rows = [fill(sentence, amount=amount, category=budget.category)]
    if heading is not None:
        rows.append(fill("{said}", said=budget_sentence(heading, Telling(locale, today))))
    return "\n".join(rows)


def _missing(facts: Facts) -> list[Part]:
    """Return what is missing to tell more, while there is little or nothing to tell."""
    if facts.known_months >= MONTHS_BEFORE and not facts.is_empty:
        return []
    is_young = facts.known_months < MONTHS_BEFORE
    title = sentences.MORE_WILL_TELL if is_young else sentences.NOTHING_STANDS_OUT
    return [Part(title, tuple(missing_sentences(facts)))]


def _written(parts: Sequence[Part]) -> list[str]:
    """Return the parts as HTML, as many sentences of them as a message takes."""
    found, left = [], MOST_LETTERS
    for part in parts:
        rows = [fill("<b>{title}</b>", title=part.title)]
        for sentence in part.sentences:
            left -= len(sentence.encode("utf-16-le")) // 2 + 2
            if left > 0:
                rows.append(fill("{said}", said=sentence))
        if len(rows) > 1:
            found.append("\n".join(rows))
    return found if left > 0 else [*found, sentences.ADVICE_GOES_ON]
