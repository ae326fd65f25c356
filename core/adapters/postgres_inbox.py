"""The inbox: every update from Telegram, stored once, with the job that answers it."""

from __future__ import annotations

from typing import Any

from psycopg.types.json import Jsonb

from core.adapters.database import Pool, transaction
from core.adapters.job_queue import JobQueue


class PostgresInbox:
    """Remembers updates by (bot, update id), so that a repeated delivery changes nothing."""

    def __init__(self, pool: Pool, queue: JobQueue) -> None:
        """Take an open pool and the queue."""
        self._pool = pool
        self._queue = queue

    async def accept(self, bot_id: int, update: dict[str, Any]) -> bool:
        """Store an update and enqueue its answering in one transaction; False when it was here before.

        Raises Unavailable when the database does not answer: nothing is stored then.
        """
        async with transaction(self._pool) as connection:
            stored = await connection.execute(
                "insert into updates (bot_id, update_id, body) values (%s, %s, %s) on conflict do nothing",
                [bot_id, update["update_id"], Jsonb(update)],
            )
            if stored.rowcount == 0:
                return False
            await self._queue.answer_update(connection, bot_id, update["update_id"], chat_of(update))
        return True

    async def fetch(self, bot_id: int, update_id: int) -> dict[str, Any] | None:
        """Return a stored update, or None when it was pruned."""
        async with transaction(self._pool) as connection:
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
        if isinstance(chat, dict) and isinstance(chat.get("id"), int):
            return int(chat["id"])
    return 0
