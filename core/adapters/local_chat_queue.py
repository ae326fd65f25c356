"""The local chat's updates that wait for the bot, and where they are delivered to."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg.types.json import Jsonb

from core.adapters.database import Connection
from core.adapters.local_chat_rows import Body, Pending, shown
from core.adapters.local_chat_store import LocalChatStore


@dataclass(frozen=True)
class Webhook:
    """Where updates go; an empty `url` means that the bot asks for them with getUpdates."""

    url: str = ""
    secret: str | None = None
    allowed: list[str] | None = None
    max_connections: int = 40
    last_error: str | None = None
    last_error_at: datetime | None = None

    def wants(self, kind: str) -> bool:
        """Say whether the bot asked for updates of this kind (no list: all of them)."""
        return not self.allowed or kind in self.allowed


@dataclass
class LocalChatQueue:
    """Updates in order of their ids, until they are taken or too old."""

    store: LocalChatStore

    async def webhook(self) -> Webhook:
        """Return where updates go."""
        row = await self.store.row(
            "select url, secret, allowed, max_connections, last_error, last_error_at from local_chat.webhook"
        )
        return Webhook(**row) if row else Webhook()

    async def set_webhook(self, webhook: Webhook, drop_pending: bool) -> None:
        """Change where updates go; pending ones are tried at once, or dropped."""
        async with self.store.writing() as connection:
            await connection.execute(
                """
                update local_chat.webhook
                set url = %s, secret = %s, allowed = %s, max_connections = %s,
                    last_error = null, last_error_at = null
                """,
                [
                    webhook.url,
                    webhook.secret,
                    Jsonb(webhook.allowed) if webhook.allowed else None,
                    webhook.max_connections,
                ],
            )
            if drop_pending:
                await connection.execute("delete from local_chat.update")
            await connection.execute("update local_chat.update set next_try = %s", [self.store.clock()])

    async def add(self, connection: Connection, update: Pending) -> int | None:
        """Queue an update inside the caller's transaction; None when the bot did not ask for its kind."""
        found = await connection.execute("select allowed from local_chat.webhook")
        row = await found.fetchone()
        if row and not Webhook(allowed=row["allowed"]).wants(update.kind):
            return None
        found = await connection.execute(
            "update local_chat.counter set value = value + 1 where name = 'update' returning value"
        )
        counted = await found.fetchone()
        assert counted is not None  # noqa: S101  (the schema puts the counter there)
        await connection.execute(
            """
            insert into local_chat.update (id, queue, kind, body, chat_id, message_id, next_try, expires)
            values (%s, %s, %s, %s, %s, %s, %s, %s)
            """,
            [
                counted["value"],
                update.queue,
                update.kind,
                Jsonb(update.body),
                update.chat,
                update.message,
                self.store.clock(),
                update.expires,
            ],
        )
        return int(counted["value"])

    async def count(self) -> int:
        """Return how many updates wait."""
        row = await self.store.row("select count(*) as waiting from local_chat.update")
        return int(row["waiting"]) if row else 0

    async def heads(self, busy: Collection[str]) -> list[Body]:
        """Return the first update of every queue that is not busy, the one to be tried soonest first."""
        return await self.store.rows(
            """
            select * from (
                select distinct on (queue) * from local_chat.update where queue <> all(%s) order by queue, id
            ) as head order by next_try, id limit 200
            """,
            [list(busy)],
        )

    async def waiting(self, limit: int) -> list[Body]:
        """Return the oldest updates, in the order of their ids."""
        return await self.store.rows("select * from local_chat.update order by id limit %s", [limit])

    async def newest_ids(self, limit: int) -> list[int]:
        """Return the ids of the newest updates, oldest first."""
        rows = await self.store.rows("select id from local_chat.update order by id desc limit %s", [limit])
        return [row["id"] for row in reversed(rows)]

    async def take(self, update: int) -> None:
        """Forget an update that the bot has taken."""
        await self._close("id = %s", update, "delivered")

    async def take_below(self, update: int) -> None:
        """Forget every update with a smaller id: the bot has taken them."""
        await self._close("id < %s", update, "delivered")

    async def drop_expired(self) -> None:
        """Forget updates that are too old to be of use."""
        if await self.store.row("select 1 from local_chat.update where expires < %s", [self.store.clock()]):
            await self._close("expires < %s", self.store.clock(), "dropped")

    async def _close(self, condition: str, value: Any, delivery: str) -> None:
        async with self.store.writing() as connection:
            found = await connection.execute(
                f"delete from local_chat.update where {condition} returning chat_id, message_id".encode(),  # noqa: S608
                [value],
            )
            for row in await found.fetchall():
                await self._tick(connection, row, delivery)

    async def put_off(self, update: Body, error: str, next_try: datetime) -> None:
        """Note a failed delivery and when to try again."""
        async with self.store.writing() as connection:
            await connection.execute(
                "update local_chat.update set attempts = attempts + 1, next_try = %s where id = %s",
                [next_try, update["id"]],
            )
            await connection.execute(
                "update local_chat.webhook set last_error = %s, last_error_at = %s",
                [error, self.store.clock()],
            )
            await self._tick(connection, update, "failing")

    async def _tick(self, connection: Connection, update: Body, delivery: str) -> None:
        found = await connection.execute(
            """
            update local_chat.message set delivery = %s
            where chat_id = %s and id = %s and delivery is distinct from %s returning *
            """,
            [delivery, update["chat_id"], update["message_id"], delivery],
        )
        row = await found.fetchone()
        if row:
            await self.store.tell(connection, row["chat_id"], "message", shown(row))
