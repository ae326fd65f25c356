"""`python -m tests.bench.updates`: updates a second that are stored, through HAProxy, against two yardsticks.

The yardsticks, in the same run: (a) behind the same HAProxy, two aiohttp servers that answer 200 and do nothing;
(b) a plain INSERT and COMMIT of one row, at the same concurrency.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import re
import sys
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg

from core.adapters.database import build_pool
from core.adapters.embedded_postgres import EmbeddedPostgres
from core.adapters.migrate import migrate
from tests.bench.posting import LOAD, Measured, Poster
from tests.proof.site import RECEIVERS, Site, running
from tests.proof.telegram import update

CONNECTIONS = 32
AIM_RATIO = 0.6
AIM_P99_MS = 50.0
AIM_MEMORY_MB = 120.0
AIM_READY_SECONDS = 2.0


class Idle(Site):
    """A site whose receivers do nothing."""

    async def start(self) -> None:
        """Start servers that do nothing, and HAProxy."""
        for name in RECEIVERS:
            await self.part(name, ["-m", "tests.bench.nothing", str(self.ports[name])]).start()
        await self.start_haproxy()


@dataclass
class Bench:
    """One database, one folder, and the updates' numbers."""

    database: str
    folder: Path
    seconds: float
    numbers: Iterator[int]

    async def of_receivers(self) -> tuple[Measured, Measured]:
        """Measure our receivers at full load, then at half of that; print what they take."""
        async with running(Site(self.database, self.folder)) as site:
            poster = Poster(site.address, self.numbers, CONNECTIONS)
            await poster.closed_loop(1.0)
            full = await poster.closed_loop(self.seconds)
            half = await poster.open_loop(full.rate / 2, self.seconds)
            await self._footprint(site)
        return full, half

    async def of_nothing(self) -> Measured:
        """Measure HAProxy and aiohttp alone."""
        async with running(Idle(self.database, self.folder)) as site:
            poster = Poster(site.address, self.numbers, CONNECTIONS)
            await poster.closed_loop(1.0)
            return await poster.closed_loop(self.seconds)

    async def of_inserts(self) -> Measured:
        """Measure the database alone: one row, one commit, at the same concurrency."""
        async with AsyncExitStack() as stack:
            connect = psycopg.AsyncConnection.connect
            opened = [
                await stack.enter_async_context(await connect(self.database, autocommit=True))
                for _ in range(CONNECTIONS)
            ]
            await opened[0].execute("create table plain (id bigint primary key, body jsonb not null)")
            measured, began = Measured(), time.perf_counter()
            loops = [self._insert(connection, measured, began + self.seconds) for connection in opened]
            await asyncio.gather(*loops)
            measured.seconds = time.perf_counter() - began
        return measured

    async def _insert(self, connection: psycopg.AsyncConnection, measured: Measured, end: float) -> None:
        while (began := time.perf_counter()) < end:
            number = next(self.numbers)
            body = psycopg.types.json.Jsonb(update(number, LOAD))
            await connection.execute("insert into plain (id, body) values (%s, %s)", [number, body])
            measured.latencies.append(time.perf_counter() - began)

    async def _footprint(self, site: Site) -> None:
        for name in RECEIVERS:
            megabytes = memory_mb(site.parts[name].pid)
            began = time.perf_counter()
            await site.parts[name].stop()
            stopped = time.perf_counter()
            await site.parts[name].start()
            ready = time.perf_counter() - stopped
            print(
                f"{name}: {megabytes:.0f} MB (below {AIM_MEMORY_MB:.0f}), "
                f"ready {ready:.2f} s after its start (below {AIM_READY_SECONDS:.0f}), "
                f"drained and ended in {stopped - began:.1f} s"
            )


def memory_mb(pid: int) -> float:
    """Return the resident memory of a process (Linux)."""
    found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text("ascii"))
    assert found is not None
    return int(found[1]) / 1024


def line(name: str, measured: Measured) -> str:
    """Return one line of the table."""
    figures = f"p50 {measured.percentile(50):6.1f} ms, p99 {measured.percentile(99):6.1f} ms"
    return f"{name:<44} {measured.rate:7.0f}/s  {figures}  {measured.refused} refused"


async def run(seconds: float) -> bool:
    """Measure, print, and tell whether the aims are met."""
    folder = TemporaryDirectory(prefix="snapspend-bench-", ignore_cleanup_errors=True)
    with folder as path, EmbeddedPostgres(Path(path) / "postgres") as address:
        pool = build_pool(address, 2)
        await pool.open(wait=True)
        await migrate(pool)
        await pool.close()
        bench = Bench(address, Path(path), seconds, itertools.count())
        inserts = await bench.of_inserts()
        nothing = await bench.of_nothing()
        full, half = await bench.of_receivers()
    print(line("(a) HAProxy and aiohttp, nothing stored", nothing))
    print(line("(b) plain INSERT and COMMIT", inserts))
    print(line("updates accepted through HAProxy", full))
    print(line("the same at half that load", half))
    ratio = full.rate / min(nothing.rate, inserts.rate)
    print(f"ratio to (a) {full.rate / nothing.rate:.2f}, to (b) {full.rate / inserts.rate:.2f}, aim {AIM_RATIO}")
    print(f"p99 at half load {half.percentile(99):.1f} ms, aim {AIM_P99_MS:.0f} ms")
    return ratio >= AIM_RATIO and half.percentile(99) < AIM_P99_MS and not full.refused + half.refused


def main() -> int:
    """Run the benchmark; 1 when an aim is missed."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.updates", description=__doc__)
    parser.add_argument("--seconds", type=float, default=5.0, help="how long each measurement lasts (%(default)s)")
    return 0 if asyncio.run(run(parser.parse_args().seconds)) else 1


if __name__ == "__main__":
    sys.exit(main())
