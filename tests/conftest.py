"""What all tests share: a real PostgreSQL, a fresh database for each test that asks for one."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest

from core.accounts import Account, TelegramUser
from core.adapters.database import build_pool
from core.adapters.embedded_postgres import EmbeddedPostgres
from core.adapters.migrate import migrate
from core.adapters.wiring import Stores, open_stores
from core.settings import Settings
from tests.owner import as_application

NUMBERS = itertools.count(1)
TEMPLATE = "snapspend_template"


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """Run the embedded PostgreSQL and give the address of its first database.

    Not below pytest's own folder: that is swept by other runs of pytest.
    """
    folder = TemporaryDirectory(prefix="snapspend-", ignore_cleanup_errors=True)
    with folder as path, EmbeddedPostgres(Path(path) / "postgres") as address:
        yield address


@pytest.fixture(scope="session")
async def migrated(postgres: str) -> str:
    """Make a database with all migrations, which others are copied from, and give its name."""
    await _execute(postgres, f"create database {TEMPLATE}")
    pool = build_pool(_named(postgres, TEMPLATE), 2)
    await pool.open(wait=True)
    await migrate(pool)
    await pool.close()
    return TEMPLATE


@pytest.fixture
async def owner_url(postgres: str, migrated: str) -> AsyncIterator[str]:
    """Give the address of a fresh, migrated database as its owner."""
    name = f"test_{next(NUMBERS)}"
    await _execute(postgres, f"create database {name} template {migrated}")
    yield _named(postgres, name)
    await _execute(postgres, f"drop database {name} with (force)")


@pytest.fixture
def database_url(owner_url: str) -> str:
    """Give the address of a fresh, migrated database as the application's role."""
    return as_application(owner_url)


@pytest.fixture
async def empty_database_url(postgres: str) -> AsyncIterator[str]:
    """Give the address of a database with nothing in it."""
    name = f"empty_{next(NUMBERS)}"
    await _execute(postgres, f"create database {name}")
    yield _named(postgres, name)
    await _execute(postgres, f"drop database {name} with (force)")


async def _execute(address: str, statement: str) -> None:
    async with await psycopg.AsyncConnection.connect(address, autocommit=True) as connection:
        await connection.execute(statement.encode())


def _named(address: str, name: str) -> str:
    """Return the server's address with another database: `postgresql://postgres:@/NAME?host=…`."""
    return address.replace("/postgres?", f"/{name}?", 1)


@pytest.fixture
async def stores(database_url: str, tmp_path: Path) -> AsyncIterator[Stores]:
    """Give the stores over a fresh database and photo folder."""
    settings = Settings.from_environment({"DATABASE_URL": database_url, "SNAPSPEND_DATA": str(tmp_path)})
    async with open_stores(settings) as opened:
        yield opened


@pytest.fixture
async def account(stores: Stores) -> Account:
    """Give a fresh account."""
    return await stores.accounts.of(TelegramUser(7, "Ada"))
