"""Which photo a receipt's page is of: a receipt in several photos has the pages of all."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from core.ports import Filed, Ledger
from core.receipt import Reading


@dataclass(frozen=True)
class Source:
    """Where a page's picture comes from: a photo's key, its page from 1, and by how many degrees it is turned."""

    key: str
    number: int
    turn: int

    @property
    def tag(self) -> str:
        """Return what the picture is known by to browsers."""
        return sha256(f"{self.key} {self.number} {self.turn}".encode()).hexdigest()[:20]


async def parts_of(ledger: Ledger, filed: Filed) -> list[Filed]:
    """Return the receipts of the single photos that a receipt joins, or itself."""
    parts = [await ledger.find(filed.account, part) for part in filed.joins]
    return [part for part in parts if part is not None] or [filed]


async def source_of(ledger: Ledger, filed: Filed, number: int) -> Source | None:
    """Return where the picture of page `number` (from 1) of a receipt comes from; None when there is none."""
    reading = await ledger.reading(filed.account, filed.id) or Reading()
    turn = reading.turned[number - 1] if number <= len(reading.turned) else 0
    if not filed.joins:
        return Source(filed.photo, number, turn)
    photos = reading.photos or tuple(range(len(filed.joins)))
    if number > len(photos):
        return None
    parts = await parts_of(ledger, filed)
    read = [part for part in parts if await ledger.reading(filed.account, part.id) is not None] or parts
    which = photos[number - 1]
    return Source(read[which].photo, photos[:number].count(which), turn) if which < len(read) else None
