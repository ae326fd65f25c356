"""Bookkeeper: keep a photo, read it, extract its figures, check them, save the receipt."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from core.accounts import Account
from core.ports import Filed


class Bookkeeper:
    """The road of one photo, the same for the chat and the pages."""

    async def keep(self, account: Account, photo: bytes, source: str, sent_on: date) -> UUID:
        """Keep the photo, open a waiting receipt and enqueue its reading; the same `source` gives the same receipt."""
        raise NotImplementedError

    async def read(self, account: Account, receipt: UUID) -> Filed:
        """Read, extract, check and save one waiting receipt. Raises Unavailable; Unusable is saved as `problem`."""
        raise NotImplementedError

    async def settle(self, account: Account, receipt: UUID, doubt: int, choice: int | None) -> Filed | None:
        """Answer the doubt at index `doubt` with its choice at index `choice`, or None for "it is right as it is".

        Returns the receipt checked anew, or None when there is no such receipt, doubt or choice any more.
        """
        raise NotImplementedError

    async def delete(self, account: Account, receipt: UUID) -> Filed | None:
        """Take a receipt out of the ledger (it can be restored); None when there is none."""
        raise NotImplementedError

    async def restore(self, account: Account, receipt: UUID) -> Filed | None:
        """Put a deleted receipt back; None when there is none."""
        raise NotImplementedError
