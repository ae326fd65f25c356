"""Parts of the cloud that remember: rests, trips, drawings and services that answer as they are told; no network."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from io import BytesIO
from uuid import UUID

from PIL import Image

from bot.read_cloud import RestsOfRun as MemoryRests
from core.departures import Departure, Outing, Return
from core.drawings import Drawing
from core.ports import Hints
from core.receipt import Reading, Receipt

__all__ = [
    "MemoryRests",
    "MemorySketches",
    "MemoryTrip",
    "ToldExtractor",
    "ToldLocal",
    "ToldReader",
]


@dataclass
class MemoryTrip:
    """What left, in a list."""

    left: list[Departure] = field(default_factory=list)

    async def leaves(self, departure: Departure) -> UUID:
        """Note it."""
        self.left.append(departure)
        return UUID(int=len(self.left))

    async def returned(self, note: UUID, what: Return) -> None:
        """Note what came of it."""
        self.left[note.int - 1] = replace(
            self.left[note.int - 1],
            outcome=what.outcome,
            tokens_in=what.tokens_in,
            tokens_out=what.tokens_out,
            cost_usd=what.cost_usd,
        )


@dataclass
class MemorySketches:
    """Draws a small blank picture and remembers what was asked for."""

    asked: list[tuple[bytes, Drawing]] = field(default_factory=list)

    async def draw(self, photo: bytes, drawing: Drawing) -> bytes:
        """Return a blank JPEG."""
        self.asked.append((photo, drawing))
        written = BytesIO()
        Image.new("RGB", (8, 8), "white").save(written, "JPEG")
        return written.getvalue()


@dataclass
class ToldReader:
    """An OCR service that says what it is told, or fails."""

    says: Sequence[str] | Exception
    service: str = "RapidAPI"
    pictures: list[bytes] = field(default_factory=list)

    async def read_text(self, picture: bytes, outing: Outing) -> tuple[str, ...]:
        """Return the lines."""
        await outing.trip.leaves(
            Departure(self.service, "ocr.example", outing.purpose, len(picture), masked=outing.masked)
        )
        self.pictures.append(picture)
        if isinstance(self.says, Exception):
            raise self.says
        return tuple(self.says)


@dataclass
class ToldExtractor:
    """A model that answers as it is told: a receipt, a failure, or silence for so many seconds."""

    says: Receipt | Exception
    seconds: float = 0.0
    service: str = "Gemini"
    texts: list[str] = field(default_factory=list)
    pictures: list[tuple[bytes, ...]] = field(default_factory=list)

    async def extract(self, text: str, pictures: tuple[bytes, ...], hints: Hints, outing: Outing) -> Receipt:
        """Return the receipt."""
        sent = sum(map(len, pictures))
        await outing.trip.leaves(
            Departure(self.service, "model.example", outing.purpose, sent, len(text), outing.masked)
        )
        self.texts.append(text)
        self.pictures.append(pictures)
        await asyncio.sleep(self.seconds)
        if isinstance(self.says, Exception):
            raise self.says
        return self.says


@dataclass
class ToldLocal:
    """The reader on this machine: one reading, or a failure."""

    says: Reading | Exception

    async def read(self, photo: bytes) -> Reading:
        """Return the reading."""
        if isinstance(self.says, Exception):
            raise self.says
        return self.says
