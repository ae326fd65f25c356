"""Departures that are counted for Prometheus: calls by their outcome, tokens, and what they cost."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from bot.metrics import Metrics
from core.departures import Departure, Departures, Return, Sent

MOST_UNDER_WAY = 1000
"""Calls that are remembered until they are over; those that a crash cut off are forgotten, the oldest first."""


@dataclass(frozen=True)
class MeteredDepartures:
    """Implements the port Departures over another, and counts what comes back."""

    departures: Departures
    metrics: Metrics
    _under_way: OrderedDict[UUID, tuple[str, str]] = field(default_factory=OrderedDict)

    async def note(self, account: UUID, receipt: UUID | None, departure: Departure) -> UUID:
        """Keep one before it leaves and return its id. Raises Unavailable."""
        note = await self.departures.note(account, receipt, departure)
        self._under_way[note] = (departure.service, departure.model or "")
        while len(self._under_way) > MOST_UNDER_WAY:
            self._under_way.popitem(last=False)
        return note

    async def returned(self, account: UUID, note: UUID, what: Return) -> None:
        """Count and keep what came of one, counted also when it cannot be kept. Raises Unavailable."""
        service, model = self._under_way.pop(note, ("unknown", ""))
        self.metrics.cloud_calls.labels(service, str(what.outcome)).inc()
        for way, tokens in (("in", what.tokens_in), ("out", what.tokens_out)):
            if tokens is not None:
                self.metrics.cloud_tokens.labels(service, model, way).inc(tokens)
        if what.cost_usd is not None:
            self.metrics.cloud_cost.labels(service, model).inc(float(what.cost_usd))
        await self.departures.returned(account, note, what)

    async def of_receipt(self, account: UUID, receipts: Sequence[UUID]) -> list[Departure]:
        """Return what left for these receipts, first sent first."""
        return await self.departures.of_receipt(account, receipts)

    async def sent(self, account: UUID) -> list[Sent]:
        """Return what left of an account in all, a service each."""
        return await self.departures.sent(account)
