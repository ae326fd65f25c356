"""Which service rests until when is known to all processes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from core.adapters.postgres_rests import PostgresRests
from core.adapters.wiring import Stores


def within(minutes: int) -> datetime:
    """Return a moment from now."""
    return datetime.now(UTC).replace(microsecond=0) + timedelta(minutes=minutes)


async def test_a_rest_is_known_to_other_processes(stores: Stores) -> None:
    """Of that service and that model alone."""
    until = within(5)
    await stores.rests.rest("Gemini", "flash", until)
    other = PostgresRests(stores.pool)
    assert await other.until("Gemini", "flash") == until
    assert await other.until("Gemini") is None
    assert await other.until("RapidAPI", "flash") is None


async def test_a_later_time_that_is_known_stays(stores: Stores) -> None:
    """An earlier one does not shorten it; a later one lengthens it."""
    for minutes in (60, 1):
        await stores.rests.rest("RapidAPI", "", within(minutes))
    hour = await stores.rests.until("RapidAPI")
    assert hour is not None
    assert hour > within(50)
    await stores.rests.rest("RapidAPI", "", within(90))
    longer = await stores.rests.until("RapidAPI")
    assert longer is not None
    assert longer > hour


async def test_a_rest_that_is_over_is_none(stores: Stores) -> None:
    """It may be asked now, and may rest again."""
    await stores.rests.rest("RapidAPI", "", within(-1))
    assert await stores.rests.until("RapidAPI") is None
    await stores.rests.rest("RapidAPI", "", within(1))
    assert await stores.rests.until("RapidAPI") is not None
