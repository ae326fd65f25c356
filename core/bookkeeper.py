"""Bookkeeper: keep a photo, read it, extract its figures, check them, save the receipt."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar
from uuid import UUID

from core.accounts import Account
from core.checks import Context, check
from core.corrections import corrected
from core.errors import Unusable
from core.joining import joined
from core.ports import Extractor, Filed, Hints, Intake, Ledger, Photos, Reader, State
from core.receipt import Doubt, DoubtKind, Reading, Receipt

Item = TypeVar("Item")


@dataclass(frozen=True)
class Bookkeeper:
    """The road of one photo, the same for the chat and the pages; `today` tells the day."""

    photos: Photos
    intake: Intake
    ledger: Ledger
    reader: Reader
    extractor: Extractor
    today: Callable[[], date]

    async def keep(self, account: Account, photo: bytes, source: str, sent_on: date) -> UUID:
        """Keep the photo, open a waiting receipt and enqueue its reading; the same `source` gives the same receipt."""
        key = await self.photos.keep(account.id, photo)
        return await self.intake.open(account.id, key, source, sent_on)

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

    async def settle(self, account: Account, receipt: UUID, doubt: int, choice: int | None) -> Filed | None:
        """Answer the doubt at index `doubt` with its choice at index `choice`, or None for "it is right as it is".

        Returns the receipt checked anew, or None when there is no such receipt, doubt or choice any more.
        """
        filed = await self.ledger.find(account.id, receipt)
        if filed is None or filed.state is not State.READ or filed.receipt is None:
            return None
        asked = _at(filed.receipt.doubts, doubt)
        value = _at(asked.choices, choice) if asked is not None and choice is not None else None
        if asked is None or (choice is not None and value is None):
            return None
        if asked.kind is DoubtKind.DUPLICATE and value is not None:
            return await self._move(filed, State.DELETED)
        return await self._save(_answered(filed, asked, value), None)

    async def correct(self, account: Account, receipt: UUID, field: str, value: str) -> Filed | None:
        """Put the person's `value` (written as in `Doubt.choices`) into one field of a read receipt.

        Returns the receipt checked anew, or None when there is no such receipt. Raises Unusable for a wrong value.
        """
        filed = await self.ledger.find(account.id, receipt)
        if filed is None or filed.state is not State.READ or filed.receipt is None:
            return None
        return await self._save(replace(filed, receipt=corrected(filed.receipt, field, value)), None)

    async def delete(self, account: Account, receipt: UUID) -> Filed | None:
        """Take a receipt out of the ledger (it can be restored); None when there is none."""
        filed = await self.ledger.find(account.id, receipt)
        return await self._move(filed, State.DELETED) if filed and filed.state is State.READ else None

    async def restore(self, account: Account, receipt: UUID) -> Filed | None:
        """Put a deleted receipt back; None when there is none."""
        filed = await self.ledger.find(account.id, receipt)
        return await self._move(filed, State.READ) if filed and filed.state is State.DELETED else None

    async def _move(self, filed: Filed, state: State) -> Filed:
        moved = replace(filed, state=state)
        await self.ledger.save(moved, None)
        return moved

    async def _save(self, filed: Filed, reading: Reading | None) -> Filed:
        """Save the receipt with the doubts that are open about it."""
        if filed.receipt is not None:
            known = reading or await self.ledger.reading(filed.account, filed.id) or Reading()
            alike = await self.ledger.alike(filed)
            doubts = check(filed.receipt, known, Context(today=self.today(), alike=tuple(alike)))
            still_open = tuple(doubt for doubt in doubts if doubt.kind not in filed.settled)
            filed = replace(filed, receipt=filed.receipt.model_copy(update={"doubts": still_open}))
        await self.ledger.save(filed, reading)
        return filed


def _ended(filed: Filed, state: State) -> State:
    """Return where a receipt stands after its reading: whether an album's photo is one by itself is settled later."""
    return State.SET_ASIDE if filed.is_part else state


def _hints(account: Account, filed: Filed) -> Hints:
    return Hints(today=filed.sent_on, language=account.language, home_currency=account.home_currency)


def _at(values: tuple[Item, ...], index: int) -> Item | None:
    return values[index] if 0 <= index < len(values) else None


def _answered(filed: Filed, asked: Doubt, value: str | None) -> Filed:
    """Return the receipt with a doubt's answer in it, and the doubt settled for good."""
    receipt = filed.receipt or Receipt()
    if value is not None:
        receipt = corrected(receipt, asked.field, value)
    return replace(filed, receipt=receipt, settled=(*filed.settled, asked.kind))
