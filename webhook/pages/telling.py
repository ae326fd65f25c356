"""What the charts of a month say, in a sentence each; amounts and days as the account's language writes them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from core.insights import Spending, Summary, change
from core.locales import written_day, written_percent
from core.money import Money
from core.months import Week

LEAST_CHANGE = Decimal("0.005")
MOST_PERCENT = Decimal(2)
"""Above three times as much, percent say nothing: the difference is told instead."""


def month_sentence(summary: Summary, spending: Spending, locale: str) -> str:
    """Return how a month's spending compares with the month before, up to the same day while it is under way."""
    name = summary.period.shifted(-1).written(locale)
    if spending.before is None:
        return f"Nothing was spent in {name}, so there is nothing to compare with."
    whole = _money(spending.before, spending, locale)
    if summary.same_day is None:
        return f"{_compared(spending, spending.before, locale)} in {name} ({whole})."
    day = written_day(summary.same_day, locale, year=False)
    if spending.before_by_now is None:
        return f"Up to {day} nothing was spent; in all of {name} it was {whole}."
    by_now = _money(spending.before_by_now, spending, locale)
    compared = _compared(spending, spending.before_by_now, locale)
    return f"{compared} up to {day} ({by_now}). In all of {name} it was {whole}."


def weeks_sentence(weeks: Sequence[Week], spending: Spending, locale: str) -> str:
    """Return how the last of the weeks stands against the average of those before."""
    *before, last = weeks
    monday = written_day(last.period.first, locale, year=False)
    now = f"In the week of {monday} you spent {_money(last.total, spending, locale)}"
    if not before or not any(week.total for week in before):
        return f"{now}."
    average = sum((week.total for week in before), Decimal(0)) / len(before)
    return f"{now}; in the {len(before)} weeks before it was {_money(average, spending, locale)} a week."


def categories_sentence(spending: Spending, locale: str) -> str:
    """Return what most of the money went to."""
    if not spending.categories or spending.categories[0].total <= 0:
        return ""
    first = spending.categories[0]
    part = f", {written_percent(first.total / spending.total, locale)} of it all" if spending.total > 0 else ""
    return f"Most went to {first.name}: {_money(first.total, spending, locale)}{part}."


def merchants_sentence(spending: Spending, locale: str) -> str:
    """Return where most of the money went."""
    if not spending.merchants or spending.merchants[0].total <= 0:
        return ""
    first = spending.merchants[0]
    receipts = "one receipt" if first.receipts == 1 else f"{first.receipts} receipts"
    count = len(spending.merchants)
    among = f"You bought at {count} merchants. " if count > 1 else ""
    name, amount = first.name or "merchants without a name", _money(first.total, spending, locale)
    return f"{among}Most went to {name}: {amount}, {receipts}."


def _compared(spending: Spending, before: Decimal, locale: str) -> str:
    found = change(spending.total, before)
    if found is not None and abs(found) < LEAST_CHANGE:
        return "As much as"
    word = "more" if spending.total > before else "less"
    if found is None or abs(found) > MOST_PERCENT:
        return f"{_money(abs(spending.total - before), spending, locale)} {word} than"
    return f"{written_percent(abs(found), locale)} {word} than"


def _money(amount: Decimal, spending: Spending, locale: str) -> str:
    return Money(amount, spending.currency).written(locale)
