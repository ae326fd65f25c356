"""A trip and rests with memory, and a clock that a test turns: for what meets services of the cloud."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID

from bot.read_cloud import RestsOfRun as MemoryRests
from core.departures import Departure, Outing, Purpose, Return
from core.errors import Unavailable

__all__ = ["NOON", "Hands", "MemoryRests", "MemoryTrip", "outing"]
NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)


@dataclass
class MemoryTrip:
    """Remembers what left and what came of it; `away` says that nothing can be noted."""

    left: list[Departure] = field(default_factory=list)
    came: dict[UUID, Return] = field(default_factory=dict)
    away: bool = False
    away_after: bool = False

    async def leaves(self, departure: Departure) -> UUID:
        """Note one, or not."""
        if self.away:
            raise Unavailable("the notes are away")
        self.left.append(departure)
        return UUID(int=len(self.left))

    async def returned(self, note: UUID, what: Return) -> None:
        """Note what came of one."""
        if self.away_after:
            raise Unavailable("the notes are away")
        self.came[note] = what

    @property
    def outcomes(self) -> list[str | None]:
        """Return what came of each departure, first one first."""
        came = [self.came.get(UUID(int=number + 1)) for number in range(len(self.left))]
        return [one.outcome.value if one else None for one in came]


@dataclass
class Hands:
    """The hands of a clock: sleeping moves them, and so may a test."""

    time: datetime = NOON
    slept: list[float] = field(default_factory=list)

    def now(self) -> datetime:
        """Return the time of day."""
        return self.time

    def seconds(self) -> float:
        """Return seconds that only go forward."""
        return (self.time - NOON).total_seconds()

    async def sleep(self, seconds: float) -> None:
        """Move the hands forward."""
        self.slept.append(seconds)
        self.time += timedelta(seconds=seconds)


def outing(trip: MemoryTrip, seconds: float = 10.0) -> Outing:
    """Return an outing for extracting, with one card number masked."""
    return Outing(trip, Purpose.EXTRACTING, seconds, {"card number": 1})
