"""Line items and single receipts that a question is about, in PostgreSQL; amounts of currencies are never compared."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from psycopg.rows import DictRow

from core.adapters.database import Pool, owned
from core.asking.purchases import MOST_RECEIPTS, Bought, Order, Pick, Scope, Slip, Untotalled

CATEGORY = "coalesce(category, 'other')"
SLIP = f"id, counted_on, bought_on, merchant, {CATEGORY} as category, currency, total"
MINE = "account_id = %(account)s and state = 'read' and counted_on between %(since)s and %(until)s"
FITS = (
    "(%(merchants)s::text[] is null or sold_by = any(%(merchants)s) or (%(nameless)s and sold_by is null))"
    f" and (%(categories)s::text[] is null or {CATEGORY} = any(%(categories)s))"
)
ORDERS = {
    Order.LARGEST: "total desc, counted_on desc, id",
    Order.SMALLEST: "total, counted_on desc, id",
    Order.LATEST: "counted_on desc, opened_at desc",
    Order.FIRST: "counted_on, opened_at",
}


class PostgresPurchases:
    """Implements the port Purchases."""

    def __init__(self, pool: Pool) -> None:
        """Take an open pool."""
        self._pool = pool

    async def items(self, scope: Scope, words: Sequence[str]) -> tuple[list[Bought], bool]:
        """Return the line items of receipts with words that begin like any of these, latest first.

        `named` has a receipt's different words with a space between them. The words are letters, digits and dots
        (core/search_words.py), so none of them means anything to LIKE.
        """
        beginnings = [f"% {word}%" for word in words]
        async with owned(self._pool, scope.account) as connection:
            found = await connection.execute(
                f"select {SLIP}, receipt -> 'items' as items from receipts where {MINE}"  # noqa: S608
                " and (' ' || named) like any(%(beginnings)s)"
                " order by counted_on desc, opened_at desc limit %(most)s",
                {**_days(scope), "beginnings": beginnings, "most": MOST_RECEIPTS + 1},
            )
            rows = await found.fetchall()
        return [one for row in rows[:MOST_RECEIPTS] for one in _bought(row)], len(rows) > MOST_RECEIPTS

    async def untotalled(self, scope: Scope) -> list[Untotalled]:
        """Count the receipts without a total, a merchant and category each."""
        async with owned(self._pool, scope.account) as connection:
            found = await connection.execute(
                f"select sold_by, {CATEGORY} as category, count(*) as receipts from receipts"  # noqa: S608
                f" where {MINE} and total is null group by 1, 2",
                _days(scope),
            )
            return [Untotalled(row["sold_by"], row["category"], row["receipts"]) for row in await found.fetchall()]

    async def slips(self, scope: Scope, pick: Pick) -> list[Slip]:
        """Return receipts in an order: so many, or so many of each currency where they are ordered by total."""
        order, by_total = ORDERS[pick.order], pick.order in (Order.LARGEST, Order.SMALLEST)
        apart = f"row_number() over (partition by currency order by {order})" if by_total else "0"
        most = " where place <= %(limit)s order by currency nulls last, place" if by_total else f" order by {order}"
        async with owned(self._pool, scope.account) as connection:
            found = await connection.execute(
                f"select {SLIP} from (select {SLIP}, opened_at, {apart} as place from receipts"  # noqa: S608
                f" where {MINE} and {FITS}{' and total > 0' if by_total else ''}) as fitting{most}"
                + ("" if by_total else " limit %(limit)s"),
                {**_days(scope), **_fitting(pick), "limit": pick.limit},
            )
            return [_slip(row) for row in await found.fetchall()]


def _days(scope: Scope) -> dict[str, Any]:
    return {"account": scope.account, "since": scope.since, "until": scope.until}


def _fitting(pick: Pick) -> dict[str, Any]:
    names = None if pick.merchants is None else [name for name in pick.merchants if name is not None]
    return {
        "merchants": names,
        "nameless": pick.merchants is not None and None in pick.merchants,
        "categories": None if pick.categories is None else list(pick.categories),
    }


def _slip(row: DictRow) -> Slip:
    return Slip(
        row["id"],
        row["counted_on"],
        row["merchant"],
        row["category"],
        row["currency"],
        row["total"],
        undated=row["bought_on"] is None,
    )


def _bought(row: DictRow) -> list[Bought]:
    slip = _slip(row)
    return [
        Bought(slip, str(item.get("description") or ""), _number(item.get("quantity")), _number(item.get("total")))
        for item in row["items"] or []
    ]


def _number(value: object) -> Decimal | None:
    try:
        return None if value is None else Decimal(str(value))
    except InvalidOperation:
        return None
