"""The bookkeeper that also reads: what a photo shows, extracted, checked and saved."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from uuid import UUID

from core.accounts import Account
from core.bookkeeper import Bookkeeper
from core.cloud import Cloud
from core.departures import Departures, LedgerTrip, Trip
from core.errors import Unusable
from core.home_currency import LATEST, likely_currency, other_currencies
from core.joining import joined
from core.photo_parts import part_of, source_of
from core.ports import Extractor, Filed, Hints, Reader, State
from core.receipt import Reading, Receipt
from core.road import Road
from core.rules import placed


@dataclass(frozen=True)
class ReadingBookkeeper(Bookkeeper):
    """The whole road of one photo; only workers have what it needs for that."""

    reader: Reader
    extractor: Extractor
    cloud: Cloud | None = None
    departures: Departures | None = None

    async def read(self, account: Account, receipt: UUID) -> Filed | None:
        """Read, extract, check and save one waiting receipt; one that is read already is returned as it is.

        A photo that cannot be used is saved with the sentence that says why; one of an album is set aside until the
        album is arranged, and checked anew then. None when there is no such receipt. Raises Unavailable.
        """
        filed = await self.ledger.find(account.id, receipt)
        if filed is not None and filed.state is State.READ and filed.is_part:
            return await self._save(filed, None)
        if filed is None or filed.state is not State.WAITING:
            return filed
        reading: Reading | None = None
        try:
            reading = await self._reading(filed)
            found = await placed(await self._extracted(account, filed, reading), account, self.rules)
            filed = replace(filed, state=_ended(filed, State.READ), receipt=found)
        except Unusable as error:
            filed = replace(filed, state=_ended(filed, State.UNUSABLE), problem=error.sentence)
        return await self._save(filed, reading)

    @property
    def road(self) -> Road:
        """Return the way of every photo: here, and elsewhere too where there are keys."""
        return Road(self.reader, self.extractor, self.cloud)

    def _trip(self, filed: Filed) -> Trip | None:
        return LedgerTrip(self.departures, filed.account, filed.id) if self.departures else None

    async def _reading(self, filed: Filed) -> Reading:
        """Return what the photo shows, or for a receipt in several photos what was read from all of them."""
        if not filed.joins:
            photo = await self.photos.fetch(filed.photo)
            return await self.road.read(photo, self._trip(filed), part_of(filed.source))
        readings = [reading for _, reading in await self._parts(filed)]
        return await asyncio.to_thread(joined, readings)

    async def _extracted(self, account: Account, filed: Filed, reading: Reading) -> Receipt:
        """Return the receipt that a reading shows."""
        parts = [part for part, _ in await self._parts(filed)] if filed.joins else [filed]

        async def fetch(which: int) -> bytes:
            return await self.photos.fetch(parts[which].photo)

        newest, _ = await self.ledger.newest(account.id, LATEST, 0)
        hints = Hints(
            today=filed.sent_on,
            language=account.language,
            home_currency=likely_currency(account, newest),
            categories=tuple(account.offered),
            other_currencies=other_currencies(newest),
        )
        return await self.road.extract(reading, hints, fetch, self._trip(filed))

    async def _parts(self, filed: Filed) -> list[tuple[Filed, Reading]]:
        """Return the receipts of the single photos that a receipt joins, as far as they were read."""
        found = []
        for receipt in filed.joins:
            part = await self.ledger.find(filed.account, receipt)
            reading = await self.ledger.reading(filed.account, receipt)
            if part is not None and reading is not None:
                found.append((part, reading))
        return found

    async def beside(self, filed: Filed) -> tuple[str, ...]:
        """Return the sources of the other receipts in a photo, told by its first one; they may not be opened yet."""
        if filed.joins or part_of(filed.source):
            return ()
        reading = await self.ledger.reading(filed.account, filed.id)
        return tuple(source_of(filed.source, at + 1) for at in range(len(reading.beside) if reading else 0))

    async def open_beside(self, filed: Filed, source: str) -> None:
        """Open the waiting receipt of another receipt in the same photo, and enqueue its reading, once."""
        await self.intake.open(filed.account, filed.photo, source, filed.sent_on)

    async def give_up(self, account: Account, receipt: UUID, problem: str) -> Filed | None:
        """Save a waiting receipt as one that could not be read, with the sentence that says why."""
        filed = await self.ledger.find(account.id, receipt)
        if filed is None or filed.state is not State.WAITING:
            return filed
        return await self._save(replace(filed, state=_ended(filed, State.UNUSABLE), problem=problem), None)


def _ended(filed: Filed, state: State) -> State:
    """Return where a receipt stands after its reading: whether an album's photo is one by itself is settled later."""
    return State.SET_ASIDE if filed.is_part else state
