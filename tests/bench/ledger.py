"""`python -m tests.bench.ledger`: what a large account waits for, against a small one and against no row security.

In the embedded PostgreSQL, 1,000,000 receipts: a fifth in one account, about 1,000 in each other. Measured are the
adapters' own methods, with all that they do around their statements.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Self
from uuid import UUID

import psycopg
from psycopg.rows import DictRow

from core.adapters.database import transaction
from core.adapters.embedded_postgres import EmbeddedPostgres
from core.adapters.wiring import Stores, open_stores
from core.how_read import lately
from core.insights import summary_of
from core.months import first_needed
from core.periods import Period, PeriodKind, period_of
from core.receipt import Category
from core.searching import Wanted
from core.settings import Settings
from tests.bench.ledger_rows import LARGE, MERCHANTS, SMALL, TODAY, VOCABULARY, fill, word
from tests.bench.posting import Measured
from tests.owner import as_owner, prepared

AIM_MS = 50.0
AIM_RATIO = 2.0
AIM_SECURITY = 1.25
ROUNDS = 4
LEAST_MS = 1.0

Ask = Callable[[Stores, UUID], Awaitable[object]]


def summary(kind: PeriodKind) -> Ask:
    """Return what /summary asks for a period under way: its sums against those before, and its days."""

    async def ask(stores: Stores, account: UUID) -> object:
        period = period_of(kind, TODAY)
        found = await summary_of(stores.ledger, account, period, TODAY)
        return found, await stores.ledger.by_day(account, period.first, period.last)

    return ask


async def home(stores: Stores, account: UUID) -> object:
    """Ask what the home page shows: a month against the one before, the largest receipts, what is due and doubted."""
    month = period_of(PeriodKind.MONTH, TODAY)
    return [
        await stores.ledger.newest(account, 1, 0),
        await stores.ledger.waiting(account),
        await summary_of(stores.ledger, account, month, TODAY),
        await stores.ledger.by_day(account, first_needed(month, TODAY), month.last),
        await stores.largest.largest(account, month.first, month.last, 5),
        await stores.ledger.due(account, TODAY + timedelta(days=30), 6),
        await stores.search.search(account, Wanted(doubted=True, limit=5)),
    ]


async def accuracy(stores: Stores, account: UUID) -> object:
    """Ask what /accuracy tells: how all receipts were read, and those of the last days."""
    return [await stores.how_read.how_read(account, since) for since in (None, lately(TODAY))]


def page(number: int) -> Ask:
    """Return what /list asks for its pages."""

    async def ask(stores: Stores, account: UUID) -> object:
        return await stores.ledger.newest(account, 10, 10 * number), await stores.ledger.waiting(account)

    return ask


def search(wanted: Wanted) -> Ask:
    """Return what a search asks."""

    async def ask(stores: Stores, account: UUID) -> object:
        return await stores.search.search(account, wanted)

    return ask


LAST_YEAR = Period(PeriodKind.YEAR, TODAY.replace(year=TODAY.year - 1, month=1, day=1))
ASKED: dict[str, Ask] = {
    "/summary of a month": summary(PeriodKind.MONTH),
    "/summary of a year": summary(PeriodKind.YEAR),
    "/list, first page": page(0),
    "/list, fifth page": page(4),
    "home": home,
    "/accuracy": accuracy,
    "search: a rare word": search(Wanted(word(VOCABULARY - 5))),
    "search: a word of some": search(Wanted(word(300))),
    "search: a common word": search(Wanted(word(0))),
    "search: on every receipt": search(Wanted("total")),
    "search: beginning of a word": search(Wanted("ba")),
    "search: a merchant": search(Wanted(f"{word(MERCHANTS - 9)} {word(7 * (MERCHANTS - 9))}")),
    "search: common and rare": search(Wanted(f"{word(0)} {word(VOCABULARY - 5)}")),
    "search: words of no receipt": search(Wanted("nothing like this")),
    "search: a category": search(Wanted(category=Category.FUEL)),
    "search: currency and category": search(Wanted(currency="GBP", category=Category.GIFTS)),
    "search: open doubts": search(Wanted(doubted=True)),
    "search: days": search(Wanted(since=LAST_YEAR.first, until=LAST_YEAR.last)),
    "search: a word in a year": search(Wanted(word(30), since=LAST_YEAR.first, until=LAST_YEAR.last)),
    "search: 20th page": search(Wanted(word(0), offset=190)),
}


@dataclass
class Timed:
    """How long something took in the database, and with all that the adapters do around it."""

    database: Measured = field(default_factory=Measured)
    whole: Measured = field(default_factory=Measured)

    @property
    def typical(self) -> float:
        """Return the median time in the database, in ms; what is too short to be told from noise counts as 1 ms."""
        return max(self.database.percentile(50), LEAST_MS)


@dataclass
class Row:
    """One thing asked, in the large account, a small one, and the large one without row security."""

    large: Timed = field(default_factory=Timed)
    small: Timed = field(default_factory=Timed)
    bare: Timed = field(default_factory=Timed)
    indexes: list[str] = field(default_factory=list)

    @property
    def ratio(self) -> float:
        """Return how much longer the large account waits than a small one."""
        return self.large.typical / self.small.typical

    @property
    def security(self) -> float:
        """Return how much longer it takes with row security than without."""
        return self.large.typical / self.bare.typical

    @property
    def is_well(self) -> bool:
        """Tell whether the aims are met."""
        slow = self.large.database.percentile(95) >= AIM_MS
        return not slow and self.ratio <= AIM_RATIO and self.security <= AIM_SECURITY


class TimedCursor(psycopg.AsyncCursor[DictRow]):
    """A cursor that knows how long all of its kind waited for the database."""

    seconds = 0.0

    async def execute(self, *args: Any, **options: Any) -> Self:
        """Execute, and add the time to all before."""
        began = time.perf_counter()
        try:
            return await super().execute(*args, **options)
        finally:
            TimedCursor.seconds += time.perf_counter() - began


async def measure(into: Timed, ask: Ask, stores: Stores, account: UUID) -> None:
    """Ask once more."""
    TimedCursor.seconds, began = 0.0, time.perf_counter()
    await ask(stores, account)
    into.whole.latencies.append(time.perf_counter() - began)
    into.database.latencies.append(TimedCursor.seconds)


@asynccontextmanager
async def without_row_security(stores: Stores) -> AsyncIterator[None]:
    """Switch row security off for a while."""
    for verb in ("disable", "enable"):
        async with as_owner(stores) as owner:
            found = await owner.execute("select tablename as name from pg_tables where schemaname = 'public'")
            for row in await found.fetchall():
                await owner.execute(f"alter table public.{row['name']} {verb} row level security".encode())
        if verb == "disable":
            yield


async def scans(stores: Stores) -> dict[str, int]:
    """Return how often each index was read so far, and each table as a whole."""
    async with transaction(stores.pool) as connection:
        await connection.execute("select pg_stat_force_next_flush()")
    async with as_owner(stores) as owner:
        found = await owner.execute(
            "select indexrelname as name, idx_scan as scans from pg_stat_user_indexes"
            " union all select 'ALL OF ' || relname, seq_scan from pg_stat_user_tables"
        )
        return {row["name"]: row["scans"] for row in await found.fetchall()}


async def measured(stores: Stores, times: int) -> dict[str, Row]:
    """Measure everything by turns, with and without row security: what disturbs one disturbs all."""
    rows = {name: Row(indexes=await indexes_of(stores, ask)) for name, ask in ASKED.items()}
    for _ in range(ROUNDS):
        for name, ask in ASKED.items():
            for account in (LARGE, SMALL):
                await ask(stores, account)
            for _ in range(times // ROUNDS):
                await measure(rows[name].large, ask, stores, LARGE)
                await measure(rows[name].small, ask, stores, SMALL)
        async with without_row_security(stores):
            for name, ask in ASKED.items():
                await ask(stores, LARGE)
                for _ in range(times // ROUNDS):
                    await measure(rows[name].bare, ask, stores, LARGE)
    return rows


async def indexes_of(stores: Stores, ask: Ask) -> list[str]:
    """Return the indexes that are read for the large account, and tables that are read as a whole."""
    before = await scans(stores)
    await ask(stores, LARGE)
    after = await scans(stores)
    return sorted(name for name in after if after[name] > before.get(name, 0))


def told(rows: dict[str, Row]) -> bool:
    """Print the table, and tell whether the aims are met."""
    heads = f"{'p50':>6} {'p95':>6}  whole"
    print(f"{'ms in the database':<31} {heads}  small: {heads}   ratio  security")
    for name, row in rows.items():
        both = "         ".join(_figures(timed) for timed in (row.large, row.small))
        print(f"{name:<31} {both}   {row.ratio:5.2f}     {row.security:5.2f}  {'' if row.is_well else 'MISSED'}")
    for name, row in rows.items():
        print(f"{name:<31} {', '.join(row.indexes)}")
    return all(row.is_well for row in rows.values())


def _figures(timed: Timed) -> str:
    known, whole = timed.database, timed.whole
    return f"{known.percentile(50):6.1f} {known.percentile(95):6.1f} {whole.percentile(50):6.1f}"


async def run(receipts: int, times: int) -> bool:
    """Fill, measure, print, and tell whether the aims are met."""
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(TemporaryDirectory(prefix="snapspend-bench-", ignore_cleanup_errors=True))
        address = stack.enter_context(EmbeddedPostgres(Path(folder) / "postgres"))
        settings = {"DATABASE_URL": await prepared(address), "SNAPSPEND_DATA": folder}
        stores = await stack.enter_async_context(open_stores(Settings.from_environment(settings), 1))
        async with stores.pool.connection() as connection:
            connection.cursor_factory = TimedCursor
        began = time.perf_counter()
        async with as_owner(stores) as owner:
            await fill(owner, receipts)
        print(f"{receipts:,} receipts stored in {timedelta(seconds=round(time.perf_counter() - began))}")
        return told(await measured(stores, times))


def main() -> int:
    """Run the benchmark; 1 when an aim is missed."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.ledger", description=__doc__)
    parser.add_argument("--receipts", type=int, default=1_000_000, help="how many in all (%(default)s)")
    parser.add_argument("--times", type=int, default=60, help="how often each thing is asked (%(default)s)")
    arguments = parser.parse_args()
    return 0 if asyncio.run(run(arguments.receipts, arguments.times)) else 1


if __name__ == "__main__":
    sys.exit(main())
