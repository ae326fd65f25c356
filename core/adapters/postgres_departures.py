"""What left this machine, in PostgreSQL: noted before it goes, seen by nobody but the account that it is of."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from psycopg.errors import ForeignKeyViolation
from psycopg.rows import DictRow
from psycopg.types.json import Jsonb

from core.adapters.database import Pool, owned
from core.departures import Departure, Outcome, Purpose, Return, Sent
from core.errors import Unavailable

COLUMNS = """
service, host, purpose, picture_bytes, text_chars, masked, model, sent_at, outcome, tokens_in, tokens_out, cost_usd
"""


class PostgresDepartures:
    """Implements the port Departures."""

    def __init__(self, pool: Pool) -> None:
        """Take an open pool."""
        self._pool = pool

    async def note(self, account: UUID, receipt: UUID | None, departure: Departure) -> UUID:
        """Keep one before it leaves and return its id.

        Raises Unavailable, also when the account has no such receipt any more: it may have moved to another meanwhile.
        """
        try:
            async with owned(self._pool, account) as connection:
                noted = await connection.execute(
                    "insert into departures"
                    " (account_id, receipt_id, service, host, purpose, model, picture_bytes, text_chars, masked)"
                    " values (%(account)s, %(receipt)s, %(service)s, %(host)s, %(purpose)s, %(model)s,"
                    " %(picture_bytes)s, %(text_chars)s, %(masked)s) returning id",
                    _values(departure) | {"account": account, "receipt": receipt},
                )
                row = await noted.fetchone()
        except ForeignKeyViolation as error:
            raise Unavailable("the receipt is not there any more") from error
        assert row is not None, "what was inserted comes back"  # noqa: S101
        found: UUID = row["id"]
        return found

    async def returned(self, account: UUID, note: UUID, what: Return) -> None:
        """Keep what came of one. Raises Unavailable."""
        async with owned(self._pool, account) as connection:
            await connection.execute(
                "update departures set outcome = %s, tokens_in = %s, tokens_out = %s, cost_usd = %s"
                " where account_id = %s and id = %s",
                [what.outcome, what.tokens_in, what.tokens_out, what.cost_usd, account, note],
            )

    async def of_receipt(self, account: UUID, receipts: Sequence[UUID]) -> list[Departure]:
        """Return what left for these receipts and for those that they join, first sent first."""
        async with owned(self._pool, account) as connection:
            found = await connection.execute(
                f"select {COLUMNS} from departures where account_id = %(account)s and (receipt_id = any(%(wanted)s)"  # noqa: S608
                " or receipt_id in (select unnest(joins) from receipts"
                " where account_id = %(account)s and id = any(%(wanted)s))) order by sent_at, id",
                {"account": account, "wanted": list(receipts)},
            )
            return [_departure(row) for row in await found.fetchall()]

    async def sent(self, account: UUID) -> list[Sent]:
        """Return what left of an account in all, a service and host each."""
        async with owned(self._pool, account) as connection:
            found = await connection.execute(
                "select service, host, count(*) as calls, sum(picture_bytes)::bigint as picture_bytes,"
                " sum(text_chars)::bigint as text_chars from departures where account_id = %s"
                " group by service, host order by service, host",
                [account],
            )
            rows = await found.fetchall()
            counted = await connection.execute(
                "select service, host, kind, sum(number::int)::bigint as number"
                " from departures, jsonb_each_text(masked) as entry (kind, number) where account_id = %s"
                " group by service, host, kind order by kind",
                [account],
            )
            masked = await counted.fetchall()
        return [Sent(**row, masked=_masked(row, masked)) for row in rows]


def _values(departure: Departure) -> dict[str, object]:
    names = ("service", "host", "purpose", "model", "picture_bytes", "text_chars")
    return {**{name: getattr(departure, name) for name in names}, "masked": Jsonb(dict(departure.masked))}


def _departure(row: DictRow) -> Departure:
    outcome = Outcome(row["outcome"]) if row["outcome"] else None
    return Departure(**{**row, "purpose": Purpose(row["purpose"]), "outcome": outcome})


def _masked(of: DictRow, counted: Sequence[DictRow]) -> dict[str, int]:
    alike = [row for row in counted if (row["service"], row["host"]) == (of["service"], of["host"])]
    return {row["kind"]: row["number"] for row in alike}
