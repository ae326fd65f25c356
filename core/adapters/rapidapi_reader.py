"""Reads pictures with an OCR service on RapidAPI, within its limits and ours; it tells no boxes."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import ClassVar

from core.adapters.own_thread import in_own_thread
from core.adapters.rapidapi_answers import SERVICE, NoSuchApi, Refused, fault_of, lines_of, quota_seconds
from core.adapters.rapidapi_call import NoReply, Offer, post
from core.departures import Departure, Outcome, Outing, Return
from core.errors import SnapSpendError
from core.model import Busy, KeyRefused, OutOfQuota, Rests
from core.shrinking import shrunk

MOST_PICTURE = 1_000_000
"""Bytes of a picture that are sent. The service documents no limit; a megabyte is what the strictest of its kind take,
a page as we draw it rarely has as much, and a slow line sends it in the time that there is."""

_PAUSES = (0.5, 1.0)
"""Seconds between the tries when the service names none."""
_LEAST = 0.3
"""Seconds in which no service answers: with less time left, the picture would leave for nothing."""


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass
class RapidApiReader:
    """Asks the API at `path` of a host, or of an address of one's own that begins with http:// or https://."""

    key: str = field(repr=False)
    host: str
    path: str
    rests: Rests
    now: Callable[[], datetime] = _utc_now
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep

    service: ClassVar[str] = SERVICE

    def __post_init__(self) -> None:
        """Take the scheme off the host."""
        scheme, _, self.host = self.host.rpartition("://")
        self._offer = Offer(f"{scheme or 'https'}://{self.host}{self.path}", self.host, self.key)

    async def read_text(self, picture: bytes, outing: Outing) -> tuple[str, ...]:
        """Return the printed lines of a masked JPEG, from top to bottom, within the outing's seconds.

        Every try is noted before it leaves. Raises KeyRefused or NotSubscribed (the owner must act), OutOfQuota, Busy
        (429 and 5xx, after three tries or when the wait is too long), or another Unavailable.
        """
        over = self.clock() + outing.seconds
        until = await self.rests.until(SERVICE)
        if until is not None and until > self.now():
            raise OutOfQuota(f"{SERVICE}: rests")
        sent = await asyncio.to_thread(shrunk, picture, MOST_PICTURE)
        for pause in _PAUSES:
            try:
                return await self._ask(sent, outing, over)
            except (Busy, NoReply) as fault:
                await self._wait(fault, pause, over)
        return await self._ask_last(sent, outing, over)

    async def _ask_last(self, picture: bytes, outing: Outing, over: float) -> tuple[str, ...]:
        """Ask once more; a wait that the service asks for now is for those who come later."""
        try:
            return await self._ask(picture, outing, over)
        except Busy as fault:
            await self._rest(fault.seconds)
            raise

    async def _wait(self, fault: Busy | NoReply, pause: float, over: float) -> None:
        """Wait as the service asks, or for the pause; raise the fault again when that leaves no time for a try."""
        told = fault.seconds if isinstance(fault, Busy) else 0.0
        wait = told or pause
        if self.clock() + wait > over - _LEAST:
            await self._rest(told)
            raise fault
        await self.sleep(wait)

    async def _rest(self, seconds: float) -> None:
        """Let nobody ask for so many seconds."""
        if seconds:
            await self.rests.rest(SERVICE, "", self.now() + timedelta(seconds=seconds))

    async def _ask(self, picture: bytes, outing: Outing, over: float) -> tuple[str, ...]:
        """Ask once, and note what left and what came of it."""
        if over - self.clock() < _LEAST:
            raise NoReply(f"{SERVICE}: no time left")
        leaving = Departure(SERVICE, self.host, outing.purpose, picture_bytes=len(picture), masked=outing.masked)
        note = await outing.trip.leaves(leaving)
        came = Outcome.NO_ANSWER
        try:
            lines = await self._lines(picture, max(_LEAST, over - self.clock()))
            came = Outcome.ANSWERED
        except SnapSpendError as fault:
            refused = isinstance(fault, KeyRefused | OutOfQuota | Refused | NoSuchApi)
            came = Outcome.REFUSED if refused else Outcome.NO_ANSWER
            raise
        finally:
            await outing.trip.returned(note, Return(came))
        return lines

    async def _lines(self, picture: bytes, seconds: float) -> tuple[str, ...]:
        """Send the picture and return the lines that come back."""
        try:
            # The thread may take longer (for a name, or for headers that trickle in), but nobody waits for it then.
            async with asyncio.timeout(seconds):
                reply = await in_own_thread(post, self._offer, picture, seconds)
        except TimeoutError:
            raise NoReply(f"{SERVICE}: no answer in time") from None
        fault = fault_of(reply, self.now())
        if isinstance(fault, OutOfQuota):
            await self._rest(quota_seconds(reply.headers, self.now()))
        if fault is not None:
            raise fault
        return await asyncio.to_thread(lines_of, reply)
