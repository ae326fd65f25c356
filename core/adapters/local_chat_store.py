"""The local chat's memory in PostgreSQL: chats, messages, files and what open pages are told."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from importlib import resources
from typing import Literal

import psycopg
from psycopg.types.json import Jsonb
from psycopg_pool import PoolTimeout

from core.adapters.database import Connection, Pool, transaction
from core.adapters.local_chat_rows import Body, Draft, StoredFile, shown
from core.errors import Unavailable

CHANNEL = "local_chat"
CHAT = "id, name, language, blocked"
WRITE_LOCK = 7_276_112  # one writer at a time: ids then appear in the order in which they were given
LEAD_LOCK = 7_276_113
EVENTS_KEPT = 5_000
LISTEN_SECONDS = 2.0
PRESS_KEPT = timedelta(days=1)


def utc_now() -> datetime:
    """Return the present moment in UTC."""
    return datetime.now(UTC)


async def create_schema(connection: Connection) -> None:
    """Create the schema `local_chat` where it is missing; safe when several processes start together."""
    statements = (resources.files("core.adapters") / "local_chat.sql").read_text("utf-8")
    async with connection.transaction():
        await connection.execute("select pg_advisory_xact_lock(%s)", [WRITE_LOCK])
        await connection.execute(statements.encode())


@dataclass
class LocalChatStore:
    """Chats, messages, files and page events; a write is one transaction and wakes every process."""

    pool: Pool
    clock: Callable[[], datetime] = field(default=utc_now)

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Connection]:
        """Lend a connection as the only writer; listeners are woken at its commit."""
        async with transaction(self.pool) as connection:
            await connection.execute("select pg_advisory_xact_lock(%s)", [WRITE_LOCK])
            yield connection
            await connection.execute("select pg_notify(%s, '')", [CHANNEL])

    async def row(self, query: str, values: Sequence[object] = ()) -> Body | None:
        """Return the first row of a reading query."""
        rows = await self.rows(query, values)
        return rows[0] if rows else None

    async def rows(self, query: str, values: Sequence[object] = ()) -> list[Body]:
        """Return all rows of a reading query."""
        async with transaction(self.pool) as connection:
            found = await connection.execute(query.encode(), values)
            return await found.fetchall()

    # Chats

    async def chats(self) -> list[Body]:
        """Return every chat (id, name, language, blocked), oldest first."""
        return await self.rows(f"select {CHAT} from local_chat.chat order by id")  # noqa: S608

    async def chat(self, chat: int) -> Body | None:
        """Return one chat or None."""
        return await self.row(f"select {CHAT} from local_chat.chat where id = %s", [chat])  # noqa: S608

    async def open_chat(self, name: str, language: str) -> Body:
        """Open a chat for one more person."""
        async with self.writing() as connection:
            found = await connection.execute(
                f"insert into local_chat.chat (name, language) values (%s, %s) returning {CHAT}".encode(),  # noqa: S608
                [name, language],
            )
            chat = await found.fetchone()
            assert chat is not None  # noqa: S101  (an insert returns its row)
            await self.tell(connection, chat["id"], "chat", chat)
            return chat

    async def block(self, chat: int, blocked: bool) -> None:
        """Let the person stop the bot, or let it in again."""
        async with self.writing() as connection:
            found = await connection.execute(
                f"update local_chat.chat set blocked = %s where id = %s returning {CHAT}".encode(),  # noqa: S608
                [blocked, chat],
            )
            row = await found.fetchone()
            if row:
                await self.tell(connection, chat, "chat", row)

    # Messages

    async def message(self, chat: int, message: int) -> Body | None:
        """Return one message (id, chat_id, from_bot, body, reactions, delivery) or None."""
        return await self.row("select * from local_chat.message where chat_id = %s and id = %s", [chat, message])

    async def history(self, chat: int, before: int, limit: int) -> list[Body]:
        """Return up to `limit` messages with ids below `before`, oldest first."""
        rows = await self.rows(
            "select * from local_chat.message where chat_id = %s and id < %s order by id desc limit %s",
            [chat, before, limit],
        )
        return rows[::-1]

    async def last_messages(self) -> dict[int, Body]:
        """Return the newest message of every chat that has one."""
        rows = await self.rows("select distinct on (chat_id) * from local_chat.message order by chat_id, id desc")
        return {row["chat_id"]: row for row in rows}

    async def say(self, connection: Connection, draft: Draft) -> Body:
        """Add one message inside the caller's transaction and return its body with its `message_id`."""
        found = await connection.execute(
            """
            insert into local_chat.message (chat_id, from_bot, body, delivery)
            values (%s, %s, %s, %s) returning id
            """,
            [draft.chat, draft.from_bot, Jsonb(draft.body), None if draft.from_bot else "waiting"],
        )
        row = await found.fetchone()
        assert row is not None  # noqa: S101  (an insert returns its row)
        return await self.rewrite(connection, draft.chat, {"message_id": row["id"], **draft.body})

    async def rewrite(self, connection: Connection, chat: int, body: Body) -> Body:
        """Replace a message's body inside the caller's transaction and return it."""
        found = await connection.execute(
            "update local_chat.message set body = %s where chat_id = %s and id = %s returning *",
            [Jsonb(body), chat, body["message_id"]],
        )
        row = await found.fetchone()
        if row:
            await self.tell(connection, chat, "message", shown(row))
        return body

    async def remove(self, chat: int, message: int) -> bool:
        """Delete a message; false when there was none."""
        async with self.writing() as connection:
            gone = await connection.execute(
                "delete from local_chat.message where chat_id = %s and id = %s", [chat, message]
            )
            await self.tell(connection, chat, "removed", {"message_id": message})
            return gone.rowcount > 0

    async def react(self, chat: int, message: int, reactions: list[Body]) -> bool:
        """Set the bot's reactions to a message; false when there is no such message."""
        async with self.writing() as connection:
            found = await connection.execute(
                "update local_chat.message set reactions = %s where chat_id = %s and id = %s returning *",
                [Jsonb(reactions), chat, message],
            )
            row = await found.fetchone()
            if row:
                await self.tell(connection, chat, "message", shown(row))
            return row is not None

    # Files

    async def keep_file(self, file: StoredFile) -> None:
        """Remember a file whose bytes are already in the folder."""
        async with transaction(self.pool) as connection:
            await connection.execute(
                """
                insert into local_chat.file (id, unique_id, path, size, mime, kind, name, width, height)
                values (%s, %s, %s, %s, %s, %s, %s, %s, %s)
                """,
                [
                    file.id,
                    file.unique_id,
                    file.path,
                    file.size,
                    file.mime,
                    file.kind,
                    file.name,
                    file.width,
                    file.height,
                ],
            )

    async def file(self, column: Literal["id", "path"], value: str) -> StoredFile | None:
        """Return a kept file by its id or its path."""
        row = await self.row(f"select * from local_chat.file where {column} = %s", [value])  # noqa: S608
        return StoredFile(**row) if row else None

    async def sizes(self, stem: str) -> list[StoredFile]:
        """Return every size of one photo, smallest first; their ids differ in the last letter only."""
        rows = await self.rows(
            "select * from local_chat.file where id between %s and %s order by id", [stem, stem + "9"]
        )
        return [StoredFile(**row) for row in rows]

    # Button presses

    async def press(self, connection: Connection, callback: str, chat: int) -> None:
        """Remember a button press inside the caller's transaction, and forget old ones."""
        oldest = self.clock() - PRESS_KEPT
        await connection.execute("delete from local_chat.callback where asked < %s", [oldest])
        await connection.execute(
            "insert into local_chat.callback (id, chat_id, asked) values (%s, %s, %s)",
            [callback, chat, self.clock()],
        )

    async def callback(self, callback: str) -> Body | None:
        """Return a button press (id, chat_id, asked) or None."""
        return await self.row("select * from local_chat.callback where id = %s", [callback])

    # Events

    async def tell(self, connection: Connection, chat: int | None, kind: str, data: Body) -> None:
        """Add one event for the open pages inside the caller's transaction; old ones are forgotten."""
        found = await connection.execute(
            "update local_chat.counter set value = value + 1 where name = 'event' returning value"
        )
        row = await found.fetchone()
        number = row["value"] if row else 0
        await connection.execute(
            "insert into local_chat.event (id, chat_id, kind, data, at) values (%s, %s, %s, %s, %s)",
            [number, chat, kind, Jsonb(data), self.clock()],
        )
        await connection.execute("delete from local_chat.event where id <= %s", [number - EVENTS_KEPT])

    async def announce(self, chat: int | None, kind: str, data: Body) -> None:
        """Add one event in a transaction of its own."""
        async with self.writing() as connection:
            await self.tell(connection, chat, kind, data)

    async def events(self, after: int, limit: int = 200) -> list[Body]:
        """Return events (id, chat_id, kind, data, at) that came after event `after`."""
        return await self.rows("select * from local_chat.event where id > %s order by id limit %s", [after, limit])

    async def newest_event(self) -> int:
        """Return the id of the newest event, 0 when there was none."""
        row = await self.row("select value from local_chat.counter where name = 'event'")
        return int(row["value"]) if row else 0

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[Connection]:
        """Lend a connection that hears every commit; it goes back without its locks.

        Raises Unavailable when the database goes away.
        """
        try:
            async with self.pool.connection() as connection:
                try:
                    await connection.execute(f"listen {CHANNEL}".encode())
                    yield connection
                finally:
                    if not connection.broken:
                        await connection.execute("unlisten *")
                        await connection.execute("select pg_advisory_unlock_all()")
        except (PoolTimeout, psycopg.OperationalError) as error:
            raise Unavailable(f"database: {type(error).__name__}") from error

    async def hear(self, listening: Connection) -> None:
        """Wait for the next commit, or two seconds: what came between two calls is not heard."""
        async for _ in listening.notifies(timeout=LISTEN_SECONDS, stop_after=1):
            return

    async def lead(self, listening: Connection) -> bool:
        """Become the one process that delivers, unless another is; the lock lives with the connection."""
        found = await listening.execute("select pg_try_advisory_lock(%s) as held", [LEAD_LOCK])
        row = await found.fetchone()
        return bool(row and row["held"])
