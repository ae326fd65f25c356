"""Addresses and passwords in our own database, for an installation without Supabase's Auth."""

from __future__ import annotations

from uuid import UUID

from core.adapters.database import Connection, Pool, transaction
from core.adapters.even_pace import even_pace
from core.adapters.mail_folder import MailFolder
from core.adapters.mailed_codes import CONFIRM, RESET, send_code, try_code
from core.adapters.passwords import Passwords
from core.signing_in import (
    Identity,
    NoAddress,
    NotConfirmed,
    WrongCode,
    WrongCredentials,
    check_password,
    checked_address,
)

PACE_SECONDS = 0.5


class LocalAuth:
    """Implements the port AuthGateway over private.identities; mail goes to a folder."""

    confirms = False

    def __init__(
        self,
        pool: Pool,
        mail: MailFolder,
        admin_emails: frozenset[str] = frozenset(),
        pace: float = PACE_SECONDS,
    ) -> None:
        """Take an open pool, the mail's folder, and the admins' addresses: those alone must be confirmed by a code.

        Without mail nobody else's address matters, but who is first to register an admin's must not be one, also
        where it became an admin's only later.
        What could tell by its time whether an address is known takes a multiple of `pace` seconds.
        """
        self._pool = pool
        self._mail = mail
        self._admin_emails = admin_emails
        self._pace = pace
        self._passwords = Passwords()

    async def register(self, email: str, password: str) -> None:
        """Make an identity, or do nothing where the address is known. Raises NoAddress or WeakPassword."""
        address = checked_address(email)
        check_password(password)
        async with even_pace(self._pace):
            hashed = await self._passwords.hashed(password)
            async with transaction(self._pool) as connection:
                found = await connection.execute(
                    "insert into identities (email, password_hash) values (%s, %s)"
                    " on conflict (email) do nothing returning id",
                    [address, hashed],
                )
                is_new = await found.fetchone() is not None
            if not is_new and address in self._admin_emails:
                await self._doubt_password(address, password)
            await self._ask_to_confirm(address)

    async def confirm(self, email: str, code: str) -> Identity:
        """Confirm a new address by the mailed code. Raises WrongCode."""
        return await self._take(_address(email), CONFIRM, code, None)

    async def mail_again(self, email: str) -> None:
        """Mail the code for a new address again, at most once a minute."""
        async with even_pace(self._pace):
            await self._ask_to_confirm(_address(email))

    async def sign_in(self, email: str, password: str) -> Identity:
        """Return who this is. Raises WrongCredentials, or NotConfirmed with an admin's right password."""
        address = _address(email)
        async with transaction(self._pool) as connection:
            found = await connection.execute(
                "select id, password_hash, confirmed_at from identities where email = %s", [address]
            )
            row = await found.fetchone()
        if not await self._passwords.fits(row["password_hash"] if row else None, password) or row is None:
            raise WrongCredentials
        if row["confirmed_at"] is None and address in self._admin_emails:
            raise NotConfirmed
        return Identity(row["id"], address)

    async def forget(self, email: str) -> None:
        """Mail a code by which a new password can be set, at most once a minute."""
        async with even_pace(self._pace):
            await send_code(self._pool, self._mail, _address(email), RESET)

    async def reset(self, email: str, code: str, password: str) -> Identity:
        """Set a new password by the mailed code, which confirms the address too. Raises WrongCode or WeakPassword."""
        check_password(password)
        return await self._take(_address(email), RESET, code, await self._passwords.hashed(password))

    async def remove(self, identity: UUID) -> None:
        """Forget an identity and the mail to it; one that is not there is no error."""
        async with transaction(self._pool) as connection:
            await connection.execute("delete from identities where id = %s", [identity])
        await self._mail.clear(identity)

    def close(self) -> None:
        """Let the threads of the passwords end."""
        self._passwords.close()

    async def _ask_to_confirm(self, address: str) -> None:
        """Mail a code where one is needed: to an admin's address that is not confirmed."""
        if address in self._admin_emails:
            await send_code(self._pool, self._mail, address, CONFIRM)

    async def _doubt_password(self, address: str, password: str) -> None:
        """Void the password of an address that is registered again, with another one, before it was confirmed.

        One of the two is not the address's owner. Whoever types the code is, and sets a new password by another.
        """
        async with transaction(self._pool) as connection:
            found = await connection.execute(
                "select password_hash from identities where email = %s and confirmed_at is null", [address]
            )
            row = await found.fetchone()
        if row is None or await self._passwords.fits(row["password_hash"], password):
            return
        async with transaction(self._pool) as connection:
            await connection.execute(
                "update identities set password_hash = '' where email = %s and confirmed_at is null", [address]
            )

    async def _take(self, address: str, purpose: str, code: str, password_hash: str | None) -> Identity:
        """Use a code up: confirm the address and set the password, if given. Raises WrongCode."""
        async with transaction(self._pool) as connection:
            identity = await try_code(connection, address, purpose, code)
            if identity is not None:
                if address in self._admin_emails:
                    await _part_with_others(connection, identity)
                await connection.execute(
                    "update identities set code_hash = null, code_for = null, code_at = null,"
                    " confirmed_at = coalesce(confirmed_at, now()), password_hash = coalesce(%s, password_hash)"
                    " where id = %s",
                    [password_hash, identity],
                )
        if identity is None:
            raise WrongCode  # after the transaction, which has counted the try
        return Identity(identity, address)


async def _part_with_others(connection: Connection, identity: UUID) -> None:
    """Take from an account, when its address is confirmed first, all browsers and chats that came in before.

    Its owner was not known then: they may be somebody else's, who would be an admin with the owner.
    """
    found = await connection.execute("select from identities where id = %s and confirmed_at is null", [identity])
    if await found.fetchone() is None:
        return
    await connection.execute("delete from secrets where account_id = %s", [identity])
    await connection.execute("delete from sessions where account_id = %s", [identity])
    await connection.execute("select private.untie(id) from private.telegram_ids(%s) as id", [identity])


def _address(given: str) -> str:
    """Return an address as it is kept; one that cannot be an address is nobody's."""
    try:
        return checked_address(given)
    except NoAddress:
        return ""
