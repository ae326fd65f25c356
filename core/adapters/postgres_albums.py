"""Albums in PostgreSQL: gathered part by part, and arranged as one receipt or as several in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from core.adapters.album_jobs import QUIET_MILLISECONDS, AlbumJobs
from core.adapters.album_rows import (
    ask_for_answers,
    bring_back,
    hand_on_message,
    open_album,
    open_joined,
    receipts_if_unchanged,
    receipts_of,
    set_aside,
    source_of,
)
from core.adapters.database import Connection, Pool, become, owned, transaction
from core.adapters.receipt_rows import open_receipt
from core.albums import Album, Choice, Group, Part
from core.ports import Filed, State


class PostgresAlbums:
    """Implements the port Albums. Whatever changes an album holds the lock on its row meanwhile."""

    def __init__(self, pool: Pool, jobs: AlbumJobs) -> None:
        """Take an open pool, and the jobs that read, settle and show."""
        self._pool = pool
        self._jobs = jobs

    async def gather(self, account: UUID, photo: str, part: Part, sent_on: date) -> UUID:
        """Open the part's waiting receipt and enqueue its reading and the album's settling, in one transaction."""
        async with transaction(self._pool) as connection:
            await open_album(connection, account, part)
            receipt, fresh = await open_receipt(
                connection, account, (photo, part.source, sent_on), (part.album, part.place)
            )
            if fresh:
                await become(connection, account)
                await connection.execute(
                    "update albums set last_part_at = clock_timestamp() where source = %s", [part.album]
                )
                await become(connection, None)
                await self._jobs.read_part(connection, receipt, account)
                await self._jobs.settle_album(connection, part.album, account)
            return receipt

    async def settle_later(self, account: UUID, source: str) -> None:
        """Enqueue the settling of an album again, for a while later."""
        async with transaction(self._pool) as connection:
            await self._jobs.settle_album(connection, source, account)

    async def find(self, account: UUID, source: str) -> Album | None:
        """Return an album of the account, or None; waits for a part that is just being added."""
        async with owned(self._pool, account) as connection:
            found = await connection.execute(
                "select chosen, clock_timestamp() - last_part_at >= %s * interval '1 millisecond' as quiet"
                " from albums where account_id = %s and source = %s for update",
                [QUIET_MILLISECONDS, account, source],
            )
            row = await found.fetchone()
            if row is None:
                return None
            parts = tuple(filed for filed in await receipts_of(connection, account, source) if not filed.joins)
        return Album(source, parts, Choice(row["chosen"]) if row["chosen"] else None, row["quiet"])

    async def arrange(self, album: Album, groups: Sequence[Group], chosen: Choice | None) -> bool:
        """Let each group count as one receipt, and enqueue that what changed is shown, in one transaction.

        What counts already stays as it is, unless `chosen` says anew what the album is. False, and nothing done,
        when parts or the person's word have come since the album was found.
        """
        if not album.parts:
            return True
        account = album.parts[0].account
        async with owned(self._pool, account) as connection:
            known = await receipts_if_unchanged(connection, account, album)
            if known is None:
                return False
            if chosen is not None:
                await connection.execute("update albums set chosen = %s where source = %s", [chosen, album.source])
            for group in groups:
                target = next((filed for filed in known if _parts(filed) == _ids(group)), None)
                if target is None or target.state is State.SET_ASIDE or chosen is not None:
                    await self._let_count(connection, album, _Change(group, target, known))
        return True

    async def _let_count(self, connection: Connection, album: Album, change: _Change) -> None:
        """Let a group count in place of whatever its photos counted as before, in the message where that stood."""
        account = change.group[0].account
        target = change.target.id if change.target else await open_joined(connection, album, change.group)
        await set_aside(connection, change.aside)
        await bring_back(connection, target)
        source = await source_of(connection, target)
        shown = [source, *(filed.source for filed in change.told)]
        hidden = [filed.source for filed in change.aside if filed.source not in shown]
        await become(connection, None)
        await hand_on_message(connection, change.before.source, source)
        await ask_for_answers(connection, shown, hidden)
        for receipt in [target, *_ids(change.told)]:
            await self._jobs.show_receipt(connection, receipt, account)
        await become(connection, account)


@dataclass(frozen=True)
class _Change:
    """A group that is to count: the receipt for it if there is one, and all receipts of the album as they are."""

    group: Group
    target: Filed | None
    known: Sequence[Filed]

    @property
    def aside(self) -> list[Filed]:
        """Return the receipts that must not count beside the group: they share photos with it."""
        ids = set(_ids(self.group))
        return [filed for filed in self.known if filed != self.target and ids & set(_parts(filed))]

    @property
    def before(self) -> Filed:
        """Return the receipt whose message the group takes over: what its first photo counted as, or the photo."""
        first = self.group[0].id
        counted = [filed for filed in self.known if filed.state is not State.SET_ASIDE and filed != self.target]
        return next((filed for filed in counted if _parts(filed)[0] == first), self.group[0])

    @property
    def told(self) -> Group:
        """Return the photos' own receipts in whose messages it is told that they are part of another now."""
        return self.group[1:]


def _ids(group: Group) -> tuple[UUID, ...]:
    return tuple(filed.id for filed in group)


def _parts(filed: Filed) -> tuple[UUID, ...]:
    return filed.joins or (filed.id,)
