"""Receipts that do not count, in PostgreSQL: photos that wait or could not be used, and what was deleted."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from core.adapters.database import Pool, owned
from core.adapters.receipt_rows import COLUMNS, filed_of
from core.ports import Filed, State


class PostgresAside:
    """Implements the port Aside."""

    def __init__(self, pool: Pool) -> None:
        """Take an open pool."""
        self._pool = pool

    async def aside(self, account: UUID, states: Sequence[State], limit: int, offset: int) -> tuple[list[Filed], int]:
        """Return an account's receipts in these states, latest sent first, and how many there are in all.

        Those that were read are found by Search; here there are none of them.
        """
        wanted = [account, [str(state) for state in states]]
        where = "where account_id = %s and state = any(%s) and state <> 'read'"
        async with owned(self._pool, account) as connection:
            found = await connection.execute(
                f"select {COLUMNS} from receipts {where} order by opened_at desc limit %s offset %s",  # noqa: S608
                [*wanted, limit, offset],
            )
            rows = await found.fetchall()
            counted = await connection.execute(f"select count(*) as receipts from receipts {where}", wanted)  # noqa: S608
            row = await counted.fetchone()
        return [filed_of(row) for row in rows], int(row["receipts"]) if row else 0
