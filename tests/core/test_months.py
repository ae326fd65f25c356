"""A month over time: running totals and weeks, a currency at a time."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from core.months import first_needed, running, weeks
from core.periods import Period, PeriodKind
from core.ports import DaySum

OCTOBER = Period(PeriodKind.MONTH, date(2026, 10, 1))


def _day(day: str, total: str, currency: str | None = "EUR") -> DaySum:
    return DaySum(date.fromisoformat(day), currency, Decimal(total))


def test_running_totals_end_today_and_the_month_before_is_whole() -> None:
    """What is still to come is not drawn as nothing spent."""
    found = running([_day("2026-10-02", "5"), _day("2026-09-30", "7")], OCTOBER, "EUR", date(2026, 10, 3))
    assert found.now == (Decimal(0), Decimal(5), Decimal(5))
    assert (len(found.before), found.before[-2:]) == (30, (Decimal(0), Decimal(7)))


def test_running_totals_are_of_one_currency() -> None:
    """Dollars are no euros, and no currency is neither."""
    days = [_day("2026-10-01", "5", "USD"), _day("2026-10-01", "2", None), _day("2026-10-01", "1")]
    assert running(days, OCTOBER, "EUR", date(2026, 10, 1)).now == (Decimal(1),)


def test_a_month_that_has_not_begun_has_no_running_total() -> None:
    """Nothing is drawn for it."""
    assert running([], OCTOBER, "EUR", date(2026, 9, 20)).now == ()


def test_weeks_begin_on_monday_and_the_last_is_the_one_asked_for() -> None:
    """October 18, 2026 is a Sunday and ends its week."""
    found = weeks(
        [_day("2026-10-12", "3"), _day("2026-10-18", "4"), _day("2026-10-19", "9")], date(2026, 10, 18), "EUR", 2
    )
    assert [(one.period.key, one.total) for one in found] == [("2026-W41", Decimal(0)), ("2026-W42", Decimal(7))]


def test_the_days_that_are_asked_for_reach_back_far_enough() -> None:
    """To the month before, or to the first of eight weeks, whichever is earlier."""
    assert first_needed(OCTOBER, date(2026, 10, 18)) == date(2026, 8, 24)
    assert first_needed(OCTOBER, date(2026, 10, 31)) == date(2026, 9, 1)
