"""What `snapspend read --cloud` needs of the cloud: rests for one run, and a line for each thing that leaves."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from core.departures import Departure, Return
from core.sent_words import leaving_line


@dataclass
class RestsOfRun:
    """Which services are not to be asked, as long as the command runs."""

    known: dict[tuple[str, str], datetime] = field(default_factory=dict)

    async def until(self, service: str, model: str = "") -> datetime | None:
        """Return until when it is not to be asked."""
        return self.known.get((service, model))

    async def rest(self, service: str, model: str, until: datetime) -> None:
        """Remember it; a later time stays."""
        self.known[service, model] = max(until, self.known.get((service, model), until))


@dataclass
class ToldTrip:
    """Says on standard error what leaves this machine, before it does."""

    notes: int = 0

    async def leaves(self, departure: Departure) -> UUID:
        """Say it."""
        sys.stderr.write(f"→ {leaving_line(departure)}\n")
        self.notes += 1
        return UUID(int=self.notes)

    async def returned(self, note: UUID, what: Return) -> None:
        """Say nothing more: the receipt tells who read it."""
