"""Merchant rules in PostgreSQL: each account's own, which move with its receipts."""

from __future__ import annotations

from uuid import UUID

from core.adapters.database import Pool, owned
from core.adapters.storable import storable
from core.rules import Rule, merchant_key

LONGEST_NAME = 200


class PostgresRules:
    """Implements the port Rules."""

    def __init__(self, pool: Pool) -> None:
        """Take an open pool."""
        self._pool = pool

    async def find(self, account: UUID, merchant: str) -> str | None:
        """Return where the receipts of a merchant go, or None when no rule says."""
        key = merchant_key(merchant)
        if not key:
            return None
        async with owned(self._pool, account) as connection:
            found = await connection.execute(
                "select category from merchant_rules where account_id = %s and merchant_key = %s", [account, key]
            )
            row = await found.fetchone()
        return str(row["category"]) if row else None

    async def learn(self, account: UUID, merchant: str, category: str) -> None:
        """Remember where the receipts of a merchant go; a name without letters and digits makes no rule."""
        key, name = merchant_key(merchant), str(storable(merchant))[:LONGEST_NAME]
        if not key:
            return
        async with owned(self._pool, account) as connection:
            # Selected, so that nothing is remembered of an account that went away meanwhile.
            await connection.execute(
                "insert into merchant_rules (account_id, merchant_key, merchant, category)"
                " select id, %s, %s, %s from accounts where id = %s"
                " on conflict (account_id, merchant_key) do update"
                " set merchant = excluded.merchant, category = excluded.category, made_at = now()",
                [key, name, category, account],
            )

    async def all(self, account: UUID) -> list[Rule]:
        """Return the account's rules by their merchants' names."""
        async with owned(self._pool, account) as connection:
            found = await connection.execute(
                "select merchant_key, merchant, category, made_at from merchant_rules where account_id = %s"
                " order by merchant_key",
                [account],
            )
            return [Rule(**row) for row in await found.fetchall()]

    async def forget(self, account: UUID, merchant_key: str) -> bool:
        """Forget a rule; False when there is none."""
        async with owned(self._pool, account) as connection:
            gone = await connection.execute(
                "delete from merchant_rules where account_id = %s and merchant_key = %s",
                [account, str(storable(merchant_key))],
            )
        return gone.rowcount == 1
