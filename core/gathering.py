"""Does together what is asked for while it is busy: many small writes become few."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

Item = TypeVar("Item")
Outcome = TypeVar("Outcome")


class Gathering(Generic[Item, Outcome]):
    """Gathers items until `act`, which does several at once, is free; nobody waits for company."""

    def __init__(self, act: Callable[[list[Item]], Awaitable[list[Outcome]]], most: int) -> None:
        """Take what does up to `most` items and returns an outcome for each, in their order."""
        self._act = act
        self._most = most
        self._waiting: list[tuple[Item, asyncio.Future[Outcome]]] = []
        self._acting: asyncio.Task[None] | None = None

    async def add(self, item: Item) -> Outcome:
        """Return the item's outcome once it is done. Raises what doing it, and those done with it, raised."""
        outcome: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, outcome))
        if self._acting is None:
            self._acting = asyncio.create_task(self._act_on_all())
        return await outcome

    async def _act_on_all(self) -> None:
        while self._waiting:
            taken, self._waiting = self._waiting[: self._most], self._waiting[self._most :]
            await self._act_on(taken)
        self._acting = None

    async def _act_on(self, taken: list[tuple[Item, asyncio.Future[Outcome]]]) -> None:
        try:
            outcomes = await self._act([item for item, _ in taken])
        except Exception as error:  # noqa: BLE001 - it is handed to those who wait
            for _, waiter in taken:
                if not waiter.done():
                    waiter.set_exception(error)
            return
        for (_, waiter), outcome in zip(taken, outcomes, strict=True):
            if not waiter.done():
                waiter.set_result(outcome)
