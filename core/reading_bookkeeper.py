"""The bookkeeper that also reads: what a photo shows, extracted, checked and saved."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from uuid import UUID

from core.accounts import Account
from core.bookkeeper import Bookkeeper
from core.errors import Unusable
from core.joining import joined
from core.ports import Extractor, Filed, Hints, Reader, State
from core.receipt import Reading


@dataclass(frozen=True)
class ReadingBookkeeper(Bookkeeper):
    """The whole road of one photo; only workers have what it needs for that."""

    reader: Reader
    extractor: Extractor

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
            found = await self.extractor.extract(reading, _hints(account, filed))
            filed = replace(filed, state=_ended(filed, State.READ), receipt=found)
        except Unusable as error:
            filed = replace(filed, state=_ended(filed, State.UNUSABLE), problem=error.sentence)
        return await self._save(filed, reading)

    async def _reading(self, filed: Filed) -> Reading:
        """Return what the photo shows, or for a receipt in several photos what was read from all of them."""
        if not filed.joins:
            return await self.reader.read(await self.photos.fetch(filed.photo))
        readings = [await self.ledger.reading(filed.account, part) for part in filed.joins]
        return await asyncio.to_thread(joined, [reading for reading in readings if reading is not None])

    async def give_up(self, account: Account, receipt: UUID, problem: str) -> Filed | None:
        """Save a waiting receipt as one that could not be read, with the sentence that says why."""
        filed = await self.ledger.find(account.id, receipt)
        if filed is None or filed.state is not State.WAITING:
            return filed
        return await self._save(replace(filed, state=_ended(filed, State.UNUSABLE), problem=problem), None)


def _ended(filed: Filed, state: State) -> State:
    """Return where a receipt stands after its reading: whether an album's photo is one by itself is settled later."""
    return State.SET_ASIDE if filed.is_part else state


def _hints(account: Account, filed: Filed) -> Hints:
    return Hints(today=filed.sent_on, language=account.language, home_currency=account.home_currency)
