"""Shows that a worker's event loop turns: the worker touches a file, `python -m bot.alive` looks how old it is."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

BEAT_SECONDS = 5.0
OLDEST_SECONDS = 30.0


async def beat(stop: asyncio.Event) -> None:
    """Touch the file that ALIVE_FILE names, again and again until `stop` is set; without the name do nothing.

    It says nothing of the database or Telegram: the worker waits for those by itself, and a restart would not help.
    """
    file = alive_file(os.environ)
    while file is not None and not stop.is_set():
        file.touch()
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), BEAT_SECONDS)


def alive_file(environment: Mapping[str, str]) -> Path | None:
    """Return the file that a worker touches, if there is to be one."""
    return Path(environment["ALIVE_FILE"]) if environment.get("ALIVE_FILE") else None


def is_alive(file: Path | None, now: float) -> bool:
    """Tell whether the file was touched within the last 30 seconds before `now` (seconds since the epoch)."""
    try:
        return file is not None and now - file.stat().st_mtime < OLDEST_SECONDS
    except FileNotFoundError:
        return False


if __name__ == "__main__":
    sys.exit(0 if is_alive(alive_file(os.environ), time.time()) else 1)
