"""The day of a moment depends on where somebody lives."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from core.days import day_of

LATE = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "day"),
    [("Europe/Berlin", 25), ("America/New_York", 24), (None, 24), ("Nowhere/Land", 24), ("../etc/passwd", 24)],
)
def test_the_day_is_that_of_the_time_zone(zone: str | None, day: int) -> None:
    """Half past eleven in UTC is tomorrow in Berlin; a zone that is none is UTC."""
    assert day_of(LATE, zone) == date(2026, 11, day)
