"""A reader of RapidAPI at its stand-in, with what it noted, and a time that passes at once."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

from PIL import Image

from core.adapters.rapidapi_reader import RapidApiReader
from core.departures import Outing, Purpose
from tests.cloud.memory import MemoryRests, MemoryTrip
from tests.cloud.rapidapi import RapidApi

_WRITTEN = BytesIO()
Image.new("RGB", (60, 90), "white").save(_WRITTEN, "JPEG")
PICTURE = _WRITTEN.getvalue()
MASKED = {"card number": 1}


@dataclass
class FastTime:
    """A time that goes on by itself, and jumps ahead for who sleeps."""

    began: datetime = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)
    slept: list[float] = field(default_factory=list)

    def now(self) -> datetime:
        """Return the moment, which moves on only by sleeping."""
        return self.began + timedelta(seconds=sum(self.slept))

    def clock(self) -> float:
        """Return seconds that never go back."""
        return time.monotonic() + sum(self.slept)

    async def sleep(self, seconds: float) -> None:
        """Be awake again at once."""
        self.slept.append(seconds)


@dataclass
class Desk:
    """A reader at a stand-in, and what it noted."""

    api: RapidApi
    time: FastTime = field(default_factory=FastTime)
    rests: MemoryRests = field(default_factory=MemoryRests)
    trip: MemoryTrip = field(default_factory=MemoryTrip)

    def reader(self, **given: Any) -> RapidApiReader:
        """Return a reader with the right key, or with what is given."""
        facts: dict[str, Any] = {
            "key": self.api.key,
            "host": self.api.host,
            "path": "/ocr",
            "rests": self.rests,
        } | given
        return RapidApiReader(**facts, now=self.time.now, clock=self.time.clock, sleep=self.time.sleep)

    async def read(self, picture: bytes = PICTURE, seconds: float = 10.0, **given: Any) -> tuple[str, ...]:
        """Read a picture."""
        outing = Outing(self.trip, Purpose.READING, seconds, MASKED)
        return await self.reader(**given).read_text(picture, outing)

    @property
    def outcomes(self) -> list[str]:
        """Return what came of each call."""
        return [str(departure.outcome) for departure in self.trip.left]

    @property
    def rest(self) -> float | None:
        """Return how many seconds from now the service rests, or None."""
        until = self.rests.known.get(("RapidAPI", ""))
        return (until - self.time.now()).total_seconds() if until else None
