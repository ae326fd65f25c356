"""How a process of ours learns that it should stop."""

from __future__ import annotations

import asyncio
import os
import signal
import sys


def stop_event(with_parent: bool) -> asyncio.Event:
    """Return an event that SIGTERM and Ctrl-C set, and, `with_parent`, the end of standard input.

    The supervisor holds the other end of that pipe: when it dies, even by SIGKILL, its children end too.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    if with_parent:
        loop.add_reader(sys.stdin.fileno(), _ended, loop, stop)
    return stop


def _ended(loop: asyncio.AbstractEventLoop, stop: asyncio.Event) -> None:
    """Nothing is ever written to the pipe, so that it can be read means that it was closed."""
    loop.remove_reader(sys.stdin.fileno())
    stop.set()


def tell_ready() -> None:
    """Tell the supervisor, if there is one, that this process serves now: a line in the pipe named by READY_FD."""
    pipe = os.environ.pop("READY_FD", "")
    if pipe.isdigit():
        os.write(int(pipe), b"ready\n")
        os.close(int(pipe))
