"""Accounts in PostgreSQL, and the Telegram users linked to them."""

from __future__ import annotations

from uuid import UUID

from psycopg.rows import DictRow

from core.accounts import Account, TelegramUser
from core.adapters.database import Connection, Pool, transaction

COLUMNS = "id, language, home_currency, time_zone"


class PostgresAccounts:
    """Implements the port Accounts."""

    def __init__(self, pool: Pool) -> None:
        """Take an open pool."""
        self._pool = pool

    async def of(self, person: TelegramUser) -> Account:
        """Return the account linked to a Telegram user; the first call opens a guest account."""
        async with transaction(self._pool) as connection:
            # Two first messages at once must not open two accounts.
            await connection.execute("select pg_advisory_xact_lock(hashtextextended('link', %s))", [person.id])
            return await _linked(connection, person) or await _opened(connection, person)

    async def find(self, account: UUID) -> Account | None:
        """Return an account by its id, or None."""
        async with transaction(self._pool) as connection:
            found = await connection.execute(
                f"select {COLUMNS} from accounts where id = %s",  # noqa: S608
                [account],
            )
            row = await found.fetchone()
        return _account(row) if row else None


async def _linked(connection: Connection, person: TelegramUser) -> Account | None:
    found = await connection.execute(
        f"select {COLUMNS} from accounts join links on account_id = id where telegram_id = %s",  # noqa: S608
        [person.id],
    )
    row = await found.fetchone()
    return _account(row) if row else None


async def _opened(connection: Connection, person: TelegramUser) -> Account:
    opened = await connection.execute(
        f"insert into accounts (language) values (%s) returning {COLUMNS}",  # noqa: S608
        [person.language],
    )
    row = await opened.fetchone()
    assert row is not None, "an insert returns its row"  # noqa: S101
    await connection.execute(
        "insert into links (telegram_id, account_id, name) values (%s, %s, %s)", [person.id, row["id"], person.name]
    )
    return _account(row)


def _account(row: DictRow) -> Account:
    return Account(**row)
