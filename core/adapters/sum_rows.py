"""The statements behind an account's figures: years, quarters and months are kept as sums, other days are added up."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from psycopg.rows import DictRow

from core.adapters.database import Connection

DAY = timedelta(days=1)
SPANS = (("year", 12), ("quarter", 3), ("month", 1))
"""What sums are kept of, and how many months long it is."""
SUMS = """
with pieces as materialized (select * from unnest(%s::text[], %s::date[], %s::date[]) as each (span, first, last))
select currency, category, merchant, sum(receipts) as receipts, sum(total) as total from (
    select currency, category, merchant, receipts, total from pieces join period_sums as kept
        on kept.span = pieces.span and kept.first between pieces.first and pieces.last
    where account_id = %s
    union all
    select currency, category, sold_by, 1, total from pieces join receipts on counted_on between first and last
    where span = 'day' and account_id = %s and state = 'read' and total is not null
) as parts group by currency, category, merchant
"""


@dataclass(frozen=True)
class Piece:
    """Consecutive whole years, quarters or months, or days (`span`), of which both the first and the last day count."""

    span: str
    first: date
    last: date


def pieces(since: date, until: date, spans: Sequence[tuple[str, int]] = SPANS) -> list[Piece]:
    """Return a period cut into pieces as long as can be: whole years amid whole quarters amid months amid days."""
    if since > until:
        return []
    if not spans:
        return [Piece("day", since, until)]
    (span, months), *shorter = spans
    first, last = _first_begin(since, months), _last_end(until, months)
    if first is None or last is None or first > last:
        return pieces(since, until, shorter)
    before = pieces(since, first - DAY, shorter) if since < first else []
    after = pieces(last + DAY, until, shorter) if last < until else []
    return [*before, Piece(span, first, last), *after]


async def sums(connection: Connection, account: UUID, since: date, until: date) -> list[DictRow]:
    """Return the sums by currency, category and merchant; both days count."""
    cut = pieces(since, until)
    values = [[piece.span for piece in cut], [piece.first for piece in cut], [piece.last for piece in cut]]
    return await (await connection.execute(SUMS, [*values, account, account])).fetchall()


async def day_sums(connection: Connection, account: UUID, since: date, until: date) -> list[DictRow]:
    """Return the sums by day and currency, oldest first; both days count."""
    found = await connection.execute(
        "select day, currency, total from day_sums where account_id = %s and day between %s and %s order by day",
        [account, since, until],
    )
    return await found.fetchall()


async def totals(connection: Connection, account: UUID, since: date, until: date) -> dict[str | None, Decimal]:
    """Return the sum in each currency; both days count."""
    found = await connection.execute(
        "select currency, sum(total) as total from day_sums where account_id = %s and day between %s and %s"
        " group by currency",
        [account, since, until],
    )
    return {row["currency"]: row["total"] for row in await found.fetchall()}


async def tallied(connection: Connection, account: UUID, state: str) -> int:
    """Return how many receipts of the account are in a state."""
    found = await connection.execute(
        "select receipts from tallies where account_id = %s and state = %s", [account, state]
    )
    row = await found.fetchone()
    return int(row["receipts"]) if row else 0


def _first_begin(day: date, months: int) -> date | None:
    """Return the first day, from a day on, with which so many months begin, or None beyond the calendar's end."""
    begin = _begin(day, months)
    if begin == day:
        return day
    end = _end(begin, months)
    return end + DAY if end < date.max else None


def _last_end(day: date, months: int) -> date | None:
    """Return the last day, up to a day, with which so many months end, or None before the calendar's beginning."""
    begin = _begin(day, months)
    if _end(begin, months) == day:
        return day
    return begin - DAY if begin > date.min else None


def _begin(day: date, months: int) -> date:
    """Return with which day the months that a day belongs to begin."""
    return date(day.year, day.month - (day.month - 1) % months, 1)


def _end(begin: date, months: int) -> date:
    """Return with which day so many months end, of one year."""
    month = begin.month + months - 1
    return date(begin.year, month, monthrange(begin.year, month)[1])
