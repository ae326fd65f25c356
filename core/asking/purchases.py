"""What a question is answered from, beside the figures: line items, single receipts, and receipts without a total."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Protocol
from uuid import UUID

MOST_RECEIPTS = 2000
"""So many receipts are looked through for line items, the latest first."""


@dataclass(frozen=True)
class Scope:
    """Whose receipts, of which days: `since` and `until` both count."""

    account: UUID
    since: date
    until: date


@dataclass(frozen=True)
class Slip:
    """A receipt, as it is named and opened. `day` is the one it counts on: of an `undated` one, when it was sent."""

    id: UUID
    day: date
    merchant: str | None
    category: str
    currency: str | None
    total: Decimal | None
    undated: bool = False


@dataclass(frozen=True)
class Bought:
    """One line item and the receipt it stands on; `total` is None when no price was printed."""

    slip: Slip
    description: str
    quantity: Decimal | None
    total: Decimal | None


@dataclass(frozen=True)
class Untotalled:
    """How many receipts of one merchant and category have no total."""

    merchant: str | None
    category: str
    receipts: int


class Order(StrEnum):
    """Which receipts come first: by the total in each currency, or by the day."""

    LARGEST = "largest"
    SMALLEST = "smallest"
    LATEST = "latest"
    FIRST = "first"


@dataclass(frozen=True)
class Pick:
    """Which receipts, and so many: of each currency where they are ordered by total. None: of whomever, whatever.

    `merchants` are names as they were printed.
    """

    order: Order
    limit: int
    merchants: Sequence[str | None] | None = None
    categories: Sequence[str] | None = None


class Purchases(Protocol):
    """Finds line items and receipts among an account's read receipts."""

    async def items(self, scope: Scope, words: Sequence[str]) -> tuple[list[Bought], bool]:
        """Return the line items of receipts with words that begin like any of these, latest first.

        All line items of such a receipt are returned. With more than MOST_RECEIPTS of them only the latest are looked
        at, and True is returned beside.
        """
        ...

    async def untotalled(self, scope: Scope) -> list[Untotalled]:
        """Count the receipts without a total."""
        ...

    async def slips(self, scope: Scope, pick: Pick) -> list[Slip]:
        """Return receipts in an order; those that are ordered by total have one above zero."""
        ...
