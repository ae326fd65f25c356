"""The database as its owner sees it, beyond row security: for tests that look at, or prepare, what is there."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import psycopg
from psycopg.rows import dict_row

from core.adapters.database import Connection
from core.adapters.migrate import APPLICATION, migrate_as
from core.adapters.wiring import Stores


def owner_url(stores: Stores) -> str:
    """Return the address at which the stores' database lets its owner in."""
    return stores.pool.conninfo.replace(f"{APPLICATION}@", "postgres@", 1)


def as_application(address: str) -> str:
    """Return an owner's address with the application's role."""
    return address.replace("postgres@", f"{APPLICATION}@", 1)


async def prepared(owner: str) -> str:
    """Migrate the database at its owner's address and return the application's."""
    await migrate_as(owner)
    return as_application(owner)


@asynccontextmanager
async def as_owner(stores: Stores) -> AsyncIterator[Connection]:
    """Lend a connection of the owner's, inside one transaction."""
    async with await psycopg.AsyncConnection.connect(owner_url(stores), row_factory=dict_row) as connection:
        await connection.execute("set search_path to public, private, jobs")
        yield connection
