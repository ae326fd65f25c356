"""Road: a photo's way from its bytes to a receipt, read here and, with keys, elsewhere too; the same for everybody."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from core.cloud import LOCAL, Cloud, Fetch, Missed, is_whole
from core.comparing import compared
from core.departures import Trip
from core.errors import NotAReceipt, NoText, SnapSpendError, Unavailable
from core.ports import Extractor, Hints, Reader
from core.receipt import Line, Reading, Receipt
from core.several import apart

PDF_TEXT = "PDF text"
"""The reader's name for pages that brought their own text: nobody reads them better."""


@dataclass(frozen=True)
class Road:
    """The local reader and extractor, and the cloud's where it has keys."""

    reader: Reader
    extractor: Extractor
    cloud: Cloud | None = None

    async def read(self, photo: bytes, trip: Trip | None, part: int = 0) -> Reading:
        """Return the lines of every page with their places, and beside them what the cloud's reader saw.

        Of a picture that shows several receipts it is the one of this number, and no cloud is asked: what it saw could
        be of any of them. Raises Unusable, or Unavailable when nobody who was to read it could.
        """
        cloud = self.cloud
        if cloud is None or cloud.reader is None or trip is None or part:
            return await self._here(photo, part)
        try:
            reading = await self._here(photo, part)
        except (NoText, Unavailable) as error:
            return await _unseen(cloud, photo, trip, error)
        if cloud.order.readers[0] == LOCAL or reading.reader == PDF_TEXT or reading.beside:
            return reading
        return await _read_too(cloud, photo, reading, trip)

    async def extract(self, reading: Reading, hints: Hints, fetch: Fetch, trip: Trip | None) -> Receipt:
        """Return what was printed, with evidence in the reading's lines, who read it, and who was missed.

        What the cloud finds is held against what is found here. Raises NotAReceipt or Unavailable.
        """
        ours = await self._of_lines(reading, hints)
        seen = await self._of_lines(_second(reading), hints) if is_whole(reading) else None
        theirs, missed = await self._theirs(ours, reading, hints, (fetch, trip))
        if isinstance(ours, NotAReceipt) and not isinstance(seen, Receipt) and theirs is None:
            raise ours
        second = theirs or (seen if isinstance(seen, Receipt) else None)
        found = ours if isinstance(ours, Receipt) else Receipt()
        if second is not None:
            found = await asyncio.to_thread(compared, found, second, reading)
        read_by = self._read_by(reading, theirs is not None)
        return found.model_copy(update={"read_by": read_by, "missed": (*reading.missed, *missed)})

    async def _here(self, photo: bytes, part: int) -> Reading:
        """Return what this machine reads of a picture's receipt of this number. Raises NoText without such a one."""
        reading = await self.reader.read(photo)
        found = (reading,) if reading.reader == PDF_TEXT else await asyncio.to_thread(apart, reading)
        if part >= len(found):
            raise NoText
        return found[part]

    def _read_by(self, reading: Reading, is_extracted: bool) -> tuple[str, ...]:
        """Return who read it: the cloud's extractor, its reader, and this machine unless it could not."""
        extractor = self.cloud.extractor if self.cloud else None
        reader = self.cloud.reader if self.cloud else None
        alone = reader is not None and reading.reader == reader.service
        names = (
            extractor.service if extractor and is_extracted else "",
            reading.second_reader if reading.second else "",
            reading.reader if alone else LOCAL,
        )
        return tuple(name for name in names if name)

    async def _of_lines(self, reading: Reading, hints: Hints) -> Receipt | NotAReceipt:
        try:
            return await self.extractor.extract(reading, hints)
        except NotAReceipt as error:
            return error

    async def _theirs(
        self, ours: Receipt | NotAReceipt, reading: Reading, hints: Hints, way: tuple[Fetch, Trip | None]
    ) -> tuple[Receipt | None, tuple[str, ...]]:
        """Return what the cloud's extractor finds, or why it found nothing. Raises Unavailable when only it is to."""
        fetch, trip = way
        cloud = self.cloud
        first = cloud.order.extractors[0] if cloud else LOCAL
        if cloud is None or trip is None or reading.beside or (first == LOCAL and isinstance(ours, Receipt)):
            return None, ()
        try:
            return await cloud.extracted(reading, hints, fetch, trip), ()
        except Missed as missed:
            if LOCAL not in cloud.order.extractors:
                raise Unavailable(str(missed)) from missed
            return None, (str(missed),)


async def _read_too(cloud: Cloud, photo: bytes, reading: Reading, trip: Trip) -> Reading:
    """Put what the cloud's reader saw beside a reading. Raises Unavailable when only that is to read."""
    try:
        lines = await cloud.text_of(photo, reading, trip)
    except Missed as missed:
        if LOCAL not in cloud.order.readers:
            raise Unavailable(str(missed)) from missed
        return reading.model_copy(update={"missed": (str(missed),)})
    service = cloud.reader.service if cloud.reader else ""
    return reading.model_copy(update={"second": lines, "second_reader": service if lines else ""})


async def _unseen(cloud: Cloud, photo: bytes, trip: Trip, error: SnapSpendError) -> Reading:
    """Let the cloud alone read what could not be read here; with masking on it is never sent what nobody has masked."""
    if cloud.order.masks:
        raise error
    try:
        lines = await cloud.text_of(photo, Reading(), trip)
    except Missed as missed:
        raise error from missed
    if not lines or cloud.reader is None:
        raise error
    return Reading(lines=tuple(Line(text=text) for text in lines), reader=cloud.reader.service)


def _second(reading: Reading) -> Reading:
    """Return what the second reader saw as a reading of its own, without places."""
    return Reading(lines=tuple(Line(text=text) for text in reading.second), reader=reading.second_reader)
