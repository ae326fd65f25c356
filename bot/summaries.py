"""A summary as people see it in the chat; HTML."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from babel.numbers import get_currency_precision

from bot import sentences
from bot.columns import clean, columns
from bot.sentences import fill
from core.insights import Share, Spending, Summary, change
from core.locales import written_bare, written_day, written_percent
from core.money import Money

MOST_SHARES = 6
MOST_TABLES = 3
MOST_CURRENCIES = 20


def summary_text(summary: Summary, locale: str) -> str:
    """Return the summary as HTML, at most 4096 characters: totals, what was before, shares."""
    period = summary.period.written(locale)
    if not summary.spendings:
        return fill(sentences.NOTHING_SPENT, period=period) + _only_before(summary, locale)
    title = sentences.SUMMARY_SO_FAR if summary.same_day else sentences.SUMMARY_TITLE
    parts = [fill(title, period=period)]
    for place, spending in enumerate(summary.spendings[:MOST_CURRENCIES]):
        parts.append("\n".join([_headline(spending, locale), *comparison(summary, spending, locale)]))
        if place < MOST_TABLES:
            parts += _tables(spending, locale)
    return "\n\n".join(parts)


def comparison(summary: Summary, spending: Spending, locale: str) -> list[str]:
    """Return how a currency's spending compares with the period before, a line each."""
    period = summary.period.shifted(-1).written(locale)
    if spending.before is None:
        return [fill(sentences.NOTHING_IN, period=period)]
    before = Money(spending.before, spending.currency).written(locale)
    if summary.same_day is None:
        found = change(spending.total, spending.before)
        words = (sentences.MORE_THAN, sentences.LESS_THAN, sentences.SAME_AS)
        return [_compared(found, words, locale, period=period, amount=before)]
    day = written_day(summary.same_day, locale, year=False)
    whole = fill(sentences.ALL_OF, period=period, amount=before)
    if spending.before_by_now is None:
        return [fill(sentences.NOTHING_BY, day=day), whole]
    by_now = Money(spending.before_by_now, spending.currency).written(locale)
    words = (sentences.MORE_BY, sentences.LESS_BY, sentences.SAME_BY)
    return [
        _compared(change(spending.total, spending.before_by_now), words, locale, day=day, amount=by_now),
        whole,
    ]


def _compared(found: Decimal | None, words: tuple[str, str, str], locale: str, **facts: object) -> str:
    """Choose among "more", "less" and "as much"; a change below half a percent is none."""
    if found is None:
        return fill(sentences.BEFORE_WAS, **facts)
    more, less, same = words
    sentence = same if abs(found) < Decimal("0.005") else more if found > 0 else less
    return fill(sentence, percent=written_percent(abs(found), locale), **facts)


def _only_before(summary: Summary, locale: str) -> str:
    period = summary.period.shifted(-1).written(locale)
    amounts = [Money(total, currency).written(locale) for currency, total in summary.before.items()]
    return "\n" + fill(sentences.ALL_OF, period=period, amount=", ".join(amounts[:5])) if amounts else ""


def _headline(spending: Spending, locale: str) -> str:
    receipts = sentences.RECEIPTS_ONE if spending.receipts == 1 else sentences.RECEIPTS_MANY
    amount = fill("<b>{amount}</b>", amount=Money(spending.total, spending.currency).written(locale))
    facts = [amount, fill(receipts, count=spending.receipts)]
    return " · ".join([*facts, sentences.NO_CURRENCY] if spending.currency is None else facts)


def _tables(spending: Spending, locale: str) -> list[str]:
    named = ((sentences.BY_CATEGORY, spending.categories), (sentences.BY_MERCHANT, spending.merchants))
    return [f"{title}\n" + fill("<pre>{rows}</pre>", rows=_table(spending, shares, locale)) for title, shares in named]


def _table(spending: Spending, shares: Sequence[Share], locale: str) -> str:
    places = 2 if spending.currency is None else get_currency_precision(spending.currency)
    return "\n".join(
        columns(
            [
                (name, written_bare(total, places, locale), _part(total, spending.total, locale))
                for name, total in largest(shares)
            ]
        )
    )


def largest(shares: Sequence[Share]) -> list[tuple[str, Decimal]]:
    """Return the largest shares by name, and the others (if two or more) as one."""
    shown = shares if len(shares) <= MOST_SHARES + 1 else shares[:MOST_SHARES]
    named = [(clean(share.name or sentences.NO_NAME, 40), share.total) for share in shown]
    others = shares[len(shown) :]
    if others:
        rest = sum((share.total for share in others), Decimal(0))
        named.append((fill(sentences.AND_OTHERS, count=len(others)), rest))
    return named


def _part(part: Decimal, whole: Decimal, locale: str) -> str:
    return written_percent(part / whole, locale) if whole > 0 and part >= 0 else ""
