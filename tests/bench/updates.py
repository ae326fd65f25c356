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
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg

from core.adapters.embedded_postgres import EmbeddedPostgres
from tests.bench.posting import LOAD, Measured, Poster
from tests.owner import prepared
from tests.proof.site import RECEIVERS, Site, running
from tests.proof.telegram import update

CONNECTIONS = 40
"""Telegram opens up to 100 (setWebhook's max_connections)."""
ROUNDS = 3
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
    """Our site, one whose receivers do nothing, and the database, measured in turn: what disturbs one disturbs all."""

    ours: Site
    idle: Site
    connections: int
    seconds: float
    numbers: Iterator[int] = field(default_factory=itertools.count)
    full: Measured = field(default_factory=Measured)
    nothing: Measured = field(default_factory=Measured)
    inserts: Measured = field(default_factory=Measured)
    half: Measured = field(default_factory=Measured)

    async def run(self) -> None:
        """Measure everything."""
        ours, idle = (Poster(site.address, self.numbers, self.connections) for site in (self.ours, self.idle))
        for poster in (ours, idle):
            await poster.closed_loop(1.0)
        for _ in range(ROUNDS):
            self.nothing += await idle.closed_loop(self.seconds)
            self.inserts += await self._insert_all()
            self.full += await ours.closed_loop(self.seconds)
        self.half += await ours.open_loop(self.full.rate / 2, self.seconds)

    async def _insert_all(self) -> Measured:
        """Measure the database alone: one row, one commit, at the same concurrency."""
        async with AsyncExitStack() as stack:
            opened = [
                await stack.enter_async_context(
                    await psycopg.AsyncConnection.connect(self.idle.database, autocommit=True)
                )
                for _ in range(self.connections)
            ]
            await opened[0].execute("create table if not exists plain (id bigint primary key, body jsonb not null)")
            measured, began = Measured(), time.perf_counter()
            await asyncio.gather(*(self._insert(each, measured, began + self.seconds) for each in opened))
            measured.seconds = time.perf_counter() - began
        return measured

    async def _insert(self, connection: psycopg.AsyncConnection, measured: Measured, end: float) -> None:
        while (began := time.perf_counter()) < end:
            number = next(self.numbers)
            body = psycopg.types.json.Jsonb(update(number, LOAD))
            await connection.execute("insert into plain (id, body) values (%s, %s)", [number, body])
            measured.latencies.append(time.perf_counter() - began)


async def footprint(site: Site) -> None:
    """Print what each receiver takes, after its work and at a start."""
    for name in RECEIVERS:
        megabytes = memory_mb(site.parts[name].pid)
        began = time.perf_counter()
        await site.parts[name].stop()
        stopped = time.perf_counter()
        await site.parts[name].start()
        ready, drained = time.perf_counter() - stopped, stopped - began
        print(f"{name}: {megabytes:.0f} MB (aim below {AIM_MEMORY_MB:.0f}), drained and ended in {drained:.1f} s")
        print(f"{name}: ready {ready:.2f} s after its start (aim below {AIM_READY_SECONDS:.0f})")


def memory_mb(pid: int) -> float:
    """Return the resident memory of a process (Linux)."""
    found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text("ascii"))
    assert found is not None
    return int(found[1]) / 1024


def line(name: str, measured: Measured) -> str:
    """Return one line of the table."""
    figures = f"p50 {measured.percentile(50):6.1f} ms, p99 {measured.percentile(99):6.1f} ms"
    return f"{name:<44} {measured.rate:7.0f}/s  {figures}  {measured.refused} refused"


async def run(connections: int, seconds: float) -> bool:
    """Measure, print, and tell whether the aims are met."""
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="snapspend-bench-", ignore_cleanup_errors=True)))
        database = stack.enter_context(EmbeddedPostgres(folder / "postgres"))
        ours = await stack.enter_async_context(running(Site(await prepared(database), folder)))
        idle = await stack.enter_async_context(running(Idle(database, folder)))
        bench = Bench(ours, idle, connections, seconds)
        await bench.run()
        await footprint(ours)
    return told(bench)


def told(bench: Bench) -> bool:
    """Print the figures, and tell whether the aims are met."""
    full, half = bench.full, bench.half
    print(line("(a) HAProxy and aiohttp, nothing stored", bench.nothing))
    print(line("(b) plain INSERT and COMMIT", bench.inserts))
    print(line("updates accepted through HAProxy", full))
    print(line("the same at half that load", half))
    to_a, to_b = full.rate / bench.nothing.rate, full.rate / bench.inserts.rate
    print(f"ratio to (a) {to_a:.2f}, to (b) {to_b:.2f}; aim {AIM_RATIO} of the lower one")
    print(f"p99 at half load {half.percentile(99):.1f} ms, aim {AIM_P99_MS:.0f} ms")
    return max(to_a, to_b) >= AIM_RATIO and half.percentile(99) < AIM_P99_MS and not full.refused + half.refused


def main() -> int:
    """Run the benchmark; 1 when an aim is missed."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.updates", description=__doc__)
    parser.add_argument("--connections", type=int, default=CONNECTIONS, help="how many post at once (%(default)s)")
    parser.add_argument("--seconds", type=float, default=3.0, help="how long each measurement lasts (%(default)s)")
    arguments = parser.parse_args()
    return 0 if asyncio.run(run(arguments.connections, arguments.seconds)) else 1


if __name__ == "__main__":
    sys.exit(main())
