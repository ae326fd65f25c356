"""The real processes of a site: HAProxy, two receivers and a worker, each of which a test may stop or kill."""

from __future__ import annotations

import asyncio
import csv
import io
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp

from bot.supervisor import free_port
from tests.proof.telegram import SECRET, TOKEN

PATIENCE = 60.0
RECEIVERS = ("web-01", "web-02")


@dataclass
class Running:
    """A process of ours; its output goes to the file `log`."""

    arguments: list[str]
    environment: dict[str, str]
    log: Path
    process: asyncio.subprocess.Process | None = None

    @property
    def pid(self) -> int:
        """Return the number of the running process."""
        assert self.process is not None
        return self.process.pid

    async def start(self, until_ready: bool = True) -> None:
        """Start it and wait until it says that it is ready."""
        reading, writing = os.pipe()
        environment = {**os.environ, **self.environment, "READY_FD": str(writing)}
        with self.log.open("ab") as output:
            self.process = await asyncio.create_subprocess_exec(
                sys.executable, *self.arguments, env=environment, stdout=output, stderr=output, pass_fds=[writing]
            )
        os.close(writing)
        with os.fdopen(reading, "rb") as pipe:
            if until_ready:
                told = await asyncio.wait_for(asyncio.to_thread(pipe.read, 1), PATIENCE)
                assert told, self.log.read_text("utf-8", "replace")[-2000:]

    def tell(self, number: signal.Signals) -> None:
        """Send it a signal."""
        os.kill(self.pid, number)

    async def ended(self) -> int:
        """Wait until it has ended and return its exit status."""
        assert self.process is not None
        return await asyncio.wait_for(self.process.wait(), PATIENCE)

    async def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """End it with a signal."""
        self.tell(number)
        return await self.ended()

    async def put_away(self) -> None:
        """See to it that it runs no more."""
        if self.process is not None and self.process.returncode is None:
            await self.stop(signal.SIGKILL)


@dataclass
class Site:
    """HAProxy in front of two receivers, over one database."""

    database: str
    folder: Path
    bot_api: str = "http://127.0.0.1:9"
    settings: dict[str, str] = field(default_factory=dict)
    parts: dict[str, Running] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Choose the ports."""
        self.ports = {name: free_port() for name in (*RECEIVERS, "lb-01", "ops")}

    @property
    def address(self) -> str:
        """Return where HAProxy listens."""
        return f"http://127.0.0.1:{self.ports['lb-01']}"

    @property
    def ops(self) -> str:
        """Return where HAProxy's own pages are."""
        return f"http://127.0.0.1:{self.ports['ops']}"

    def direct(self, name: str) -> str:
        """Return where a receiver listens."""
        return f"http://127.0.0.1:{self.ports[name]}"

    def part(self, name: str, arguments: list[str], **environment: str) -> Running:
        """Put a process into the site, not started yet."""
        ours = {
            "DATABASE_URL": self.database,
            "SNAPSPEND_DATA": str(self.folder),
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "TELEGRAM_WEBHOOK_SECRET": SECRET,
            "TELEGRAM_API_URL": self.bot_api,
        }
        self.parts[name] = Running(arguments, {**ours, **environment}, self.folder / f"{name}.log")
        return self.parts[name]

    def worker(self, name: str = "worker") -> Running:
        """Put a worker into the site, not started yet."""
        return self.part(name, ["-m", "bot"])

    async def start(self) -> None:
        """Start receivers and HAProxy, and wait until HAProxy has found both."""
        for name in RECEIVERS:
            receiver = self.part(name, ["-m", "webhook", "--name", name, "--port", str(self.ports[name])])
            await receiver.start()
        await self.start_haproxy()

    async def start_haproxy(self) -> None:
        """Start HAProxy in front of what listens on the receivers' ports."""
        addresses = {
            "HAPROXY_BIND": f"127.0.0.1:{self.ports['lb-01']}",
            "HAPROXY_OPS_BIND": f"127.0.0.1:{self.ports['ops']}",
            "WEB_01": f"127.0.0.1:{self.ports['web-01']}",
            "WEB_02": f"127.0.0.1:{self.ports['web-02']}",
            "TELEGRAM_NETWORKS": "127.0.0.0/8",
        }
        await self.part("lb-01", ["-m", "bot.haproxy"], **addresses | self.settings).start(until_ready=False)
        for name in RECEIVERS:
            await self.seen(name, "UP")

    async def seen(self, name: str, status: str) -> None:
        """Wait until HAProxy sees a receiver so: UP, DOWN or NOLB (draining)."""
        async with asyncio.timeout(PATIENCE), aiohttp.ClientSession() as session:
            while await self._status(session, name) != status:  # noqa: ASYNC110 - HAProxy has nothing to wait on
                await asyncio.sleep(0.1)

    async def _status(self, session: aiohttp.ClientSession, name: str) -> str:
        try:
            async with session.get(f"{self.ops}/stats;csv") as answer:
                rows = csv.DictReader(io.StringIO((await answer.text()).lstrip("# ")))
        except aiohttp.ClientConnectionError:
            return "HAProxy is not there"
        found = {row["status"].split()[0] for row in rows if row["svname"] == name}
        return found.pop() if len(found) == 1 else ""  # each backend looks for itself

    async def restart(self, name: str, number: signal.Signals) -> int:
        """End a receiver with a signal, start it again, wait until HAProxy uses it, and return its exit status."""
        status = await self.parts[name].stop(number)
        await self.parts[name].start()
        await self.seen(name, "UP")
        return status


@asynccontextmanager
async def running(site: Site) -> AsyncIterator[Site]:
    """Run a site's receivers and HAProxy, and put everything away at the end."""
    async with AsyncExitStack() as stack:
        stack.push_async_callback(_put_away, site)
        await site.start()
        yield site


async def _put_away(site: Site) -> None:
    for part in reversed(site.parts.values()):
        await part.put_away()
