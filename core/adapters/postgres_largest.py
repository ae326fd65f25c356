"""The largest receipts of a time, in PostgreSQL; amounts of different currencies are never compared."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from core.adapters.database import Pool, owned
from core.adapters.receipt_rows import COLUMNS, filed_of
from core.ports import Filed


class PostgresLargest:
    """Implements the port Largest."""

    def __init__(self, pool: Pool) -> None:
        """Take an open pool."""
        self._pool = pool

    async def largest(self, account: UUID, since: date, until: date, limit: int) -> list[Filed]:
        """Return so many read receipts of each currency, largest first; `since` and `until` both count."""
        async with owned(self._pool, account) as connection:
            found = await connection.execute(
                "with placed as (select id, row_number() over (partition by currency order by total desc, id) as place"  # noqa: S608
                " from receipts where account_id = %(account)s and state = 'read' and total > 0"
                " and counted_on between %(since)s and %(until)s)"
                f" select {COLUMNS} from receipts where account_id = %(account)s"
                " and id = any(array(select id from placed where place <= %(limit)s))"
                " order by currency nulls last, total desc",
                {"account": account, "since": since, "until": until, "limit": limit},
            )
            return [filed_of(row) for row in await found.fetchall()]
