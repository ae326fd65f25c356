"""Accounts in PostgreSQL: whose is a Telegram user, an identity, a receipt; and what an account chose for itself."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from psycopg.rows import DictRow

from core.accounts import Account, Chat, Role, TelegramUser
from core.adapters.database import Pool, owned, transaction
from core.errors import SnapSpendError
from core.removal import BeingRemoved
from core.signing_in import Identity

COLUMNS = "id, language, home_currency, time_zone, email, role, blocked, unused, own_categories as own"


class PostgresAccounts:
    """Implements the port Accounts."""

    def __init__(
        self, pool: Pool, admin_emails: frozenset[str] = frozenset(), admin_ids: frozenset[int] = frozenset()
    ) -> None:
        """Take an open pool, and who is an admin from their first sign of life on (addresses written small)."""
        self._pool = pool
        self._admin_emails = admin_emails
        self._admin_ids = admin_ids

    async def known(self, telegram_id: int) -> Account | None:
        """Return the account linked to a Telegram user, or None."""
        account = await self._one("private.account_of_person(%s)", [telegram_id])
        return await self._promoted(account, telegram_id in self._admin_ids) if account else None

    async def of(self, person: TelegramUser) -> Account:
        """Return the account linked to a Telegram user; the first call opens a guest account."""
        known = await self.known(person.id)
        if known is not None:
            return known
        opened = await self._one("private.open_guest(%s, %s, %s)", [person.id, person.name, person.language])
        return await self._promoted(_there(opened), person.id in self._admin_ids)

    async def enter(self, identity: Identity, language: str = "en") -> Account:
        """Return the account of somebody who signed in; the first time opens it. Raises BeingRemoved."""
        entered = await self._one("private.enter(%s, %s, %s)", [identity.id, identity.email, language])
        if entered is None:
            raise BeingRemoved
        return await self._promoted(entered, identity.email in self._admin_emails)

    async def find(self, account: UUID) -> Account | None:
        """Return an account by its id, or None."""
        async with owned(self._pool, account) as connection:
            found = await connection.execute(
                f"select {COLUMNS} from accounts where id = %s and closing_at is null",  # noqa: S608
                [account],
            )
            row = await found.fetchone()
        return account_of(row) if row else None

    async def of_receipt(self, receipt: UUID) -> Account | None:
        """Return the account that a receipt belongs to by now, or None."""
        return await self._one("private.account_of_receipt(%s)", [receipt])

    async def of_album(self, source: str) -> Account | None:
        """Return the account that an album belongs to by now, or None."""
        return await self._one("private.account_of_album(%s)", [source])

    async def change(self, account: Account) -> None:
        """Write what an account chose for itself: language, home currency, time zone, unused and own categories."""
        async with owned(self._pool, account.id) as connection:
            await connection.execute(
                "update accounts set language = %s, home_currency = %s, time_zone = %s, unused = %s,"
                " own_categories = %s where id = %s",
                [
                    *(account.language, account.home_currency, account.time_zone),
                    *(list(account.unused), list(account.own), account.id),
                ],
            )

    async def chats(self, account: UUID) -> list[Chat]:
        """Return the Telegram users who are linked to an account, first linked first."""
        async with owned(self._pool, account) as connection:
            found = await connection.execute(
                "select telegram_id, name, linked_at from links where account_id = %s order by linked_at", [account]
            )
            return [Chat(**row) for row in await found.fetchall()]

    async def _promoted(self, account: Account, is_admin: bool) -> Account:
        """Make an account an admin's when the settings say that it is."""
        if not is_admin or account.is_admin:
            return account
        async with transaction(self._pool) as connection:
            await connection.execute("select private.set_role(%s, %s)", [account.id, Role.ADMIN])
        return await self.find(account.id) or account

    async def _one(self, source: str, values: list[Any]) -> Account | None:
        """Return the account that a function gives, or None."""
        async with transaction(self._pool) as connection:
            found = await connection.execute(f"select {COLUMNS} from {source}", values)  # noqa: S608
            row = await found.fetchone()
        return account_of(row) if row else None


def account_of(row: DictRow) -> Account:
    """Return an account's row as an account."""
    lists = {name: tuple(row[name]) for name in ("unused", "own")}
    return Account(**{**row, "role": Role(row["role"]), **lists})


def _there(account: Account | None) -> Account:
    """Return an account that was opened, unless it went away in the same moment."""
    if account is None:
        raise SnapSpendError("the account was removed while it was opened")
    return account
