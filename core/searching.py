"""What receipts are searched for, and what is found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

from core.ports import Filed

MOST_COUNTED = 1000
"""So many receipts found are counted one by one; beyond that it is said that there are more."""


@dataclass(frozen=True)
class Wanted:
    """What receipts are searched for; None: whatever it is. `since` and `until` both count.

    `text` stands in the merchant, the items or anywhere in print: all its words, the last of which may be a word's
    beginning. `doubted` says whether a doubt is still open.
    """

    text: str | None = None
    since: date | None = None
    until: date | None = None
    category: str | None = None
    currency: str | None = None
    doubted: bool | None = None
    limit: int = 10
    offset: int = 0


@dataclass(frozen=True)
class Found:
    """The receipts on a page of what was found, and how many there are: exactly, or `more_than` so many."""

    receipts: list[Filed]
    count: int
    more_than: bool = False


class Search(Protocol):
    """Finds read receipts of an account."""

    async def search(self, account: UUID, wanted: Wanted) -> Found:
        """Return the receipts that have all that is wanted, latest `counted_on` first."""
        ...
