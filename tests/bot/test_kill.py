"""A worker that is killed while it reads: one receipt and one answer all the same."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.sentences import PART_OF_ONE
from core.adapters.wiring import Stores
from tests.conversation import TOKEN, Conversation
from tests.owner import as_owner
from tests.person import said

TILL = (Path(__file__).parent.parent / "pictures" / "till.jpg").read_bytes()
CRUMPLED = (Path(__file__).parent.parent / "pictures" / "crumpled.jpg").read_bytes()
PATIENCE = 60


@asynccontextmanager
async def worker(talk: Conversation, database_url: str, folder: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run `python -m bot` as a process of its own, with the real reader."""
    environment = {
        **os.environ,
        "DATABASE_URL": database_url,
        "SNAPSPEND_DATA": str(folder),
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_URL": talk.address,
    }
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "bot", env=environment)
    try:
        yield process
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def reading_began(stores: Stores) -> None:
    """Wait until a worker has taken the reading job."""
    async with asyncio.timeout(PATIENCE):
        while not list(await stores.jobs.job_manager.list_jobs_async(queue="readings", status="doing")):  # noqa: ASYNC110
            await asyncio.sleep(0.01)


@pytest.mark.parametrize("kills", [1, 2])
async def test_a_killed_worker_leaves_one_receipt_and_one_answer(
    talk: Conversation, database_url: str, tmp_path: Path, kills: int
) -> None:
    """The next worker picks the job up; nothing is filed or said twice."""
    ada = await talk.person()
    await ada.send_file(TILL, name="till.jpg")
    for _ in range(kills):
        async with worker(talk, database_url, tmp_path) as first:
            await reading_began(talk.stores)
            first.send_signal(signal.SIGKILL)
            await first.wait()
        await give_back(talk.stores)
    async with worker(talk, database_url, tmp_path):
        await ada.until_shown(lambda message: "Total" in said(message))
    assert len(await ada.answers()) == 1
    async with as_owner(talk.stores) as connection:
        found = await connection.execute("select state from receipts")
        assert [row["state"] for row in await found.fetchall()] == ["read"]


async def test_a_worker_killed_while_an_album_is_read_leaves_an_answer_a_receipt(
    talk: Conversation, database_url: str, tmp_path: Path
) -> None:
    """Killed when one photo is read and the other is being read: two receipts, two answers, the same photo once."""
    ada = await talk.person()
    await ada.send([("till.jpg", TILL), ("other.jpg", CRUMPLED), ("again.jpg", TILL)], "file")
    for killed_after in ("waiting", "set aside"):
        async with worker(talk, database_url, tmp_path) as first:
            await stands(talk.stores, killed_after)
            first.send_signal(signal.SIGKILL)
            await first.wait()
        await give_back(talk.stores)
    async with worker(talk, database_url, tmp_path):
        await ada.until_said(PART_OF_ONE)
        while sum("Total" in said(message) for message in await ada.answers()) < 2:
            await ada.until(lambda event: True, PATIENCE)
    assert len(await ada.answers()) == 3
    async with as_owner(talk.stores) as connection:
        found = await connection.execute("select state from receipts order by state")
        assert [row["state"] for row in await found.fetchall()] == ["read", "read", "set aside", "set aside"]


async def stands(stores: Stores, state: str) -> None:
    """Wait until any receipt is in a state."""
    async with asyncio.timeout(PATIENCE):
        while True:
            async with as_owner(stores) as connection:
                found = await connection.execute("select 1 from receipts where state = %s", [state])
                if await found.fetchone():
                    return
            await asyncio.sleep(0.01)


async def give_back(stores: Stores) -> None:
    """Let the dead worker's heartbeat be old, as it would be after ten seconds."""
    async with as_owner(stores) as connection:
        await connection.execute("update procrastinate_workers set last_heartbeat = now() - interval '1 minute'")
