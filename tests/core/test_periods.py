"""Periods: read from what people type, and counted on and back."""

from __future__ import annotations

from datetime import date

import pytest

from core.periods import Period, PeriodKind, period_of, read_period

TODAY = date(2026, 10, 18)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", "2026-10"),
        ("month", "2026-10"),
        ("LAST  month", "2026-09"),
        ("week", "2026-W42"),
        ("previous week", "2026-W41"),
        ("this year", "2026"),
        ("last year", "2025"),
        ("2026-10", "2026-10"),
        ("2026/3", "2026-03"),
        ("10.2026", "2026-10"),
        ("2026", "2026"),
        ("2026-W53", "2026-W53"),
        ("October", "2026-10"),
        ("nov", "2025-11"),
        ("Jan, 2024", "2024-01"),
        ("2025 may", "2025-05"),
    ],
)
def test_a_period_is_read_as_people_type_it(text: str, key: str) -> None:
    """A month without a year is the latest that has begun."""
    period = read_period(text, TODAY)
    assert period is not None
    assert period.key == key


@pytest.mark.parametrize(
    "text",
    ["x", "2026-13", "2026-00", "0000", "1989", "2200", "2025-W53", "2026-W00", "13/2026", "2026-10-03", "week 2"],
)
def test_what_is_no_period_is_none(text: str) -> None:
    """Nothing is guessed."""
    assert read_period(text, TODAY) is None


@pytest.mark.parametrize("text", ["٢٠٢٦", "²⁰²⁶", "oct oct", "\x00", "," * 5000, "9" * 5000], ids=range(6))
def test_hostile_text_is_no_period(text: str) -> None:
    """Whatever is typed, nothing is raised."""
    assert read_period(text, TODAY) is None


@pytest.mark.parametrize(("text", "locale"), [("Oktober", "de"), ("octobre", "fr"), ("октябрь", "ru"), ("okt.", "de")])
def test_months_are_known_in_the_readers_language(text: str, locale: str) -> None:
    """Beside the English names."""
    assert read_period(text, TODAY, locale) == read_period("2026-10", TODAY)


@pytest.mark.parametrize("kind", PeriodKind)
def test_the_period_before_ends_the_day_before(kind: PeriodKind) -> None:
    """No day between them is lost or counted twice, over eight years."""
    period = period_of(kind, TODAY)
    for _ in range(100):
        before = period.shifted(-1)
        assert (period.first - before.last).days == 1
        assert before.shifted(1) == period
        period = before


@pytest.mark.parametrize("kind", PeriodKind)
def test_a_key_is_read_back(kind: PeriodKind) -> None:
    """Buttons carry it."""
    period = period_of(kind, date(2027, 1, 1))
    assert read_period(period.key, TODAY) == period


def test_the_week_at_the_turn_of_the_year_belongs_to_the_year_of_its_thursday() -> None:
    """ISO 8601: 1 January 2027 is a Friday of 2026's week 53."""
    assert period_of(PeriodKind.WEEK, date(2027, 1, 1)).key == "2026-W53"


def test_a_leap_february_has_29_days() -> None:
    """And the one a year before 28."""
    february = Period(PeriodKind.MONTH, date(2028, 2, 1))
    assert (february.last.day, february.shifted(-12).last.day) == (29, 28)


@pytest.mark.parametrize(
    ("locale", "written"), [("en", "October 2026"), ("de", "Oktober 2026"), ("es", "octubre de 2026")]
)
def test_a_month_is_written_for_the_reader(locale: str, written: str) -> None:
    """By CLDR, through Babel."""
    assert Period(PeriodKind.MONTH, date(2026, 10, 1)).written(locale) == written
