"""Bookkeeper: keep a photo, check what was read, let the person correct it, save the receipt."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from functools import wraps
from typing import ParamSpec, TypeVar
from uuid import UUID

from core.accounts import Account
from core.checks import Context, check
from core.corrections import confirmed, corrected, corrected_all, still_settled
from core.errors import ChangedMeanwhile
from core.ports import Filed, Intake, Ledger, Photos, State
from core.receipt import Doubt, DoubtKind, Reading, Receipt
from core.removal import BeingRemoved
from core.rules import Rules

Item = TypeVar("Item")
Given = ParamSpec("Given")
MOST_TRIES = 5


def again(act: Callable[Given, Awaitable[Item]]) -> Callable[Given, Awaitable[Item]]:
    """Let an act look at the receipt anew when it was changed elsewhere in between."""

    @wraps(act)
    async def tried(*given: Given.args, **named: Given.kwargs) -> Item:
        for _ in range(MOST_TRIES - 1):
            with suppress(ChangedMeanwhile):
                return await act(*given, **named)
        return await act(*given, **named)

    return tried


@dataclass(frozen=True)
class Bookkeeper:
    """What people do with their receipts, the same for the chat and the pages; `today` tells the day."""

    photos: Photos
    intake: Intake
    ledger: Ledger
    rules: Rules
    today: Callable[[], date]

    async def keep(self, account: Account, photo: bytes, source: str, sent_on: date) -> UUID:
        """Keep the photo, open a waiting receipt and enqueue its reading; the same `source` gives the same receipt.

        Raises BeingRemoved when the account was closed meanwhile: then the photo is not kept.
        """
        key = await self.photos.keep(account.id, photo)
        try:
            return await self.intake.open(account.id, key, source, sent_on)
        except BeingRemoved:
            await self.photos.remove([key])
            raise

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
        try:
            if asked.kind is DoubtKind.DUPLICATE and value is not None:
                return await self._move(filed, State.DELETED)
            return await self._save(_answered(filed, asked, value), None)
        except ChangedMeanwhile:  # the doubts may be others by now
            return None

    async def correct(self, account: Account, receipt: UUID, field: str, value: str) -> Filed | None:
        """Put the person's `value` (written as in `Doubt.choices`) into one field of a read receipt.

        Returns the receipt checked anew, or None when there is no such receipt. Raises Unusable for a wrong value.
        """
        return await self._change(account, receipt, lambda found: corrected(found, field, value, account.offered))

    async def correct_all(self, account: Account, receipt: UUID, changes: Mapping[str, str]) -> Filed | None:
        """Put all values of a form into a read receipt, or none of them; see `core.corrections.corrected_all`.

        Returns the receipt checked anew, or None when there is no such receipt. Raises WrongValues.
        """
        return await self._change(account, receipt, lambda found: corrected_all(found, changes, account.offered))

    @again
    async def pay(self, account: Account, receipt: UUID, day: date | None) -> Filed | None:
        """Note on which day a bill was paid, or (None) that it was not; None when there is no such receipt."""
        filed = await self.ledger.find(account.id, receipt)
        if filed is None or filed.state is not State.READ:
            return None
        paid = replace(filed, paid_on=day)
        return await self._written(paid, None)

    @again
    async def delete(self, account: Account, receipt: UUID) -> Filed | None:
        """Take a receipt, or a photo that could not be used, out of the ledger (it can be restored); None without."""
        filed = await self.ledger.find(account.id, receipt)
        there = filed is not None and filed.state in (State.READ, State.UNUSABLE)
        return await self._move(filed, State.DELETED) if filed and there else None

    @again
    async def restore(self, account: Account, receipt: UUID) -> Filed | None:
        """Put a deleted receipt back; None when there is none."""
        filed = await self.ledger.find(account.id, receipt)
        if filed is None or filed.state is not State.DELETED:
            return None
        return await self._move(filed, State.READ if filed.receipt else State.UNUSABLE)

    @again
    async def write_down(self, account: Account, receipt: UUID) -> Filed | None:
        """Let the person write what could not be read: an empty receipt beside its photo; None when there is none."""
        filed = await self.ledger.find(account.id, receipt)
        if filed is None or filed.state is not State.UNUSABLE:
            return None
        return await self._save(replace(filed, state=State.READ, receipt=Receipt(), problem=None), None)

    @again
    async def _change(self, account: Account, receipt: UUID, change: Callable[[Receipt], Receipt]) -> Filed | None:
        """Change a read receipt and save it with the doubts about what it says now; None when there is none.

        Another category is a rule for its merchant from now on.
        """
        filed = await self.ledger.find(account.id, receipt)
        if filed is None or filed.state is not State.READ or filed.receipt is None:
            return None
        after = change(filed.receipt)
        if after.merchant and after.category and after.category != filed.receipt.category:
            # First: done again after a crash, the receipt would have that category already.
            await self.rules.learn(account.id, after.merchant, after.category)
        settled = still_settled(filed.settled, filed.receipt, after)
        return await self._save(replace(filed, receipt=after, settled=settled), None)

    async def _move(self, filed: Filed, state: State) -> Filed:
        return await self._written(replace(filed, state=state), None)

    async def _save(self, filed: Filed, reading: Reading | None) -> Filed:
        """Save the receipt with the doubts that are open about it."""
        if filed.receipt is not None:
            known = reading or await self.ledger.reading(filed.account, filed.id) or Reading()
            alike = await self.ledger.alike(filed)
            doubts = check(filed.receipt, known, Context(today=self.today(), alike=tuple(alike)))
            still_open = tuple(doubt for doubt in doubts if doubt.kind not in filed.settled)
            filed = replace(filed, receipt=filed.receipt.model_copy(update={"doubts": still_open}))
        return await self._written(filed, reading)

    async def _written(self, filed: Filed, reading: Reading | None) -> Filed:
        """Save the receipt; what is returned is of no known version any more."""
        await self.ledger.save(filed, reading)
        return replace(filed, version=None)


def _at(values: tuple[Item, ...], index: int) -> Item | None:
    return values[index] if 0 <= index < len(values) else None


def _answered(filed: Filed, asked: Doubt, value: str | None) -> Filed:
    """Return the receipt with a doubt's answer in it, and the doubt settled for good.

    Of readers that differ, the answer takes away the evidence and so the doubt: to settle the kind would settle what
    they differ about in other fields as well.
    """
    receipt = filed.receipt or Receipt()
    if value is not None:
        receipt = corrected(receipt, asked.field, value)
    if asked.kind is DoubtKind.READERS_DIFFER:
        return replace(filed, receipt=confirmed(receipt, asked.field))
    return replace(filed, receipt=receipt, settled=(*filed.settled, asked.kind))
