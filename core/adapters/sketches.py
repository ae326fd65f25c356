"""ProcessSketches: draws on pages of photos in processes that end with the drawing: no photo is opened here."""

from __future__ import annotations

import asyncio
from asyncio.subprocess import Process
from collections.abc import Sequence

from pydantic import TypeAdapter

from core.adapters.drawing_process import end, finish, start
from core.drawings import Drawing
from core.errors import Unavailable, Unusable

AT_ONCE, MOST_WAITING = 2, 40
SECONDS = 20
PROGRAM = ("core.adapters.sketch_child",)
HEADER: TypeAdapter[Drawing | list[int]] = TypeAdapter(Drawing | list[int])
"""The line before the photo: a drawing, or for pictures that go beside each other how many bytes each has."""


class ProcessSketches:
    """Implements core.drawings.Sketches with Pillow: two at once, in bounded time and memory.

    With `spare`, a process for the next drawing is started ahead: to start it takes longer than to draw.
    """

    def __init__(self, seconds: float = SECONDS, spare: bool = False) -> None:
        """Take how long a drawing may take; `close` ends what was started ahead."""
        self._seconds = seconds
        self._free = asyncio.Semaphore(AT_ONCE)
        self._asked = 0
        self._ahead = 1 if spare else 0
        self._spare: list[Process] = []

    async def warm(self) -> None:
        """Start a process for the next drawing, where that is wanted."""
        while len(self._spare) < self._ahead:
            self._spare.append(await start(PROGRAM))

    async def close(self) -> None:
        """End the process that waits for a drawing."""
        self._ahead = 0
        while self._spare:
            await end(self._spare.pop())

    async def draw(self, photo: bytes, drawing: Drawing) -> bytes:
        """Return the drawing as JPEG, without any data of the photo beside its pixels.

        Raises Unusable (TooSlow among it) when it cannot be drawn, Unavailable when too many are asked for.
        """
        return await self._drawn(drawing, photo)

    async def side_by_side(self, first: bytes, second: bytes) -> bytes:
        """Return two JPEGs, marked A and B, as one: wide ones below each other. Raises as `draw` does."""
        return await self._drawn([len(first), len(second)], first, second)

    async def _drawn(self, header: Drawing | Sequence[int], *pictures: bytes) -> bytes:
        if self._asked >= AT_ONCE + MOST_WAITING:
            raise Unavailable("too many drawings are asked for at once")
        self._asked += 1
        try:
            async with self._free:
                line = HEADER.dump_json(header if isinstance(header, Drawing) else list(header))
                given = b"".join((line, b"\n", *pictures))
                process = self._spare.pop() if self._spare else await start(PROGRAM)
                code, drawn = await finish(process, given, self._seconds)
            await self.warm()
        finally:
            self._asked -= 1
        if code or not drawn:
            raise Unusable(f"the drawing cannot be made: code {code}")
        return drawn
