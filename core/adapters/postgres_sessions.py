"""Browsers that are signed in, in PostgreSQL: any receiver serves them, and any can sign them out."""

from __future__ import annotations

import secrets
from datetime import timedelta
from hashlib import sha256
from uuid import UUID

from psycopg.rows import DictRow

from core.accounts import Account, Session
from core.adapters.database import Pool, single
from core.adapters.postgres_accounts import account_of

IDLE = timedelta(days=14)
OLDEST = timedelta(days=90)
LONGEST_DEVICE = 80
ALIVE = "seen_at > now() - %(idle)s and opened_at > now() - %(oldest)s"
AGES = {"idle": IDLE, "oldest": OLDEST}


class PostgresSessions:
    """Implements the port Sessions: a session ends 14 days after it was last seen, and 90 days after it began."""

    def __init__(self, pool: Pool) -> None:
        """Take an open pool."""
        self._pool = pool

    async def open(self, account: UUID, device: str, way: str) -> str:
        """Sign a browser in and return its token; sessions that are too old are removed, whosever they were."""
        token = secrets.token_urlsafe(32)
        async with single(self._pool) as connection:
            await connection.execute(f"delete from sessions where not ({ALIVE})", AGES)  # noqa: S608
            await connection.execute(
                "insert into sessions (token_hash, account_id, device, way) values (%s, %s, %s, %s)",
                [_hash(token), account, device[:LONGEST_DEVICE], way],
            )
        return token

    async def find(self, token: str) -> tuple[Session, Account] | None:
        """Return whose session it is, and note that it was seen; None once it was closed or is too old."""
        async with single(self._pool) as connection:
            found = await connection.execute(
                "select * from private.see_session(%s, %s, %s)", [_hash(token), IDLE, OLDEST]
            )
            row = await found.fetchone()
        return _seen(row) if row else None

    async def of(self, account: UUID) -> list[Session]:
        """Return the account's sessions that are open, last seen first."""
        async with single(self._pool) as connection:
            found = await connection.execute(
                "select id, account_id as account, device, way, opened_at, seen_at from sessions"  # noqa: S608
                f" where account_id = %(account)s and {ALIVE} order by seen_at desc, opened_at desc",
                {"account": account, **AGES},
            )
            return [Session(**row) for row in await found.fetchall()]

    async def close(self, account: UUID, session: UUID) -> bool:
        """Sign a browser of the account out; False when it is not its own or signed out already."""
        async with single(self._pool) as connection:
            closed = await connection.execute(
                "delete from sessions where id = %s and account_id = %s", [session, account]
            )
            return closed.rowcount == 1

    async def close_all(self, account: UUID, but: UUID | None = None) -> int:
        """Sign all browsers of the account out, maybe but one, and count them."""
        async with single(self._pool) as connection:
            closed = await connection.execute(
                "delete from sessions where account_id = %s and id is distinct from %s", [account, but]
            )
            return closed.rowcount


def _hash(token: str) -> bytes:
    """Return what is kept of a token: it is random, so nobody finds it from its hash."""
    return sha256(token.encode("utf-8", "replace")).digest()


def _seen(row: DictRow) -> tuple[Session, Account]:
    """Return a row of private.see_session as a session and its account."""
    facts = dict(row)
    names = ("device", "way", "opened_at", "seen_at")
    session = Session(facts.pop("session_id"), facts["id"], **{name: facts.pop(name) for name in names})
    return session, account_of(facts)
