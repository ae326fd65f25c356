"""The ledger in PostgreSQL: receipts of an account, and sums over them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from core.adapters.database import Connection, Pool, owned, transaction
from core.adapters.job_queue import JobQueue
from core.adapters.receipt_rows import COLUMNS, WHOLE, filed_of, open_receipt
from core.adapters.sum_rows import day_sums, sums, tallied, totals
from core.errors import ChangedMeanwhile, Unavailable
from core.photo_parts import MARK
from core.ports import DaySum, Filed, State, Sum
from core.receipt import Category, Reading, Receipt
from core.search_words import different_words

SEARCHED = ("merchant", "category", "bought_on", "due_on", "currency", "total")
START = "left(lower(regexp_replace(coalesce(merchant, ''), '[^[:alnum:]]', '', 'g')), 5)"

PAGE = 500


class PostgresLedger:
    """Implements the ports Intake, Ledger and Figures."""

    def __init__(self, pool: Pool, queue: JobQueue) -> None:
        """Take an open pool, and the queue that readings go to."""
        self._pool = pool
        self._queue = queue

    async def open(self, account: UUID, photo: str, source: str, sent_on: date) -> UUID:
        """Open a waiting receipt and enqueue its reading in one transaction; a known `source` changes nothing."""
        async with transaction(self._pool) as connection:
            receipt, fresh = await open_receipt(connection, account, (photo, source, sent_on))
            if fresh:
                await self._queue.read_receipt(connection, receipt, account)
            return receipt

    async def find(self, account: UUID, receipt: UUID) -> Filed | None:
        """Return one receipt of the account, deleted ones too, or None."""
        async with owned(self._pool, account) as connection:
            found = await connection.execute(
                f"select {WHOLE} from receipts where account_id = %s and id = %s",  # noqa: S608
                [account, receipt],
            )
            row = await found.fetchone()
        return filed_of(row) if row else None

    async def newest(self, account: UUID, limit: int, offset: int) -> tuple[list[Filed], int]:
        """Return read receipts, latest `counted_on` first, and how many there are in all."""
        async with owned(self._pool, account) as connection:
            found = await connection.execute(
                f"select {COLUMNS} from receipts where account_id = %s and state = 'read'"  # noqa: S608
                " order by counted_on desc, opened_at desc limit %s offset %s",
                [account, limit, offset],
            )
            rows = await found.fetchall()
            count = await tallied(connection, account, State.READ)
        return [filed_of(row) for row in rows], count

    async def waiting(self, account: UUID) -> int:
        """Return how many photos of the account are still to be read."""
        async with owned(self._pool, account) as connection:
            return await tallied(connection, account, State.WAITING)

    async def alike(self, filed: Filed) -> list[Filed]:
        """Return the account's other read receipts with the same photo, or the same total, currency, day and merchant.

        Of a photo with several receipts each is alike only to the one in the same place of the same photo.
        Merchants are the same when their first letters and digits are: the rest is read differently too often.
        Of the same album only what was opened before counts, so that one of two is asked about.
        """
        receipt = filed.receipt or Receipt()
        async with owned(self._pool, filed.account) as connection:
            found = await connection.execute(
                f"select {COLUMNS} from receipts"  # noqa: S608
                " where account_id = %s and id <> %s and state = 'read'"
                " and (photo = %s and split_part(source, %s, 2) = split_part(%s, %s, 2)"
                " or (total = %s and bought_on = %s and currency is not distinct from %s"
                f" and {START} = coalesce(nullif(%s, ''), {START})))"
                " and (album is distinct from %s or album is null"
                " or opened_at < (select opened_at from receipts where id = %s))"
                " order by opened_at limit 5",
                [
                    *(filed.account, filed.id, filed.photo, MARK, filed.source, MARK),
                    *(receipt.total, receipt.bought_on, receipt.currency),
                    *(_start(receipt.merchant), filed.album, filed.id),
                ],
            )
            return [filed_of(row) for row in await found.fetchall()]

    async def due(self, account: UUID, until: date, limit: int) -> list[Filed]:
        """Return read receipts that are not paid and due at the latest on `until`, overdue ones too, soonest first."""
        async with owned(self._pool, account) as connection:
            found = await connection.execute(
                f"select {COLUMNS} from receipts where account_id = %s and state = 'read'"  # noqa: S608
                " and paid_on is null and due_on <= %s order by due_on limit %s",
                [account, until, limit],
            )
            return [filed_of(row) for row in await found.fetchall()]

    async def every(self, account: UUID, states: Sequence[State] = (State.READ,)) -> AsyncIterator[Filed]:
        """Yield all receipts in these states, first opened first, each once.

        A page is a transaction: who is slow to take them holds nothing.
        """
        after: list[Any] = ["-infinity", UUID(int=0)]
        while True:
            async with owned(self._pool, account) as connection:
                found = await connection.execute(
                    f"select {COLUMNS}, opened_at from receipts where account_id = %s and state = any(%s)"  # noqa: S608
                    " and (opened_at, id) > (%s::timestamptz, %s) order by opened_at, id limit %s",
                    [account, [str(state) for state in states], *after, PAGE],
                )
                rows = await found.fetchall()
            for row in rows:
                yield filed_of(row)
            if len(rows) < PAGE:
                return
            after = [rows[-1]["opened_at"], rows[-1]["id"]]

    async def save(self, filed: Filed, reading: Reading | None) -> None:
        """Write state, receipt, settled doubts, problem (and, when given, the reading) of one receipt.

        Raises ChangedMeanwhile when it was saved since this version was found, Unavailable when the account has no
        such receipt any more: it may have moved to another meanwhile.
        """
        async with owned(self._pool, filed.account) as connection:
            if not await _write(connection, filed, reading):
                there = await connection.execute("select from receipts where id = %s", [filed.id])
                raise ChangedMeanwhile if there.rowcount else Unavailable("the receipt is not there any more")
            if reading is not None:
                await connection.execute(
                    "insert into readings (receipt_id, account_id, reading) values (%s, %s, %s)"
                    " on conflict (receipt_id) do update set reading = excluded.reading",
                    [filed.id, filed.account, Jsonb(reading.model_dump(mode="json"))],
                )

    async def reading(self, account: UUID, receipt: UUID) -> Reading | None:
        """Return the reading that a receipt of the account was extracted from, or None."""
        async with owned(self._pool, account) as connection:
            found = await connection.execute(
                "select reading from readings where account_id = %s and receipt_id = %s",
                [account, receipt],
            )
            row = await found.fetchone()
        return Reading.model_validate(row["reading"]) if row else None

    async def sums(self, account: UUID, since: date, until: date) -> list[Sum]:
        """Return sums by currency, category and merchant; `since` and `until` both count."""
        async with owned(self._pool, account) as connection:
            rows = await sums(connection, account, since, until)
        return [Sum(**{**row, "category": row["category"] or Category.OTHER.value}) for row in rows]

    async def by_day(self, account: UUID, since: date, until: date) -> list[DaySum]:
        """Return sums by day and currency, oldest first; `since` and `until` both count."""
        async with owned(self._pool, account) as connection:
            return [DaySum(**row) for row in await day_sums(connection, account, since, until)]

    async def totals(self, account: UUID, since: date, until: date) -> dict[str | None, Decimal]:
        """Return the sum in each currency; `since` and `until` both count."""
        async with owned(self._pool, account) as connection:
            return await totals(connection, account, since, until)


def _start(merchant: str | None) -> str:
    """Return the first five letters and digits of a name, small."""
    return "".join(letter for letter in merchant or "" if letter.isalnum()).lower()[:5]


async def _write(connection: Connection, filed: Filed, reading: Reading | None) -> bool:
    """Write the receipt whole, and the columns that are searched and summed beside it.

    False when it is not there in this version.

    What was set aside meanwhile stays so: only its album's arrangement brings it back. What was read is kept as it
    was written first.
    """
    receipt = filed.receipt or Receipt()
    values: dict[str, Any] = {
        "id": filed.id,
        "account": filed.account,
        "state": filed.state,
        "problem": filed.problem,
        "settled": [str(kind) for kind in filed.settled],
        "receipt": Jsonb(receipt.model_dump(mode="json")) if filed.receipt else None,
        "paid_on": filed.paid_on,
        "version": filed.version,
        "named": different_words([receipt.merchant, *(item.description for item in receipt.items)]),
        "printed": different_words([reading.text]) if reading else None,
        **{name: getattr(receipt, name) for name in SEARCHED},
    }
    written = await connection.execute(
        "update receipts set state = case state when 'set aside' then state else %(state)s end,"
        " problem = %(problem)s, settled = %(settled)s, paid_on = %(paid_on)s,"
        " as_read = coalesce(as_read, receipt, %(receipt)s), receipt = %(receipt)s,"
        " merchant = %(merchant)s, category = %(category)s, bought_on = %(bought_on)s, due_on = %(due_on)s,"
        " named = %(named)s, printed = coalesce(%(printed)s, printed),"
        " currency = %(currency)s, total = %(total)s, read_at = coalesce(read_at, now()),"
        " version = version + 1"
        " where account_id = %(account)s and id = %(id)s and version = coalesce(%(version)s, version)",
        values,
    )
    return written.rowcount == 1
