"""Who asks to come in, in PostgreSQL; what follows from it is enqueued in the same transaction."""

from __future__ import annotations

from psycopg.rows import DictRow

from core.adapters.chat_jobs import ChatJobs
from core.adapters.database import Pool, transaction
from core.people import Request

COLUMNS = "telegram_id, name, language, asked_at, decision"
APPROVED, REFUSED = "approved", "refused"


class PostgresRequests:
    """Implements the port Requests."""

    def __init__(self, pool: Pool, jobs: ChatJobs, admin_ids: frozenset[int]) -> None:
        """Take an open pool, the jobs that chats are told by, and the admins whom the settings name."""
        self._pool = pool
        self._jobs = jobs
        self._admin_ids = admin_ids

    async def ask(self, telegram_id: int, name: str, language: str) -> Request | None:
        """Note that somebody asks, and let the admins be asked; who asked before gets what stands, else None."""
        async with transaction(self._pool) as connection:
            noted = await connection.execute(
                "insert into requests (telegram_id, name, language) values (%s, %s, %s) on conflict do nothing",
                [telegram_id, name, language],
            )
            if noted.rowcount == 1:
                await self._jobs.ask_admins(telegram_id, connection)
                return None
        return await self.find(telegram_id)

    async def find(self, telegram_id: int) -> Request | None:
        """Return somebody's request, or None."""
        async with transaction(self._pool) as connection:
            found = await connection.execute(
                f"select {COLUMNS} from requests where telegram_id = %s",  # noqa: S608
                [telegram_id],
            )
            row = await found.fetchone()
        return _request(row) if row else None

    async def open(self, limit: int = 10) -> list[Request]:
        """Return the requests that no admin decided yet, oldest first."""
        async with transaction(self._pool) as connection:
            found = await connection.execute(
                f"select {COLUMNS} from requests where decision is null order by asked_at limit %s",  # noqa: S608
                [limit],
            )
            return [_request(row) for row in await found.fetchall()]

    async def decide(self, telegram_id: int, approved: bool) -> Request | None:
        """Let somebody in or not, once, and let them be told; None when it was decided before, or nobody asked.

        Who comes in has a guest account from then on.
        """
        async with transaction(self._pool) as connection:
            found = await connection.execute(
                "update requests set decision = %s, decided_at = now()"  # noqa: S608
                f" where telegram_id = %s and decision is null returning {COLUMNS}",
                [APPROVED if approved else REFUSED, telegram_id],
            )
            row = await found.fetchone()
            if row is None:
                return None
            if approved:
                await connection.execute(
                    "select private.open_guest(%s, %s, %s)", [telegram_id, row["name"], row["language"]]
                )
            await self._jobs.tell_decided(telegram_id, connection)
        return _request(row)

    async def admins(self) -> list[int]:
        """Return the Telegram ids of those who decide."""
        async with transaction(self._pool) as connection:
            found = await connection.execute("select private.admin_chats() as id")
            return sorted({row["id"] for row in await found.fetchall()} | self._admin_ids)


def _request(row: DictRow) -> Request:
    decision = row["decision"]
    known = None if decision is None else decision == APPROVED
    return Request(row["telegram_id"], row["name"], row["language"], row["asked_at"], known)
