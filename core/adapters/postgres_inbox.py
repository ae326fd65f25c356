"""The inbox: every update from Telegram, stored once, with the job that answers it."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from typing import Any

import psycopg

from core.adapters.database import Pool, single, transaction
from core.adapters.job_queue import UPDATES
from core.errors import Unavailable
from core.gathering import Gathering

MOST_AT_ONCE = 64
BELL_SECONDS = 0.01
JSON = json.JSONEncoder(allow_nan=False, separators=(",", ":"))

BELL = f"procrastinate_queue_v1#{UPDATES}"
"""The channel on which procrastinate's workers hear of new jobs."""

# One statement is one round trip and one commit, and what it began the server ends, even when we are stopped
# half-way. The function stands in queue_extras.sql.
ACCEPT = "select jobs.accept_updates(%s::jsonb) as places"


class PostgresInbox:
    """Remembers updates by (bot, update id), so that a repeated delivery changes nothing."""

    def __init__(self, pool: Pool) -> None:
        """Take an open pool."""
        self._pool = pool
        self._arrivals: Gathering[str, bool | None] = Gathering(self._accept, MOST_AT_ONCE)
        self._bell: asyncio.Task[None] | None = None

    async def accept(self, bot_id: int, update: dict[str, Any]) -> bool:
        """Store an update and enqueue its answering in one transaction; False when it was here before.

        Updates that arrive meanwhile share the next transaction. Raises Unavailable when the database does not
        answer, or not in time: the update may be stored then or not, and storing it again does no harm.
        Raises ValueError for what cannot be stored: NaN and Infinity, and what PostgreSQL refuses.
        """
        arrival = {
            "bot_id": bot_id,
            "update_id": update["update_id"],
            "lock": f"chat:{chat_of(update)}",
            "body": update,
        }
        accepted = await self._arrivals.add(JSON.encode(arrival))
        if accepted is None:
            raise ValueError("the database cannot hold this update")
        return accepted

    async def _accept(self, arrivals: list[str]) -> list[bool | None]:
        """Store updates together; where one cannot be stored (None), the others are stored by themselves."""
        try:
            return [*await self._store(arrivals)]
        except psycopg.DataError:
            if len(arrivals) == 1:
                return [None]
            return [(await self._accept([arrival]))[0] for arrival in arrivals]

    async def _store(self, arrivals: list[str]) -> list[bool]:
        async with single(self._pool) as connection:
            row = await (await connection.execute(ACCEPT, [f"[{','.join(arrivals)}]"])).fetchone()
        fresh = set(row["places"]) if row else set()
        if fresh and self._bell is None:
            self._bell = asyncio.create_task(self._ring())
        return [place in fresh for place in range(1, len(arrivals) + 1)]

    async def _ring(self) -> None:
        """Tell workers that there are jobs, once for all that are accepted within a moment.

        Not in the transaction that stores them: PostgreSQL lets only one that notifies commit at a time. A worker
        that does not hear this finds the jobs when it looks by itself, every two seconds.
        """
        await asyncio.sleep(BELL_SECONDS)
        self._bell = None
        with suppress(Unavailable):
            async with single(self._pool) as connection:
                await connection.execute("select pg_notify(%s, %s)", [BELL, '{"type": "job_inserted", "job_id": 0}'])

    async def fetch(self, bot_id: int, update_id: int) -> dict[str, Any] | None:
        """Return a stored update, or None when it was pruned."""
        async with single(self._pool) as connection:
            found = await connection.execute(
                "select body from updates where bot_id = %s and update_id = %s", [bot_id, update_id]
            )
            row = await found.fetchone()
        return row["body"] if row else None

    async def prune(self) -> int:
        """Forget updates and replies older than 48 hours (Telegram repeats an update for at most 24) and count them."""
        async with transaction(self._pool) as connection:
            await connection.execute("delete from replies where began_at < now() - interval '48 hours'")
            pruned = await connection.execute("delete from updates where received_at < now() - interval '48 hours'")
        return pruned.rowcount


def chat_of(update: dict[str, Any]) -> int:
    """Return the chat an update belongs to, or its sender, or 0: updates with the same number are answered in order."""
    for kind in update.values():
        if not isinstance(kind, dict):
            continue
        message = kind.get("message") if isinstance(kind.get("message"), dict) else kind
        chat = (message or {}).get("chat") or kind.get("from") or {}
        if isinstance(chat, dict) and isinstance(chat.get("id"), int) and abs(chat["id"]) < 2**63:
            return int(chat["id"])
    return 0
