"""A process that draws one picture and ends: it knows nothing of our settings, for what it opens may be anything."""

from __future__ import annotations

import asyncio
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Sequence
from pathlib import Path

from core.errors import TooSlow

_ROOT = Path(__file__).parents[2]


async def answer_of(program: Sequence[str], given: bytes, seconds: float) -> tuple[int, bytes]:
    """Run a module of ours with arguments, on bytes, and return its exit code and what it wrote. Raises TooSlow."""
    return await finish(await start(program), given, seconds)


async def start(program: Sequence[str]) -> Process:
    """Start a module of ours, which waits for what it is to draw; it ends when we do."""
    known = {name: value for name, value in os.environ.items() if name in ("SYSTEMROOT", "LD_LIBRARY_PATH")}
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", *program, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, cwd=_ROOT, env=known
    )


async def finish(process: Process, given: bytes, seconds: float) -> tuple[int, bytes]:
    """Give a process its bytes and return its exit code and what it wrote. Raises TooSlow."""
    try:
        async with asyncio.timeout(seconds):
            drawn, _ = await process.communicate(given)
    except TimeoutError as error:
        raise TooSlow(f"a page took more than {seconds:g} s") from error
    finally:
        await end(process)
    return process.returncode or 0, drawn


async def end(process: Process) -> None:
    """End a process that has not ended by itself."""
    if process.returncode is None:
        process.kill()
        await process.wait()
