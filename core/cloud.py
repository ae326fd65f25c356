"""Cloud: what other services read of a photo, after it was masked, within a few seconds, and noted before it leaves."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from core.departures import Outing, Purpose, Trip
from core.disguise import disguised
from core.drawings import Drawing, Sketches
from core.errors import Misconfigured, SnapSpendError, Unavailable, Unusable
from core.masking import Masking, mask, mask_text
from core.model import Busy, NoGoodAnswer, NotSubscribed, OutOfQuota, Rests
from core.ports import Hints
from core.receipt import Reading, Receipt

log = logging.getLogger(__name__)
T = TypeVar("T")

LOCAL = "local"
FOR_READING = 0.4
"""The part of the seconds that may go to reading, when what was read is to be understood elsewhere too."""
REST = timedelta(seconds=30)
"""A service that does not answer is left alone so long: else each photo in a row would wait for it."""
DRAWING_SECONDS = 1.5
"""Pictures that take longer to fetch and draw stay here; the service is not to blame for it."""
MOST_PAGES = 4
MOST_TEXT = 20_000
LEAST_SEEN = 0.6
"""A second reader that saw less than this part of what was read here missed something."""

Fetch = Callable[[int], Awaitable[bytes]]
"""Gives a photo (from 0) of a receipt in several."""


class TextReader(Protocol):
    """Reads the text of a JPEG, without places."""

    @property
    def service(self) -> str:
        """Return the service's name."""
        ...

    async def read_text(self, picture: bytes, outing: Outing) -> tuple[str, ...]:
        """Return the printed lines. Raises Unavailable or Misconfigured."""
        ...


class CloudExtractor(Protocol):
    """Turns printed text and JPEGs of it into a receipt, without evidence."""

    @property
    def service(self) -> str:
        """Return the service's name."""
        ...

    async def extract(self, text: str, pictures: tuple[bytes, ...], hints: Hints, outing: Outing) -> Receipt:
        """Return what was printed, as the service says. Raises Unavailable or Misconfigured."""
        ...


class Missed(SnapSpendError):
    """{why}"""

    def __init__(self, why: str) -> None:
        """Take who did not read it and why, in a few words."""
        super().__init__(why, why=why)


@dataclass(frozen=True)
class Order:
    """Who is asked, best first, whether what leaves is masked, and how many seconds a photo waits for all of it."""

    readers: tuple[str, ...] = (LOCAL,)
    extractors: tuple[str, ...] = (LOCAL,)
    masks: bool = True
    seconds: float = 10.0


