"""The advice of an account as a model put it last, in PostgreSQL."""

from __future__ import annotations

from uuid import UUID

from core.adapters.database import Pool, owned
from core.phrasing import Phrasing


class PostgresPhrasings:
    """Implements the port Phrasings."""

    def __init__(self, pool: Pool) -> None:
        """Take an open pool."""
        self._pool = pool

    async def of(self, account: UUID) -> Phrasing | None:
        """Return the last phrasing of an account's advice, or None."""
        async with owned(self._pool, account) as connection:
            found = await connection.execute(
                "select facts, text, model from phrasings where account_id = %s", [account]
            )
            row = await found.fetchone()
        return Phrasing(**row) if row else None

    async def put(self, account: UUID, phrasing: Phrasing) -> None:
        """Keep a phrasing in place of the one before."""
        async with owned(self._pool, account) as connection:
            await connection.execute(
                "insert into phrasings (account_id, facts, text, model)"
                " values (%(account)s, %(facts)s, %(text)s, %(model)s) on conflict (account_id) do update"
                " set facts = excluded.facts, text = excluded.text, model = excluded.model, made_at = now()",
                {"account": account, **vars(phrasing)},
            )
