"""A month over time: what was spent up to each of its days against the month before, and week by week."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Protocol
from uuid import UUID

from core.periods import Period, PeriodKind, period_of
from core.ports import DaySum, Filed

WEEKS = 8


class Largest(Protocol):
    """Finds the receipts that weigh most."""

    async def largest(self, account: UUID, since: date, until: date, limit: int) -> list[Filed]:
        """Return so many read receipts of each currency, largest first; `since` and `until` both count."""
        ...


@dataclass(frozen=True)
class Running:
    """What had been spent by the end of each day: of a month up to its last or today, and of all the month before."""

    now: tuple[Decimal, ...]
    before: tuple[Decimal, ...]


@dataclass(frozen=True)
class Week:
    """What was spent from a Monday to a Sunday."""

    period: Period
    total: Decimal


def running(days: Sequence[DaySum], month: Period, currency: str | None, today: date) -> Running:
    """Return the running totals of a month and of the one before, in one currency."""
    totals = _by_day(days, currency)
    before = month.shifted(-1)
    return Running(_added(totals, month.first, min(month.last, today)), _added(totals, before.first, before.last))


def weeks(days: Sequence[DaySum], last: date, currency: str | None, count: int = WEEKS) -> tuple[Week, ...]:
    """Return so many weeks in one currency, oldest first; the last is the one with the day `last`."""
    totals = _by_day(days, currency)
    final = period_of(PeriodKind.WEEK, last)
    found = []
    for steps in range(1 - count, 1):
        week = final.shifted(steps)
        spent = (totals[week.first + timedelta(days=day)] for day in range(7))
        found.append(Week(week, sum(spent, Decimal(0))))
    return tuple(found)


def first_needed(month: Period, last: date) -> date:
    """Return the first day whose sums `running` and `weeks` ask for."""
    return min(month.shifted(-1).first, period_of(PeriodKind.WEEK, last).shifted(1 - WEEKS).first)


def _by_day(days: Sequence[DaySum], currency: str | None) -> defaultdict[date, Decimal]:
    totals: defaultdict[date, Decimal] = defaultdict(Decimal)
    for day in days:
        if day.currency == currency:
            totals[day.day] += day.total
    return totals


def _added(totals: defaultdict[date, Decimal], first: date, last: date) -> tuple[Decimal, ...]:
    """Return the sum by the end of each day from `first` to `last`; none when `last` is before."""
    found, total = [], Decimal(0)
    for step in range((last - first).days + 1):
        total += totals[first + timedelta(days=step)]
        found.append(total)
    return tuple(found)
