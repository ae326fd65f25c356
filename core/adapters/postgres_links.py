"""Ties between Telegram users and accounts in PostgreSQL, made by secrets of which only hashes are kept."""

from __future__ import annotations

import secrets
from hashlib import sha256
from uuid import UUID

from psycopg.rows import DictRow

from core.accounts import Account, TelegramUser
from core.adapters.database import Connection, Pool, transaction
from core.adapters.parting import Admins, bring_role, lock_ties, part
from core.adapters.postgres_accounts import PostgresAccounts
from core.linking import CODE_LENGTH, CODE_LETTERS, LIFETIME, TOKEN_BYTES, Invitation, SpentLink, typed_code

NO_ADMINS = Admins()
LINK, OFFER, SIGN_IN = "link", "offer", "sign in"


class PostgresLinks:
    """Implements the port Links."""

    def __init__(self, pool: Pool, accounts: PostgresAccounts, admins: Admins = NO_ADMINS) -> None:
        """Take an open pool, the accounts over it, and who is an admin by the settings."""
        self._pool = pool
        self._accounts = accounts
        self._admins = admins

    async def invite(self, person: TelegramUser) -> Invitation:
        """Make the secrets by which an account on the pages can claim this Telegram user; older ones are void."""
        invitation = Invitation(secrets.token_urlsafe(TOKEN_BYTES), _new_code())
        async with transaction(self._pool) as connection:
            await _forget_old(connection)
            await connection.execute("delete from secrets where kind = %s and telegram_id = %s", [LINK, person.id])
            await connection.execute(
                "insert into secrets (hash, kind, code_hash, telegram_id, name, language)"
                " values (%s, %s, %s, %s, %s, %s)",
                [
                    *(_hash(invitation.token), LINK, _hash(invitation.code)),
                    *(person.id, person.name, person.language),
                ],
            )
        return invitation

    async def invited(self, secret: str) -> TelegramUser:
        """Return who made this token or typed code, without using it up. Raises SpentLink."""
        async with transaction(self._pool) as connection:
            found = await connection.execute(
                "select telegram_id, name, language from secrets where kind = %s and (hash = %s or code_hash = %s)"
                " and made_at > now() - %s",
                [LINK, *_hashes(secret), LIFETIME],
            )
            return _person(await found.fetchone())

    async def claim(self, secret: str, account: UUID) -> TelegramUser:
        """Use up the token or code and link its person to the account, once. Raises SpentLink."""
        async with transaction(self._pool) as connection:
            found = await connection.execute(
                "delete from secrets where kind = %s and (hash = %s or code_hash = %s) and made_at > now() - %s"
                " returning telegram_id, name, language",
                [LINK, *_hashes(secret), LIFETIME],
            )
            person = _person(await found.fetchone())
            await self._tie(connection, person, account)
        return person

    async def offer(self, account: UUID) -> str:
        """Make a token for `t.me/<bot>?start=`, by which whoever opens it can be linked to the account."""
        return await self._token(OFFER, account, None)

    async def offered(self, token: str) -> Account:
        """Return the account that a start token belongs to, without using it up. Raises SpentLink."""
        return await self._shown(OFFER, token)

    async def accept(self, token: str, person: TelegramUser) -> Account:
        """Use up a start token and link the person to its account, as `claim` does. Raises SpentLink."""
        async with transaction(self._pool) as connection:
            account = await _spend(connection, OFFER, token)
            await self._tie(connection, person, account)
        return await self._account(account)

    async def unlink(self, telegram_id: int) -> bool:
        """Untie a Telegram user from an account that has an address; False for a guest or somebody unknown.

        What that person was given to sign in or to link with is void from then on, the browsers that came from a chat
        of the account are signed out, and the account is no admin's any more if it was by this person.
        """
        async with transaction(self._pool) as connection:
            left = await lock_ties(connection, telegram_id, self._admins)
            found = await connection.execute("select private.untie(%s) as untied", [telegram_id])
            row = await found.fetchone()
            if row is None or not row["untied"]:
                return False
            await connection.execute("delete from secrets where telegram_id = %s", [telegram_id])
            if left is not None:
                await part(connection, telegram_id, left, self._admins)
        return True

    async def sign_in_token(self, account: UUID, telegram_id: int) -> str:
        """Make a token by which a browser is signed in once."""
        return await self._token(SIGN_IN, account, telegram_id)

    async def signing_in(self, token: str) -> Account:
        """Return whom a sign-in token would sign in, without using it up. Raises SpentLink."""
        return await self._shown(SIGN_IN, token)

    async def sign_in(self, token: str) -> Account:
        """Use up a sign-in token and return whom it signs in. Raises SpentLink."""
        async with transaction(self._pool) as connection:
            account = await _spend(connection, SIGN_IN, token)
        return await self._account(account)

    async def _tie(self, connection: Connection, person: TelegramUser, account: UUID) -> None:
        """Link a person to an account, and part them from the one before.

        Raises SpentLink when it is being removed: the secret stays good for another.
        """
        before = await lock_ties(connection, person.id, self._admins)
        found = await connection.execute("select private.tie(%s, %s, %s) as tied", [person.id, person.name, account])
        row = await found.fetchone()
        if row is None or not row["tied"]:
            raise SpentLink
        await bring_role(connection, person.id, account, self._admins)
        if before is not None and before != account:
            await part(connection, person.id, before, self._admins)

    async def _token(self, kind: str, account: UUID, telegram_id: int | None) -> str:
        token = secrets.token_urlsafe(TOKEN_BYTES)
        async with transaction(self._pool) as connection:
            await _forget_old(connection)
            await connection.execute(
                "insert into secrets (hash, kind, account_id, telegram_id) values (%s, %s, %s, %s)",
                [_hash(token), kind, account, telegram_id],
            )
        return token

    async def _shown(self, kind: str, token: str) -> Account:
        async with transaction(self._pool) as connection:
            found = await connection.execute(
                "select account_id from secrets where kind = %s and hash = %s and made_at > now() - %s",
                [kind, _hash(token), LIFETIME],
            )
            row = await found.fetchone()
        if row is None:
            raise SpentLink
        return await self._account(row["account_id"])

    async def _account(self, account: UUID) -> Account:
        found = await self._accounts.find(account)
        if found is None:
            raise SpentLink
        return found


async def _spend(connection: Connection, kind: str, token: str) -> UUID:
    """Use up an account's token: of two who try at once, one gets it. Raises SpentLink."""
    found = await connection.execute(
        "delete from secrets where kind = %s and hash = %s and made_at > now() - %s returning account_id",
        [kind, _hash(token), LIFETIME],
    )
    row = await found.fetchone()
    if row is None:
        raise SpentLink
    return UUID(str(row["account_id"]))


async def _forget_old(connection: Connection) -> None:
    await connection.execute("delete from secrets where made_at <= now() - %s", [LIFETIME])


def _person(row: DictRow | None) -> TelegramUser:
    if row is None:
        raise SpentLink
    return TelegramUser(row["telegram_id"], row["name"], row["language"])


def _new_code() -> str:
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))


def _hashes(secret: str) -> tuple[bytes | None, bytes | None]:
    """Return the hash of a secret as a token or as a typed code: as one of the two, never both."""
    code = typed_code(secret)
    return (_hash(secret), None) if code is None else (None, _hash(code))


def _hash(secret: str) -> bytes:
    return sha256(secret.encode(errors="replace")).digest()
