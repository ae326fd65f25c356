"""The connection pool to PostgreSQL, and psycopg's errors in SnapSpend's words."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import psycopg
from psycopg.rows import DictRow, dict_row
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from core.errors import Unavailable

Connection = psycopg.AsyncConnection[DictRow]
Pool = AsyncConnectionPool[Connection]


def build_pool(url: str, largest: int = 10) -> Pool:
    """Return a pool that is not open yet; connections find the queue's tables in the schema `jobs`.

    Prepared statements stay off, so that a pooler between us and PostgreSQL cannot mix them up.
    """
    options: dict[str, Any] = {"row_factory": dict_row, "prepare_threshold": None}
    return AsyncConnectionPool(
        url,
        min_size=1,
        max_size=largest,
        open=False,
        timeout=5.0,
        kwargs=options,
        configure=_find_jobs,
        check=AsyncConnectionPool.check_connection,
    )


async def _find_jobs(connection: Connection) -> None:
    await connection.execute("set search_path to public, jobs")
    await connection.commit()


@asynccontextmanager
async def transaction(pool: Pool) -> AsyncIterator[Connection]:
    """Lend a connection inside one transaction. Raises Unavailable when the database does not answer."""
    try:
        async with pool.connection() as connection, connection.transaction():
            yield connection
    except (PoolTimeout, psycopg.OperationalError) as error:
        raise Unavailable(f"database: {type(error).__name__}") from error
