"""Starts processes of ours, waits until each is ready, starts again those that die, and ends them all."""

from __future__ import annotations

import asyncio
import errno
import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from core.errors import Unavailable

READY_SECONDS = 60.0
STOP_SECONDS = 15.0
FIRST_WAIT = 0.5
LONGEST_WAIT = 15.0
CALM_SECONDS = 30.0
LARGEST_LOG = 5_000_000


@dataclass
class Part:
    """One process: its name, what Python is to run, and what its environment has beside everyone's.

    It tells that it is ready by core.running.tell_ready, or, with `port`, by listening there; with `port` it does
    not know `--with-parent` either.
    """

    name: str
    arguments: list[str]
    environment: dict[str, str] = field(default_factory=dict)
    port: int | None = None
    process: asyncio.subprocess.Process | None = field(default=None, repr=False)


class Supervisor:
    """Watches over parts; `say` prints a line to the person."""

    def __init__(self, logs: Path, environment: dict[str, str], say: Callable[[str], None]) -> None:
        """Take the folder for the parts' logs and the environment that they get."""
        self._logs = logs
        self._environment = environment
        self._say = say
        self._parts: list[Part] = []
        self._stopping = asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, self._stopping.set)

    async def start(self, part: Part) -> None:
        """Start a part and wait until it is ready. Raises Unavailable with the end of its log when it is not."""
        if self._stopping.is_set():
            raise Unavailable("stopped while starting")
        self._parts.append(part)
        reading, writing = os.pipe()
        try:
            await self._spawn(part, writing)
        finally:
            os.close(writing)
        ready = asyncio.create_task(_ready(reading, part.port))
        await self._first(ready, part)
        if not (ready.done() and ready.result()):
            ready.cancel()
            raise Unavailable(f"{part.name} did not start; its log ends so:\n{self._tail(part)}")

    async def _first(self, ready: asyncio.Task[bool], part: Part) -> None:
        """Wait until the part is ready, has died, has taken too long, or we are to stop."""
        assert part.process is not None  # noqa: S101 - it was just spawned
        others = [asyncio.create_task(part.process.wait()), asyncio.create_task(self._stopping.wait())]
        await asyncio.wait({ready, *others}, timeout=READY_SECONDS, return_when=asyncio.FIRST_COMPLETED)
        for task in others:
            task.cancel()

    async def watch(self) -> None:
        """Start again what dies, with a growing wait, until we are told to stop."""
        watching = [asyncio.create_task(self._watch(part)) for part in self._parts]
        await self._stopping.wait()
        for task in watching:
            task.cancel()

    async def _watch(self, part: Part) -> None:
        wait = FIRST_WAIT
        while part.process is not None:
            began = time.monotonic()
            status = await part.process.wait()
            wait = FIRST_WAIT if time.monotonic() - began > CALM_SECONDS else min(LONGEST_WAIT, wait * 2)
            again = f"starting it again in {wait:g} s, see {self._log(part)}"
            self._say(f"  {part.name:<9} ended (status {status}); {again}")
            await asyncio.sleep(wait)
            await self._spawn(part, None)

    async def stop(self) -> None:
        """End the parts, the last started first; those that do not end in time are killed."""
        for part in reversed(self._parts):
            process = part.process
            if process is None or process.returncode is not None:
                continue
            if part.port is None and process.stdin is not None:
                process.stdin.close()  # quicker than SIGTERM, on which a receiver first drains
            else:
                process.terminate()
            try:
                await asyncio.wait_for(process.wait(), STOP_SECONDS)
            except TimeoutError:
                process.kill()
                await process.wait()

    async def _spawn(self, part: Part, ready: int | None) -> None:
        """Start a process in a session of its own: Ctrl-C in the terminal is for us, and we end the parts in order."""
        log = self._log(part)
        log.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if log.exists() and log.stat().st_size > LARGEST_LOG:
            log.replace(log.with_suffix(".log.1"))
        environment = {**self._environment, **part.environment}
        if ready is not None:
            environment["READY_FD"] = str(ready)
        with log.open("ab") as output:
            part.process = await asyncio.create_subprocess_exec(
                sys.executable,
                *part.arguments,
                *([] if part.port else ["--with-parent"]),
                stdin=asyncio.subprocess.PIPE,
                stdout=output,
                stderr=output,
                env=environment,
                start_new_session=True,
                pass_fds=[ready] if ready is not None else [],
            )

    def _log(self, part: Part) -> Path:
        return self._logs / f"{part.name}.log"

    def _tail(self, part: Part) -> str:
        lines = self._log(part).read_text("utf-8", "replace").splitlines()
        return "\n".join(lines[-12:])


async def _ready(pipe: int, port: int | None) -> bool:
    """Wait until something is written to a pipe, or listens on a port; False when the pipe is closed instead."""
    reader = asyncio.StreamReader()
    transport, _ = await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(pipe, "rb")
    )
    try:
        while port is not None and not port_taken(port):  # noqa: ASYNC110
            await asyncio.sleep(0.02)
        return port is not None or bool(await reader.read(1))
    finally:
        transport.close()


def free_port() -> int:
    """Return a port of this machine on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def port_taken(port: int) -> bool:
    """Tell whether something listens on a port of this machine."""
    return _bound(port) == errno.EADDRINUSE


def port_free(port: int) -> bool:
    """Tell whether we may listen on a port of this machine."""
    return _bound(port) == 0


def _bound(port: int) -> int:
    """Return 0 when a port could be bound, else the error's number."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            return error.errno or -1
    return 0
