"""Departures: what left this machine, to whom, how much of it, and what was masked; noted before it goes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Protocol
from uuid import UUID


class Purpose(StrEnum):
    """Why something left."""

    READING = "reading"
    EXTRACTING = "extracting"
    ASKING = "asking"
    ADVISING = "advising"


class Outcome(StrEnum):
    """What came of it."""

    ANSWERED = "answered"
    NO_ANSWER = "no answer"
    REFUSED = "refused"


@dataclass(frozen=True)
class Departure:
    """One call of a service: `picture_bytes` and `text_chars` are what went out, `masked` counts what was not shown.

    `masked` has a count for each kind of `core.masking.Masked` (`{"card number": 1}`). `outcome` is None while it is
    not known (a crash may have hidden it); tokens and `cost_usd` (US dollars) are None where they are not known.
    """

    service: str
    host: str
    purpose: Purpose
    picture_bytes: int = 0
    text_chars: int = 0
    masked: Mapping[str, int] = field(default_factory=dict)
    model: str | None = None
    sent_at: datetime | None = None
    outcome: Outcome | None = None
    tokens_in: int | None = None
    tokens_out: int | None = None
    cost_usd: Decimal | None = None


@dataclass(frozen=True)
class Return:
    """What is known once a call is over."""

    outcome: Outcome
    tokens_in: int | None = None
    tokens_out: int | None = None
    cost_usd: Decimal | None = None


@dataclass(frozen=True)
class Sent:
    """What left to one service in all: calls, bytes of pictures, characters of text, and how much was masked."""

    service: str
    host: str
    calls: int
    picture_bytes: int
    text_chars: int
    masked: Mapping[str, int] = field(default_factory=dict)


class Trip(Protocol):
    """Notes what leaves for one receipt, or for one question."""

    async def leaves(self, departure: Departure) -> UUID:
        """Note what is about to leave, and return the note's id. Raises Unavailable: then nothing may leave."""
        ...

    async def returned(self, note: UUID, what: Return) -> None:
        """Note what came of it. Raises Unavailable."""
        ...


class Departures(Protocol):
    """Where departures are kept, beside the receipts that they are about."""

    async def note(self, account: UUID, receipt: UUID | None, departure: Departure) -> UUID:
        """Keep one before it leaves and return its id. Raises Unavailable."""
        ...

    async def returned(self, account: UUID, note: UUID, what: Return) -> None:
        """Keep what came of one. Raises Unavailable."""
        ...

    async def of_receipt(self, account: UUID, receipts: Sequence[UUID]) -> list[Departure]:
        """Return what left for these receipts, first sent first."""
        ...

    async def sent(self, account: UUID) -> list[Sent]:
        """Return what left of an account in all, a service each."""
        ...


@dataclass(frozen=True)
class Outing:
    """What goes along with a call: where it is noted, why it is made, what was masked, and its most seconds in all."""

    trip: Trip
    purpose: Purpose
    seconds: float
    masked: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class LedgerTrip:
    """Notes departures of one account, for one receipt or (None) for a question, beside its ledger."""

    departures: Departures
    account: UUID
    receipt: UUID | None = None

    async def leaves(self, departure: Departure) -> UUID:
        """Note what is about to leave. Raises Unavailable."""
        return await self.departures.note(self.account, self.receipt, departure)

    async def returned(self, note: UUID, what: Return) -> None:
        """Note what came of it. Raises Unavailable."""
        await self.departures.returned(self.account, note, what)
