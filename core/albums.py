"""Albums: photos that were sent together, and which of them show one receipt."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from core.accounts import Account
from core.chains import chains, is_whole
from core.errors import Unavailable
from core.ports import Filed, Ledger, Photos, State
from core.receipt import Reading
from core.removal import BeingRemoved

MOST_TRIES = 5

Group = tuple[Filed, ...]
"""Receipts of single photos, in their order, that are to count as one receipt."""


class Choice(StrEnum):
    """What a person says that an album is."""

    ONE = "one"
    SEPARATE = "separate"


@dataclass(frozen=True)
class Part:
    """One photo of an album as it arrives: its album, its place in it, its own source, and the caption it bears."""

    album: str
    place: int
    source: str
    caption: str | None = None


@dataclass(frozen=True)
class Album:
    """An album as gathered so far: its parts in order, what the person said, and whether parts have ceased to come."""

    source: str
    parts: tuple[Filed, ...]
    chosen: Choice | None
    quiet: bool


class Albums(Protocol):
    """Where albums are gathered."""

    async def gather(self, account: UUID, photo: str, part: Part, sent_on: date) -> UUID:
        """Open the part's waiting receipt and enqueue its reading, once; the album is settled a while after."""
        ...

    async def find(self, account: UUID, source: str) -> Album | None:
        """Return an album of the account, or None."""
        ...

    async def arrange(self, album: Album, groups: Sequence[Group], chosen: Choice | None) -> bool:
        """Let each group count as one receipt, and have what changed shown; what counts already stays as it is.

        With `chosen` that is remembered, and all is shown anew. False, and nothing done, when the album is not
        any more as it was found.
        """
        ...


@dataclass(frozen=True)
class Arranger:
    """Says which photos of an album are one receipt: by the readings, until the person says it."""

    albums: Albums
    ledger: Ledger
    photos: Photos

    async def keep(self, account: Account, photo: bytes, part: Part, sent_on: date) -> UUID:
        """Keep a photo of an album and have it read; the same source gives the same receipt. Raises BeingRemoved."""
        key = await self.photos.keep(account.id, photo)
        try:
            return await self.albums.gather(account.id, key, part, sent_on)
        except BeingRemoved:
            await self.photos.remove([key])
            raise

    async def settle(self, account: Account, source: str) -> bool:
        """Let count what is read and certain of an album; False while further photos may come."""
        for _ in range(MOST_TRIES):
            album = await self.albums.find(account.id, source)
            if album is not None and not album.quiet:
                return False
            if album is None or await self.albums.arrange(album, await self._groups(album, album.chosen), None):
                return True
        raise Unavailable("the album changes all the time")

    async def choose(self, account: Account, source: str, choice: Choice) -> None:
        """Let the album be what the person says; photos still to be read follow that."""
        for _ in range(MOST_TRIES):
            album = await self.albums.find(account.id, source)
            if album is None or await self.albums.arrange(album, await self._groups(album, choice), choice):
                return
        raise Unavailable("the album changes all the time")

    async def _groups(self, album: Album, chosen: Choice | None) -> list[Group]:
        parts = [part for part in album.parts if part.state is not State.DELETED]
        read = [part for part in parts if part.state is not State.WAITING]
        if chosen is Choice.SEPARATE:
            return [(part,) for part in read]
        if chosen is Choice.ONE:
            return [tuple(parts)] if parts and read == parts else []
        found = {part.id: await self.ledger.reading(part.account, part.id) for part in read}
        return await asyncio.to_thread(groups, parts, found)


def groups(parts: Sequence[Filed], readings: Mapping[UUID, Reading | None]) -> list[Group]:
    """Return which photos show one receipt, as far as that is certain; a photo without a key is not read yet.

    A receipt that lacks nothing is certain as soon as the photos that were sent before and after are read; others are
    when all are. The same photo again belongs to the first.
    """
    firsts = [part for at, part in enumerate(parts) if part.photo not in {before.photo for before in parts[:at]}]
    again = {part.photo: [other for other in parts if other.photo == part.photo] for part in firsts}
    read = [at for at, part in enumerate(firsts) if part.id in readings]
    shown = [readings[firsts[at].id] or Reading() for at in read]
    certain = []
    for chain in chains(shown):
        places = [read[at] for at in chain]
        beside = {place + step for place in places for step in (-1, 1)} & set(range(len(firsts)))
        open_ = len(read) < len(firsts) and not (beside <= set(read) and is_whole(shown[at] for at in chain))
        chosen = {other.id for place in places for other in again[firsts[place].photo]}
        if not open_ and chosen <= readings.keys():
            certain.append(tuple(part for part in parts if part.id in chosen))
    return certain
