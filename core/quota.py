"""How many photos an account may send in a day: asked before anything is downloaded or read."""

from __future__ import annotations

import math
from asyncio import Lock
from collections.abc import AsyncIterator, MutableMapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from uuid import UUID
from weakref import WeakValueDictionary

from core.errors import NotAllowed


class QuotaReached(NotAllowed):
    """You sent {photos} within 24 hours, which is all I take. You can send the next one in {wait}."""


class Counted(Protocol):
    """Counts an account's photos."""

    async def full_until(self, account: UUID, most: int) -> datetime | None:
        """Return when the account may send again, or None while it sent fewer than `most` photos in 24 hours."""
        ...


@dataclass(frozen=True)
class Quota:
    """At most `photos` an account in any 24 hours."""

    counted: Counted
    photos: int
    _turns: MutableMapping[UUID, Lock] = field(
        default_factory=WeakValueDictionary, init=False, repr=False, compare=False
    )

    @asynccontextmanager
    async def room(self, account: UUID, now: datetime) -> AsyncIterator[None]:
        """Lend the room for one photo while it is kept. Raises QuotaReached when there is none.

        In one process an account's photos are kept one after the other, each checked after the one before it was
        counted. Processes do not wait for each other: at most one photo too many is kept for every further process.
        """
        turn = self._turns.setdefault(account, Lock())
        async with turn:
            await self.check(account, now)
            yield

    async def check(self, account: UUID, now: datetime) -> None:
        """Raise QuotaReached when the account may not send another photo yet: asked before its bytes are taken."""
        again = await self.counted.full_until(account, self.photos)
        if again is not None:
            raise QuotaReached(photos=_counted(self.photos, "photo"), wait=_written((again - now).total_seconds()))


def _written(seconds: float) -> str:
    """Return a wait in words, rounded up: `1 minute`, `40 minutes`, `3 hours`."""
    minutes = max(1, math.ceil(seconds / 60))
    return _counted(minutes, "minute") if minutes < 60 else _counted(math.ceil(minutes / 60), "hour")


def _counted(count: int, unit: str) -> str:
    return f"{count} {unit}{'' if count == 1 else 's'}"
