"""The statements behind an account's figures: whole months are kept as sums, the days beside them are added here."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from psycopg.rows import DictRow

from core.adapters.database import Connection

DAY = timedelta(days=1)
ROWS = (
    " union all select currency, category, sold_by, 1, total from receipts"
    " where account_id = %(account)s and state = 'read' and total is not null and counted_on between {} and {}"
)
SUMS = (
    "select currency, category, merchant, sum(receipts) as receipts, sum(total) as total from ("  # noqa: S608
    "select currency, category, merchant, receipts, total from month_sums"
    " where account_id = %(account)s and month between %(first)s and %(last)s"
    + ROWS.format("%(since)s", "%(head)s")
    + ROWS.format("%(tail)s", "%(until)s")
    + ") as parts group by currency, category, merchant"
)


@dataclass(frozen=True)
class Cut:
    """Some days as whole months from `first` to the end of the month of `last`, and the days before and after.

    The days before end with `head`, those after begin with `tail`. What there is none of is None, with which SQL's
    BETWEEN holds nothing.
    """

    since: date
    until: date
    first: date | None
    last: date | None
    head: date | None
    tail: date | None


def cut(since: date, until: date) -> Cut:
    """Return how a period is added up; without a whole month in it all its days are those before."""
    first = since if since.day == 1 else _next_month(since)
    last = until if until.day == monthrange(until.year, until.month)[1] else _month_before(until)
    if first is None or last is None or first > last:
        return Cut(since, until, None, None, until, None)
    head = first - DAY if first > since else None
    tail = last + DAY if last < until else None
    return Cut(since, until, first, last, head, tail)


async def sums(connection: Connection, account: UUID, since: date, until: date) -> list[DictRow]:
    """Return the sums by currency, category and merchant; both days count."""
    values: dict[str, Any] = {"account": account, **vars(cut(since, until))}
    return await (await connection.execute(SUMS, values)).fetchall()


async def day_sums(connection: Connection, account: UUID, since: date, until: date) -> list[DictRow]:
    """Return the sums by day and currency, oldest first; both days count."""
    found = await connection.execute(
        "select day, currency, total from day_sums where account_id = %s and day between %s and %s order by day",
        [account, since, until],
    )
    return await found.fetchall()


async def tallied(connection: Connection, account: UUID, state: str) -> int:
    """Return how many receipts of the account are in a state."""
    found = await connection.execute(
        "select receipts from tallies where account_id = %s and state = %s", [account, state]
    )
    row = await found.fetchone()
    return int(row["receipts"]) if row else 0


def _next_month(day: date) -> date | None:
    """Return the first day of the next month, or None beyond the calendar's end."""
    end = day.replace(day=monthrange(day.year, day.month)[1])
    return end + DAY if end < date.max else None


def _month_before(day: date) -> date | None:
    """Return the last day of the month before, or None before the calendar's beginning."""
    begin = day.replace(day=1)
    return begin - DAY if begin > date.min else None
