"""Counts the photos that an account sent within a day, in PostgreSQL."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from core.adapters.database import Pool, owned

DAY = timedelta(hours=24)


class PostgresPhotoCount:
    """Implements the port Counted of core/quota.py."""

    def __init__(self, pool: Pool) -> None:
        """Take an open pool."""
        self._pool = pool

    async def full_until(self, account: UUID, most: int) -> datetime | None:
        """Return when the account may send again, or None while it sent fewer than `most` photos in 24 hours.

        A receipt that joins several photos is not a photo; one that was deleted was.
        """
        async with owned(self._pool, account) as connection:
            found = await connection.execute(
                "select opened_at from receipts where account_id = %s and opened_at > now() - %s and joins = '{}'"
                " order by opened_at desc offset %s limit 1",
                [account, DAY, most - 1],
            )
            row = await found.fetchone()
        return row["opened_at"] + DAY if row else None
