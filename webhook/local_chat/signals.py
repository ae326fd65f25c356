"""Wakes everything in this process that waits for a change in the database."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field


@dataclass
class Signals:
    """Who waits for a change; `closing` tells them to stop."""

    listeners: set[asyncio.Event] = field(default_factory=set)
    closing: bool = False

    @contextmanager
    def listener(self) -> Iterator[asyncio.Event]:
        """Lend an event that is set at every change; clear it before looking, wait after."""
        event = asyncio.Event()
        self.listeners.add(event)
        try:
            yield event
        finally:
            self.listeners.discard(event)

    def wake(self) -> None:
        """Wake everybody."""
        for event in self.listeners:
            event.set()

    def close(self) -> None:
        """Wake everybody for the last time."""
        self.closing = True
        self.wake()


async def wait_for(event: asyncio.Event, seconds: float) -> None:
    """Wait until the event is set or the seconds are over."""
    with suppress(TimeoutError):  # not asyncio.wait_for, which on Python 3.11 can swallow a cancellation
        async with asyncio.timeout(max(seconds, 0)):
            await event.wait()
