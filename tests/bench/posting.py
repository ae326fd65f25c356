"""A sparing HTTP client for benchmarks: it posts updates and measures how long each answer takes."""

from __future__ import annotations

import asyncio
import json
import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from tests.proof.telegram import SECRET, Load, update
from webhook.receiver import SECRET_HEADER


@dataclass
class Measured:
    """How long each answer took, and how long all of them together."""

    latencies: list[float] = field(default_factory=list)
    refused: int = 0
    seconds: float = 0.0

    def __add__(self, more: Measured) -> Measured:
        """Return both together."""
        latencies = self.latencies + more.latencies
        return Measured(latencies, self.refused + more.refused, self.seconds + more.seconds)

    @property
    def rate(self) -> float:
        """Return how many a second were done."""
        return len(self.latencies) / self.seconds

    def percentile(self, percent: float) -> float:
        """Return the latency in ms that so many percent do not exceed."""
        ordered = sorted(self.latencies)
        return ordered[max(0, math.ceil(len(ordered) * percent / 100) - 1)] * 1000


@dataclass
class Poster:
    """Posts updates over keep-alive connections, one at a time on each."""

    address: str
    numbers: Iterator[int]
    connections: int = 32

    async def closed_loop(self, seconds: float) -> Measured:
        """Post as fast as the answers come, for so many seconds."""
        return await self._all(Measured(), lambda: 0.0, seconds)

    async def open_loop(self, rate: float, seconds: float) -> Measured:
        """Post so many a second whatever the answers do; latency counts from when a post fell due."""
        began = time.perf_counter()
        turns = iter(range(10**9))
        return await self._all(Measured(), lambda: began + next(turns) / rate, seconds)

    async def _all(self, measured: Measured, due: Callable[[], float], seconds: float) -> Measured:
        began = time.perf_counter()
        async with asyncio.TaskGroup() as group:
            for _ in range(self.connections):
                group.create_task(self._one(measured, due, began + seconds))
        measured.seconds = time.perf_counter() - began
        return measured

    async def _one(self, measured: Measured, due: Callable[[], float], end: float) -> None:
        where = urlsplit(self.address)
        reader, writer = await asyncio.open_connection(where.hostname, where.port)
        while (at := due()) < end and time.perf_counter() < end:
            if (ahead := at - time.perf_counter()) > 0:
                await asyncio.sleep(ahead)
            began = at or time.perf_counter()
            writer.write(_request(next(self.numbers)))
            head = await reader.readuntil(b"\r\n\r\n")
            await reader.readexactly(_length(head))
            if head[9:12] == b"200":
                measured.latencies.append(time.perf_counter() - began)
            else:
                measured.refused += 1
        writer.close()


LOAD = Load(updates=0, chats=50, rate=0)
HEAD = (
    "POST /telegram HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\n"
    f"{SECRET_HEADER}: {SECRET}\r\nContent-Length: "
)


def _request(number: int) -> bytes:
    body = json.dumps(update(number, LOAD))
    return f"{HEAD}{len(body)}\r\n\r\n{body}".encode()


def _length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line.partition(b":")[2])
    return 0
