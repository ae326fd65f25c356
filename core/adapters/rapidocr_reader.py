"""RapidOcrReader: reads photos offline, in processes of its own that may hang, crash or run out of memory alone."""

from __future__ import annotations

import asyncio
import multiprocessing
import signal
from collections.abc import Callable, Iterator
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import resource_tracker
from typing import TypeVar

from pebble import ProcessExpired, ProcessPool

from core.adapters import rapidocr_child as child
from core.errors import TooSlow, Unavailable, Unusable
from core.receipt import Reading

T = TypeVar("T")

_STARTING = 60.0
"""Seconds that a process may take to start and load its models, on a busy machine."""

_TASKS = 200
"""A process is replaced after so many photos, so that no library's leak can add up."""


class RapidOcrReader:
    """Implements core.ports.Reader with RapidOCR (PP-OCRv6 small), on this machine and without a network.

    `processes` photos are read at once, each by a process with `threads` threads; a photo that takes longer than
    `seconds` is given up; a process holds at most `megabytes` of data.
    """

    def __init__(self, processes: int = 1, threads: int = 1, *, seconds: float = 90.0, megabytes: int = 760) -> None:
        """Start nothing yet: `warm` or the first `read` does."""
        self._processes, self._threads = processes, threads
        self._seconds, self._megabytes = seconds, megabytes
        self._free = asyncio.Semaphore(processes)
        self._pool: ProcessPool | None = None

    async def warm(self) -> None:
        """Start the processes and wait until one has loaded its models. Raises Unavailable."""
        await self._again(child.ready)

    async def read(self, photo: bytes) -> Reading:
        """Return the lines of every page. Raises Unusable (TooSlow, NoText and the like) or Unavailable."""
        return await self._again(child.read, photo)

    async def close(self) -> None:
        """End the processes, amid a photo if need be; what was waiting is cancelled."""
        pool, self._pool = self._pool, None
        if pool is not None:
            await asyncio.to_thread(_end, pool)

    async def _again(self, function: Callable[..., T], *args: bytes) -> T:
        """Return the function's answer from a process; when the process dies of it, try once more."""
        async with self._free:
            try:
                return await self._ask(function, *args)
            except (ProcessExpired, BrokenProcessPool):
                pass
            try:
                return await self._ask(function, *args)
            except ProcessExpired as error:
                raise Unusable(f"the reading process died twice, code {error.exitcode}") from error
            except BrokenProcessPool as error:
                raise Unavailable("the reading processes do not start") from error

    async def _ask(self, function: Callable[..., T], *args: bytes) -> T:
        """Ask once. Raises TooSlow, ProcessExpired, BrokenProcessPool, or what the function raised."""
        pool = await self._running()
        with _without_ctrl_c():  # the first task starts the pool's threads and processes
            answer = asyncio.wrap_future(pool.schedule(function, args=args, timeout=self._seconds))
        try:
            # The pool counts a photo's seconds itself; this is for the pool that hangs.
            async with asyncio.timeout(self._seconds + _STARTING) as limit:
                return await answer
        except TimeoutError as error:
            if limit.expired():
                await self._drop(pool)
                raise Unavailable("the reading processes hang") from error
            raise TooSlow(f"more than {self._seconds:g} s") from error
        except BrokenProcessPool:
            await self._drop(pool)
            raise

    async def _running(self) -> ProcessPool:
        """Return a pool that takes work: a new one when there is none, or when the last one broke while idle."""
        if self._pool is not None and not self._pool.active:
            await self._drop(self._pool)
        if self._pool is None:
            self._pool = ProcessPool(
                max_workers=self._processes,
                max_tasks=_TASKS,
                initializer=child.start,
                initargs=(self._threads, self._megabytes),
                context=multiprocessing.get_context("spawn"),
            )
        return self._pool

    async def _drop(self, pool: ProcessPool) -> None:
        """Put a broken pool away."""
        if self._pool is pool:
            self._pool = None
        await asyncio.to_thread(_end, pool)


@contextmanager
def _without_ctrl_c() -> Iterator[None]:
    """Start what is started here deaf to Ctrl-C, which a terminal sends to every process: the parent ends them.

    The pool tells them so too, but only after they are loaded; until then they would print where they were.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # pools need it, and as it starts it lets Ctrl-C through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _end(pool: ProcessPool) -> None:
    pool.stop()  # type: ignore[no-untyped-call]
    pool.join()