@dataclass(frozen=True)
class Cloud:
    """The services that have a key. Each may be away: then it is missed, and left alone for a while."""

    order: Order
    sketches: Sketches
    rests: Rests
    clock: Callable[[], datetime]
    reader: TextReader | None = None
    extractor: CloudExtractor | None = None

    async def text_of(self, photo: bytes, reading: Reading, trip: Trip) -> tuple[str, ...]:
        """Return the lines that the cloud's reader sees in the photo that `reading` is of. Raises Missed."""
        reader = self.reader
        if reader is None:
            return ()

        async def read() -> tuple[str, ...]:
            outing = Outing(trip, Purpose.READING, seconds, masking.counts)
            return tuple([line for picture in pictures for line in await reader.read_text(picture, outing)])

        seconds = self.order.seconds * (FOR_READING if self.extractor else 1.0)
        await self._check_rest(reader.service)
        masking = await self._masked(reading)
        pictures = await self._pictures(masking, reading, _always(photo))
        if not pictures:
            raise Missed(f"{reader.service} was not asked, for no picture could be masked and drawn")
        return await self._asked(reader.service, seconds, read)

    async def extracted(self, reading: Reading, hints: Hints, fetch: Fetch, trip: Trip) -> Receipt | None:
        """Return what the cloud's extractor finds in a reading and its photos; None without one. Raises Missed."""
        extractor = self.extractor
        if extractor is None:
            return None

        async def extract() -> Receipt:
            outing = Outing(trip, Purpose.EXTRACTING, seconds, masking.counts)
            return await extractor.extract(_text(masking.reading), pictures, self._sent(hints), outing)

        seconds = self.order.seconds * (1 - FOR_READING if self.reader else 1.0)
        await self._check_rest(extractor.service)
        masking = await self._masked(reading)
        pictures = await self._pictures(masking, reading, fetch)
        return await self._asked(extractor.service, seconds, extract)

    def _sent(self, hints: Hints) -> Hints:
        """Return the hints without categories that a person named like what is masked."""
        if not self.order.masks:
            return hints
        return replace(hints, categories=tuple(one for one in hints.categories if not mask_text(one)[1]))

    async def _masked(self, reading: Reading) -> Masking:
        if not self.order.masks:
            return Masking(reading)
        return await asyncio.to_thread(mask, reading)

    async def _pictures(self, masking: Masking, reading: Reading, fetch: Fetch) -> tuple[bytes, ...]:
        """Return the pages as JPEG, painted over where something is masked; none of a page where that is not known."""
        drawings = disguised(masking, reading, MOST_PAGES) if reading.pages else (Drawing(),)
        shown = [(page, drawing) for page, drawing in enumerate(drawings) if page not in masking.unplaced]
        try:
            async with asyncio.timeout(DRAWING_SECONDS):
                drawn = (self._drawn(page, drawing, reading, fetch) for page, drawing in shown)
                return tuple(await asyncio.gather(*drawn))
        except (Unusable, Unavailable, TimeoutError):  # the text alone may do, and the service is not to blame
            return ()

    async def _drawn(self, page: int, drawing: Drawing, reading: Reading, fetch: Fetch) -> bytes:
        """Draw a page (from 0) of a reading, whichever photo it is of."""
        photos = reading.photos[: page + 1]
        which = photos[page] if page < len(photos) else 0
        number = photos.count(which) if photos else drawing.page
        return await self.sketches.draw(await fetch(which), replace(drawing, page=number))

    async def _check_rest(self, service: str) -> None:
        """Raise Missed while a service rests."""
        until = await self.rests.until(service)
        if until is not None and until > self.clock():
            raise Missed(f"{service} was not asked, for it was away or over its quota a while ago")

    async def _asked(self, service: str, seconds: float, ask: Callable[[], Awaitable[T]]) -> T:
        """Ask a service. Raises Missed, which says why there is no answer."""
        try:
            async with asyncio.timeout(seconds):
                return await ask()
        except Exception as error:
            log.warning("%s was to read and did not: %s", service, type(error).__name__)
            if not isinstance(error, OutOfQuota | NoGoodAnswer):
                await self.rests.rest(service, "", self.clock() + REST)
            raise Missed(f"{service} {_why(error)}") from error


def _why(error: Exception) -> str:
    match error:
        case OutOfQuota():
            return "is over its quota"
        case Busy():
            return "is too busy"
        case NoGoodAnswer():
            return "gave no answer that can be used"
        case NotSubscribed():
            return "wants a subscription first"
        case Misconfigured():
            return "does not accept the key"
    return "did not answer"


def is_whole(reading: Reading) -> bool:
    """Return whether the second reader's text can stand for a reading: of one photo, and nearly as much of it.

    Of photos that overlap it would have lines twice, and of many pages only the first.
    """
    seen = sum(sign.isalnum() for text in reading.second for sign in text)
    here = sum(sign.isalnum() for line in reading.lines for sign in line.text)
    return not reading.photos and len(reading.pages) <= MOST_PAGES and seen >= LEAST_SEEN * here and seen > 0


def _text(reading: Reading) -> str:
    """Return the text that is best read."""
    return ("\n".join(reading.second) if is_whole(reading) else reading.text)[:MOST_TEXT]


def _always(photo: bytes) -> Fetch:
    async def fetch(_: int) -> bytes:
        return photo

    return fetch
