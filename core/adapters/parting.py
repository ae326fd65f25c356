"""What an account loses when a Telegram user leaves it: the browsers their chat signed in, and their role of admin."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from core.accounts import Role
from core.adapters.database import Connection


@dataclass(frozen=True)
class Admins:
    """Who is an admin by the settings (addresses written small)."""

    emails: frozenset[str] = frozenset()
    ids: frozenset[int] = frozenset()


async def lock_ties(connection: Connection, person: int, admins: Admins) -> UUID | None:
    """Let nobody else change a person's tie until the transaction ends, and return the account they are tied to.

    The ties of admins change one after the other, so that the last of two who leave at once takes the role along.
    """
    if person in admins.ids:
        await connection.execute("select pg_advisory_xact_lock(hashtextextended('admins', 0))")
    await connection.execute("select pg_advisory_xact_lock(hashtextextended('link', %s))", [person])
    found = await connection.execute("select id from private.account_of_person(%s)", [person])
    row = await found.fetchone()
    return UUID(str(row["id"])) if row else None


async def part(connection: Connection, person: int, left: UUID, admins: Admins) -> None:
    """Sign out the browsers that came into an account from a chat, and take back the role that its person brought.

    Which of several chats a browser came from is not known, so all of those are signed out. The role stays with an
    account whose address or other chat is an admin's by the settings, and with the last admin who can sign in.
    Whom another admin promoted as well loses it too: how the role was come by is not kept.
    """
    await connection.execute("delete from sessions where account_id = %s and way in ('chat', 'mini app')", [left])
    if person not in admins.ids:
        return
    found = await connection.execute("select email from private.person(%s)", [left])
    row = await found.fetchone()
    if row is None or row["email"] in admins.emails:
        return
    ties = await connection.execute("select private.telegram_ids(%s) as id", [left])
    if not admins.ids & {tie["id"] for tie in await ties.fetchall()}:
        await connection.execute("select private.demote(%s)", [left])


async def bring_role(connection: Connection, person: int, account: UUID, admins: Admins) -> None:
    """Make an account an admin's that an admin was tied to."""
    if person in admins.ids:
        await connection.execute("select private.set_role(%s, %s)", [account, Role.ADMIN])
