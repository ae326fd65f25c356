"""A worker in a container shows that its event loop turns."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.alive import alive_file, beat, is_alive


async def test_a_worker_that_runs_is_alive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It touches the file at once, and ends when it is told to."""
    file = tmp_path / "alive"
    monkeypatch.setenv("ALIVE_FILE", str(file))
    stop = asyncio.Event()
    beating = asyncio.create_task(beat(stop))
    await asyncio.sleep(0)
    assert is_alive(file, file.stat().st_mtime + 1)
    stop.set()
    await asyncio.wait_for(beating, 2)


def test_a_worker_whose_loop_stands_still_is_not(tmp_path: Path) -> None:
    """Six beats are missing by then."""
    file = tmp_path / "alive"
    file.touch()
    assert not is_alive(file, file.stat().st_mtime + 31)


def test_a_worker_that_never_began_is_not(tmp_path: Path) -> None:
    """Nor is one that was not asked to show it."""
    assert not is_alive(tmp_path / "alive", 0)
    assert not is_alive(alive_file({}), 0)


async def test_without_the_name_of_a_file_nothing_is_touched(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on one machine, where the supervisor watches."""
    monkeypatch.delenv("ALIVE_FILE", raising=False)
    await beat(asyncio.Event())
