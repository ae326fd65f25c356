"""The calendar day of a moment, where somebody lives."""

from __future__ import annotations

from datetime import UTC, date, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


def day_of(moment: datetime, time_zone: str | None) -> date:
    """Return the calendar day of a moment in a time zone (UTC while that is not known)."""
    return moment.astimezone(zone_of(time_zone)).date()


def zone_of(time_zone: str | None) -> tzinfo:
    """Return a time zone by its name, UTC for one that is none."""
    try:
        return ZoneInfo(time_zone) if time_zone else UTC
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC
