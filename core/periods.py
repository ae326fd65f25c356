"""Period: a week, a month or a year; read from what people type, written for their language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from babel.core import Locale
from babel.dates import format_interval, format_skeleton

FIRST_YEAR, LAST_YEAR = 1990, 2199


class PeriodKind(StrEnum):
    """How long a period is; weeks are those of ISO 8601, Monday to Sunday."""

    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True)
class Period:
    """One calendar week, month or year, named by its first day."""

    kind: PeriodKind
    first: date

    @property
    def last(self) -> date:
        """Return the last day that belongs to it."""
        return self.shifted(1).first - timedelta(days=1)

    @property
    def key(self) -> str:
        """Return its short name, which `read_period` reads back: `2026-W41`, `2026-10`, `2026`."""
        if self.kind is PeriodKind.WEEK:
            year, week, _ = self.first.isocalendar()
            return f"{year}-W{week:02d}"
        return f"{self.first:%Y-%m}" if self.kind is PeriodKind.MONTH else f"{self.first:%Y}"

    def shifted(self, steps: int) -> Period:
        """Return the period of the same kind that many steps later (negative: earlier)."""
        if self.kind is PeriodKind.WEEK:
            return Period(self.kind, self.first + timedelta(weeks=steps))
        if self.kind is PeriodKind.YEAR:
            return Period(self.kind, self.first.replace(year=self.first.year + steps))
        months = self.first.year * 12 + self.first.month - 1 + steps
        return Period(self.kind, date(months // 12, months % 12 + 1, 1))

    def __contains__(self, day: date) -> bool:
        """Say whether the day belongs to it."""
        return self.first <= day <= self.last

    def written(self, locale: str) -> str:
        """Return its name for people: `October 2026`, `2026`, `Oct 5 – 11, 2026`."""
        if self.kind is PeriodKind.YEAR:
            return f"{self.first.year}"
        if self.kind is PeriodKind.MONTH:
            return format_skeleton("yMMMM", self.first, locale=locale)
        return format_interval(self.first, self.last, "yMMMd", locale=locale)


def period_of(kind: PeriodKind, day: date) -> Period:
    """Return the period of that kind which `day` belongs to."""
    if kind is PeriodKind.WEEK:
        return Period(kind, day - timedelta(days=day.weekday()))
    return Period(kind, day.replace(day=1) if kind is PeriodKind.MONTH else day.replace(month=1, day=1))


def read_period(text: str, today: date, locale: str = "en") -> Period | None:
    """Return the period that `text` names, this month for none, or None when it names none.

    Understood: `week`, `last month`, `this year`, `2026-10`, `10/2026`, `2026-W41`, `2026`, `October`,
    `oct 2026` and the month names of `locale`; years from 1990 to 2199.
    """
    words = " ".join(text[:80].casefold().split())
    return _by_kind(words, today) or numbered_period(words) or _by_month_name(words, today, locale)


def _by_kind(words: str, today: date) -> Period | None:
    found = re.fullmatch(r"(?:(this|last|previous) )?(week|month|year)", words or "month")
    if not found:
        return None
    period = period_of(PeriodKind(found[2]), today)
    return period if found[1] in (None, "this") else period.shifted(-1)


def numbered_period(words: str) -> Period | None:
    """Return the period that numbers name (`2026-10`, `10/2026`, `2026-w41`, `2026`), or None."""
    if found := re.fullmatch(r"([0-9]{4})", words):
        return _month(int(found[1]), 1, PeriodKind.YEAR)
    if found := re.fullmatch(r"([0-9]{4})[-/. ]([0-9]{1,2})", words):
        return _month(int(found[1]), int(found[2]))
    if found := re.fullmatch(r"([0-9]{1,2})[-/. ]([0-9]{4})", words):
        return _month(int(found[2]), int(found[1]))
    if found := re.fullmatch(r"([0-9]{4})[- ]?[wW]([0-9]{1,2})", words):
        return _week(int(found[1]), int(found[2]))
    return None


def _month(year: int, month: int, kind: PeriodKind = PeriodKind.MONTH) -> Period | None:
    fits = FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12
    return Period(kind, date(year, month, 1)) if fits else None


def _week(year: int, week: int) -> Period | None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    # 28 December is always in the last ISO week of its year.
    weeks = date(year, 12, 28).isocalendar().week
    return Period(PeriodKind.WEEK, date.fromisocalendar(year, week, 1)) if 1 <= week <= weeks else None


def _by_month_name(words: str, today: date, locale: str) -> Period | None:
    found = re.fullmatch(r"(?:([0-9]{4}) )?([^0-9]+?)(?:[ ,]+([0-9]{4}))?", words)
    month = found and _month_names(locale).get(found[2].strip(" ."))
    if not found or not month:
        return None
    if year := found[1] or found[3]:
        return _month(int(year), month)
    # A month without a year is the latest one that has begun.
    return _month(today.year if month <= today.month else today.year - 1, month)


def _month_names(locale: str) -> dict[str, int]:
    return {
        name.casefold().strip(" ."): number
        for language in ("en", locale)
        for context in Locale.parse(language).months.values()
        for width in ("wide", "abbreviated")
        for number, name in context[width].items()
    }
