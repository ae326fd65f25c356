"""The connection pool to PostgreSQL, and psycopg's errors in SnapSpend's words."""

from __future__ import annotations

import json
import selectors
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import psycopg
from psycopg.rows import DictRow, dict_row
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from core.errors import Unavailable

Connection = psycopg.AsyncConnection[DictRow]
Pool = AsyncConnectionPool[Connection]
PATIENCE_SECONDS = 5.0
Selector: type[selectors.BaseSelector] = getattr(selectors, "PollSelector", selectors.SelectSelector)


def build_pool(url: str, largest: int = 10, patience: float = PATIENCE_SECONDS) -> Pool:
    """Return a pool that is not open yet; who asks it for a connection waits for at most `patience` seconds.

    Prepared statements stay off, so that a pooler between us and PostgreSQL cannot mix them up.
    """
    options: dict[str, Any] = {"row_factory": dict_row, "prepare_threshold": None}
    return AsyncConnectionPool(
        url,
        min_size=1,
        max_size=largest,
        open=False,
        timeout=patience,
        kwargs=options,
        configure=_make_ready,
        check=_check,
    )


async def _make_ready(connection: Connection) -> None:
    """Let the connection find the queue's tables, and commit a single statement without further round trips."""
    await connection.set_autocommit(True)
    await connection.execute("set search_path to public, private, jobs")


async def _check(connection: Connection) -> None:
    """Raise OperationalError when the server has ended the connection.

    A server that ends one says so, and one that says nothing is not asked: that would cost every use a round trip.
    """
    with Selector() as selector:
        selector.register(connection.fileno(), selectors.EVENT_READ)
        if selector.select(0):
            await AsyncConnectionPool.check_connection(connection)


@asynccontextmanager
async def owned(pool: Pool, account: UUID) -> AsyncIterator[Connection]:
    """Lend a connection inside one transaction for which only this account's rows exist.

    Raises Unavailable when the database does not answer.
    """
    async with transaction(pool) as connection:
        await become(connection, account)
        yield connection


async def become(connection: Connection, account: UUID | None) -> None:
    """Take an account's place for the rest of the transaction, or (None) the application's own again.

    It is what Supabase's REST interface does for who is signed in: a role, and whose claims they are.
    """
    claims = json.dumps({"sub": str(account), "role": "authenticated"}) if account else ""
    await connection.execute(
        "select set_config('role', %s, true), set_config('request.jwt.claims', %s, true)",
        ["authenticated" if account else "none", claims],
    )


@asynccontextmanager
async def transaction(pool: Pool) -> AsyncIterator[Connection]:
    """Lend a connection inside one transaction. Raises Unavailable when the database does not answer."""
    async with single(pool) as connection, connection.transaction():
        yield connection


@asynccontextmanager
async def single(pool: Pool) -> AsyncIterator[Connection]:
    """Lend a connection on which each statement is a transaction: nobody who stops half-way holds a lock.

    Raises Unavailable when the database does not answer.
    """
    try:
        async with pool.connection() as connection:
            yield connection
    except (PoolTimeout, psycopg.OperationalError) as error:
        raise Unavailable(f"database: {type(error).__name__}", everywhere=True) from error
