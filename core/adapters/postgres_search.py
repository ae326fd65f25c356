"""Search in PostgreSQL: an account's receipts by words and filters, latest first."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from core.adapters.database import Connection, Pool, owned
from core.adapters.receipt_rows import COLUMNS, filed_of
from core.ports import Filed
from core.search_words import words_of
from core.searching import MOST_COUNTED, Found, Wanted

MOST_WORDS = 12
FIRST_DAY, LAST_DAY = date.min, date.max


class PostgresSearch:
    """Implements the port Search."""

    def __init__(self, pool: Pool) -> None:
        """Take an open pool."""
        self._pool = pool

    async def search(self, account: UUID, wanted: Wanted) -> Found:
        """Return the receipts that have all that is wanted, latest `counted_on` first, and how many there are."""
        words = words_of(wanted.text or "")[:MOST_WORDS]
        if wanted.text and wanted.text.strip() and not words:
            return Found([], 0, False)
        async with owned(self._pool, account) as connection:
            if words or _filters(wanted):
                ids, hits = await _marked(connection, words, wanted)
            else:
                ids, hits = await _dated(connection, account, wanted)
            receipts = await _filed(connection, account, ids) if ids else []
        return Found(receipts, min(hits, MOST_COUNTED), hits > MOST_COUNTED)


async def _filed(connection: Connection, account: UUID, ids: list[UUID]) -> list[Filed]:
    """Return the receipts with these ids, latest first."""
    found = await connection.execute(
        f"select {COLUMNS} from receipts where account_id = %s and id = any(%s)"  # noqa: S608
        " order by counted_on desc, opened_at desc",
        [account, ids],
    )
    return [filed_of(row) for row in await found.fetchall()]


async def _marked(connection: Connection, words: list[str], wanted: Wanted) -> tuple[list[UUID], int]:
    """Return a page of the receipts with all words and filters, and how many there are, if no more than needed."""
    found = await connection.execute(
        "select ids, hits from public.search_receipts(%s, %s, %s, %s, %s, %s, %s)",
        [words, _filters(wanted), *_days(wanted), _needed(wanted), wanted.offset, wanted.limit],
    )
    row = await found.fetchone()
    return (row["ids"], row["hits"]) if row else ([], 0)


async def _dated(connection: Connection, account: UUID, wanted: Wanted) -> tuple[list[UUID], int]:
    """Return a page of the receipts of some days, and how many there are, if no more than needed."""
    found = await connection.execute(
        "with dated as (select id, counted_on, opened_at from receipts where account_id = %s and state = 'read'"
        " and counted_on between %s and %s order by counted_on desc, opened_at desc limit %s)"
        " select array(select id from dated order by counted_on desc, opened_at desc offset %s limit %s) as ids,"
        " (select count(*) from dated) as hits",
        [account, *_days(wanted), _needed(wanted), wanted.offset, wanted.limit],
    )
    row = await found.fetchone()
    return (row["ids"], row["hits"]) if row else ([], 0)


def _filters(wanted: Wanted) -> list[str]:
    """Return the marks of what is wanted beside words; see 20261124000008_search.sql."""
    doubted = {None: None, True: "doubted", False: "sure"}[wanted.doubted]
    return [f"#{mark}" for mark in (wanted.category, wanted.currency, doubted) if mark]


def _days(wanted: Wanted) -> tuple[date, date]:
    return wanted.since or FIRST_DAY, wanted.until or LAST_DAY


def _needed(wanted: Wanted) -> int:
    """Return how many must be found at most: those up to the page's last, and one more than is counted."""
    return max(MOST_COUNTED + 1, wanted.offset + wanted.limit)
