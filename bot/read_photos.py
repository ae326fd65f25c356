"""Reads many photos beside each other, in order and in bounded memory, with a progress bar."""

from __future__ import annotations

import asyncio
import logging
import os
from collections import deque
from collections.abc import AsyncGenerator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import psutil
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from bot.read_cloud import ToldTrip
from bot.read_files import bytes_of
from core.checks import Context, check
from core.errors import SnapSpendError
from core.ports import Hints
from core.receipt import Reading, Receipt
from core.road import Road
from core.several import others

_MEGABYTES_A_PROCESS = 700
_SECONDS_LOOKED_BACK = 300
"""The time left is worked out from the photos of so many seconds: they take longer and shorter in turns."""


@dataclass(frozen=True)
class Read:
    """What became of one file: a receipt with its reading and others in the same picture, or why there is none."""

    path: Path
    receipt: Receipt | None = None
    reading: Reading | None = None
    error: SnapSpendError | None = None
    others: tuple[Read, ...] = ()


def processes_for(files: int) -> int:
    """Return how many files are read at once: one a core, as memory allows."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    room = int(psutil.virtual_memory().available) // (_MEGABYTES_A_PROCESS << 20)
    return max(1, min(files, cores, room))


async def in_order(
    paths: Iterable[Path], road: Road, ahead: int, home: str | None = None
) -> AsyncGenerator[Read, None]:
    """Read up to `ahead` files beside each other and yield them in the order given.

    `home` is the currency of whoever reads, which a sign of several countries is taken for.
    """
    waiting = deque[asyncio.Task[Read]]()
    try:
        for path in paths:
            waiting.append(asyncio.create_task(_read(path, road, home)))
            if len(waiting) >= ahead:
                yield await waiting.popleft()
        while waiting:
            yield await waiting.popleft()
    finally:
        for task in waiting:
            task.cancel()


async def _read(path: Path, road: Road, home: str | None) -> Read:
    """Read one file; whatever goes wrong with it is part of the answer, so that the others are still read."""
    try:
        today, photo, trip = date.today(), await asyncio.to_thread(bytes_of, path), ToldTrip()

        async def fetch(_: int) -> bytes:
            return photo

        async def extracted(reading: Reading) -> Read:
            try:
                receipt = await road.extract(reading, Hints(today=today, home_currency=home), fetch, trip)
            except SnapSpendError as error:
                return Read(path, error=error)
            doubts = check(receipt, reading, Context(today=today))
            return Read(path, receipt.model_copy(update={"doubts": doubts}), reading)

        reading = await road.read(photo, trip)
        first = await extracted(reading)
        return replace(first, others=tuple([await extracted(other) for other in others(reading)]))
    except SnapSpendError as error:
        return Read(path, error=error)
    except Exception:
        logging.getLogger(__name__).exception("bug while reading a file")
        return Read(path, error=SnapSpendError())


class Bar(Progress):
    """A progress bar on standard error with the time left; nothing for one file or without a terminal."""

    def __init__(self, files: int) -> None:
        """Take how many files there are to read."""
        console = Console(stderr=True)
        console.quiet = files < 2 or not console.is_terminal
        super().__init__(
            TextColumn("Reading"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            TextColumn("left"),
            console=console,
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
            refresh_per_second=2,
            speed_estimate_period=_SECONDS_LOOKED_BACK,
        )
        self._file = self.add_task("", total=files)

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Take the bar away while something is printed: on one terminal they take turns."""
        if self.console.quiet:
            yield
            return
        self.stop()
        try:
            yield
        finally:
            self.start()

    def step(self) -> None:
        """Count one file as read."""
        self.advance(self._file)
