"""A call that never ends holds up nothing else."""

from __future__ import annotations

import asyncio
from threading import Event

import pytest

from core.adapters.own_thread import in_own_thread


async def test_calls_that_never_end_hold_up_no_other_work() -> None:
    """However many there are, and whoever waited for them has gone."""
    ends = Event()
    for _ in range(40):
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.01):
                await in_own_thread(ends.wait)
    async with asyncio.timeout(2):
        assert await asyncio.to_thread(lambda: 7) == 7
        assert await in_own_thread(lambda: 8) == 8
    ends.set()


async def test_what_a_call_raises_is_raised() -> None:
    """Where it is awaited."""
    with pytest.raises(ZeroDivisionError):
        await in_own_thread(lambda: 1 // 0)
