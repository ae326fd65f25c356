"""The removal of accounts in PostgreSQL: begun in one transaction with the job that finishes it."""

from __future__ import annotations

from uuid import UUID

import procrastinate
from procrastinate.exceptions import ConnectorException

from core.adapters.chat_jobs import ChatJobs
from core.adapters.database import Connection, Pool, transaction
from core.adapters.job_queue import UPDATES
from core.errors import Unavailable

REMOVE = "remove_account"
PATIENCE = "1 hour"
"""A removal that takes longer than this has lost its job, or it was given up: it is taken up again."""


class PostgresRemoval:
    """Implements the port Removal."""

    def __init__(self, pool: Pool, app: procrastinate.App) -> None:
        """Take an open pool and an open procrastinate application."""
        self._pool = pool
        self._app = app

    async def begin(self, account: UUID, tell: tuple[int, int] | None = None) -> bool:
        """Close the account and enqueue its removal, and who is told, in one transaction; False when there is none."""
        async with transaction(self._pool) as connection:
            if tell is not None:
                await ChatJobs(self._app).tell_removed(*tell, account, connection)
            found = await connection.execute("select private.close_account(%s) as closed", [account])
            row = await found.fetchone()
            if row is None or not row["closed"]:
                return False
            await self._enqueue(connection, account)
            return True

    async def resume(self) -> int:
        """Enqueue again what was begun long ago and is no job any more, and count it."""
        async with transaction(self._pool) as connection:
            found = await connection.execute("select private.closing_accounts(%s) as id", [PATIENCE])
            return sum([await self._enqueue(connection, row["id"]) for row in await found.fetchall()])

    async def is_closed(self, account: UUID) -> bool:
        """Tell whether the account was closed, or is gone."""
        async with transaction(self._pool) as connection:
            found = await connection.execute("select private.is_closed(%s) as closed", [account])
            row = await found.fetchone()
        return bool(row and row["closed"])

    async def photo_folders(self, account: UUID) -> list[UUID]:
        """Return whose photos are the account's: its own, and those of guest accounts that it took over."""
        async with transaction(self._pool) as connection:
            found = await connection.execute("select private.photo_folders(%s) as folder", [account])
            return [row["folder"] for row in await found.fetchall()]

    async def remove(self, account: UUID) -> None:
        """Remove every row of a closed account, and the jobs that are about it and do not run."""
        async with transaction(self._pool) as connection:
            await connection.execute("select private.remove_account(%s)", [account])
            await connection.execute(
                "delete from procrastinate_jobs where args ->> 'account_id' = %s and status <> 'doing'"
                " and task_name <> %s",
                [str(account), REMOVE],
            )

    async def _enqueue(self, connection: Connection, account: UUID) -> bool:
        """Enqueue the removal unless it is a job already."""
        found = await connection.execute(
            "select 1 from procrastinate_jobs where task_name = %s and args ->> 'account_id' = %s"
            " and status in ('todo', 'doing')",
            [REMOVE, str(account)],
        )
        if await found.fetchone() is not None:
            return False
        task = self._app.configure_task(REMOVE, queue=UPDATES, lock=f"remove:{account}", connection=connection)
        try:
            await task.defer_async(account_id=str(account))
        except ConnectorException as error:
            raise Unavailable("database: the job was not enqueued", everywhere=True) from error
        return True
