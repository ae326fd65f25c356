"""A running `snapspend up` and a browser, for the tests that do what a person does."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import Browser, async_playwright

from bot.supervisor import free_port

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
TILL = Path(__file__).parent / "pictures" / "till.jpg"
SNAPSPEND = [sys.executable, "-c", "import sys; from bot.cli import main; sys.exit(main())"]
PATIENCE = 60_000


@dataclass
class Up:
    """A running `snapspend up`."""

    process: asyncio.subprocess.Process
    pages: str
    chat: str

    async def printed(self, wanted: str) -> str:
        """Return the next line that contains a text."""
        assert self.process.stdout is not None
        async with asyncio.timeout(60):
            while line := (await self.process.stdout.readline()).decode():
                if wanted in line:
                    return line
        raise AssertionError(f"it ended without printing {wanted!r}")

    async def interrupt(self) -> int:
        """Press Ctrl-C and return the exit status."""
        self.process.send_signal(signal.SIGINT)
        return await asyncio.wait_for(self.process.wait(), 60)


async def start(folder: Path) -> Up:
    """Start `snapspend up` with its data in a folder."""
    ports = {f"SNAPSPEND_{name}": str(free_port()) for name in ("PORT", "CHAT_PORT", "OPS_PORT")}
    given = {"HOME": str(folder), "PATH": os.environ["PATH"], "SNAPSPEND_DATA": str(folder / "data"), **ports}
    process = await asyncio.create_subprocess_exec(*SNAPSPEND, "up", env=given, stdout=asyncio.subprocess.PIPE)
    pages, chat = (f"http://127.0.0.1:{ports[f'SNAPSPEND_{name}']}" for name in ("PORT", "CHAT_PORT"))
    return Up(process, pages, f"{chat}/chat")


@asynccontextmanager
async def started(folder: Path) -> AsyncIterator[Up]:
    """Lend a running SnapSpend that has just been started."""
    up = await start(folder)
    try:
        await up.printed("Ctrl-C stops everything")
        yield up
    finally:
        if up.process.returncode is None:
            await up.interrupt()


@asynccontextmanager
async def browsing() -> AsyncIterator[Browser]:
    """Lend a browser."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-background-networking"]
        )
        yield browser
        await browser.close()
