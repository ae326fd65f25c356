"""How a process of ours tells that it is ready, and learns that it should stop."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from contextlib import suppress
from dataclasses import dataclass


@dataclass(frozen=True)
class Stops:
    """`told`: stop, with good manners; `now`: and be quick about it."""

    told: asyncio.Event
    now: asyncio.Event

    @classmethod
    def of_process(cls, with_parent: bool) -> Stops:
        """Return events that SIGTERM and Ctrl-C set, and, `with_parent`, the end of standard input (both of them).

        The supervisor holds the other end of that pipe: when it dies, even by SIGKILL, its children end too.
        """
        stops = cls(asyncio.Event(), asyncio.Event())
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, stops.told.set)
        if with_parent:
            loop.add_reader(sys.stdin.fileno(), stops.parent_ended, loop)
        return stops

    def parent_ended(self, loop: asyncio.AbstractEventLoop) -> None:
        """Stop at once: nothing is ever written to the pipe, so that it can be read means that it was closed."""
        loop.remove_reader(sys.stdin.fileno())
        self.told.set()
        self.now.set()

    async def hurry(self, seconds: float) -> None:
        """Wait so long, unless it is to be quick."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self.now.wait(), seconds)


def tell_ready() -> None:
    """Tell the supervisor, if there is one, that this process serves now: a line in the pipe named by READY_FD."""
    pipe = os.environ.pop("READY_FD", "")
    if pipe.isdigit():
        os.write(int(pipe), b"ready\n")
        os.close(int(pipe))
