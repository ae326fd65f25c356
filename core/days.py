"""The calendar day of a moment, where somebody lives."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


def day_of(moment: datetime, time_zone: str | None) -> date:
    """Return the calendar day of a moment in a time zone (UTC while that is not known)."""
    try:
        return moment.astimezone(ZoneInfo(time_zone) if time_zone else UTC).date()
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return moment.astimezone(UTC).date()
