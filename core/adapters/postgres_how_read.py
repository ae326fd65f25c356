"""How receipts were read, in PostgreSQL: from counts that the database keeps, see 20261127000005_field_tallies.sql."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from core.adapters.database import Pool, owned
from core.how_read import Field, HowRead

WHOLE, BY_HAND = "", "by hand"
"""What stands in place of a field's name where receipts as a whole are counted."""
COUNTS = """
select field, sum(receipts)::integer as receipts, sum(asked)::integer as asked, sum(confirmed)::integer as confirmed,
    sum(corrected)::integer as corrected, sum(unasked)::integer as unasked,
    (
        select min(first) from field_tallies
        where account_id = %(account)s and span = 'day' and first >= %(since)s and field = ''
    ) as since
from field_tallies where account_id = %(account)s and span = %(span)s and first >= %(since)s group by field
"""


class PostgresHowRead:
    """Implements the port HowReadCounts."""

    def __init__(self, pool: Pool) -> None:
        """Take an open pool."""
        self._pool = pool

    async def how_read(self, account: UUID, since: date | None = None) -> HowRead:
        """Return what became of an account's receipts sent on a day or later, or of all."""
        async with owned(self._pool, account) as connection:
            span = {"span": "day" if since else "month", "since": since or date.min}
            found = await connection.execute(COUNTS, {"account": account, **span})
            rows = {row["field"]: row for row in await found.fetchall()}
        by_hand = rows.pop(BY_HAND)["receipts"] if BY_HAND in rows else 0
        if WHOLE not in rows:
            return HowRead(by_hand=by_hand)
        whole = rows.pop(WHOLE)
        fields = [
            Field(name, row["asked"], row["confirmed"], row["corrected"], row["unasked"]) for name, row in rows.items()
        ]
        return HowRead(
            receipts=whole["receipts"],
            since=whole["since"],
            corrected=whole["corrected"],
            confirmed=whole["confirmed"],
            by_hand=by_hand,
            fields=tuple(fields),
        )
