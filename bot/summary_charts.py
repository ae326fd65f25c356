"""What the picture of a summary shows: its first currency over time and by category."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from babel.dates import format_date

from bot import sentences
from bot.charts import Bar, Chart
from bot.summaries import comparison, largest
from core.insights import Summary
from core.money import Money
from core.periods import PeriodKind
from core.ports import DaySum


def chart_of(summary: Summary, days: Sequence[DaySum], today: date, locale: str) -> Chart:
    """Return what the picture of a summary shows: its first currency. `summary` has at least one spending."""
    locale = _drawable(locale)
    spending = summary.spendings[0]
    spent = [day for day in days if day.currency == spending.currency]
    yearly = summary.period.kind is PeriodKind.YEAR
    bars = [
        Bar(name.capitalize(), float(total), Money(total, spending.currency).written(locale))
        for name, total in largest(spending.categories)
    ]
    return Chart(
        title=summary.period.written(locale),
        total=Money(spending.total, spending.currency).written(locale),
        note=comparison(summary, spending, locale)[0],
        columns_title=sentences.BY_MONTH if yearly else sentences.BY_DAY,
        columns=tuple(_columns(summary, spent, locale)),
        bars_title=sentences.BY_CATEGORY,
        bars=tuple(bars),
        now=_place_of(summary, today) if today in summary.period else None,
    )


def _columns(summary: Summary, days: Sequence[DaySum], locale: str) -> list[Bar]:
    """Return a column for each day of a week or month, or for each month of a year."""
    period = summary.period
    count = 12 if period.kind is PeriodKind.YEAR else (period.last - period.first).days + 1
    totals = [Decimal(0)] * count
    for day in days:
        totals[_place_of(summary, day.day)] += day.total
    currency = summary.spendings[0].currency
    return [
        Bar(_column_label(summary, place, locale), float(total), Money(total, currency).written(locale))
        for place, total in enumerate(totals)
    ]


def _place_of(summary: Summary, day: date) -> int:
    return day.month - 1 if summary.period.kind is PeriodKind.YEAR else (day - summary.period.first).days


def _column_label(summary: Summary, place: int, locale: str) -> str:
    period = summary.period
    if period.kind is PeriodKind.YEAR:
        return format_date(date(period.first.year, place + 1, 1), "LLL", locale=locale)
    if period.kind is PeriodKind.WEEK:
        return format_date(period.first + timedelta(days=place), "ccc", locale=locale)
    return str(place + 1) if place == 0 or (place + 1) % 5 == 0 else ""


def _drawable(locale: str) -> str:
    """Return the locale, or `en` when the chart's font lacks its letters (or cannot join and turn them)."""
    sample = format_date(date(2026, 10, 3), "EEEE d MMMM", locale=locale)
    return locale if all(ord(letter) < 0x530 for letter in sample) else "en"
