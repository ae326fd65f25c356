"""A process that draws one picture and ends: it knows nothing of our settings, for what it opens may be anything."""

from __future__ import annotations

import asyncio
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import Sequence
from pathlib import Path

from core.errors import TooSlow

_ROOT = Path(__file__).parents[2]


async def answer_of(program: Sequence[str], given: bytes, seconds: float) -> tuple[int, bytes]:
    """Run a module of ours with arguments, on bytes, and return its exit code and what it wrote. Raises TooSlow."""
    known = {name: value for name, value in os.environ.items() if name in ("SYSTEMROOT", "LD_LIBRARY_PATH")}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", *program, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, cwd=_ROOT, env=known
    )
    try:
        async with asyncio.timeout(seconds):
            drawn, _ = await process.communicate(given)
    except TimeoutError as error:
        raise TooSlow(f"a page took more than {seconds:g} s") from error
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    return process.returncode or 0, drawn
