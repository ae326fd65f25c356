"""Answers come out at a pace that does not show what was found."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import pytest

from core.adapters.even_pace import even_pace
from core.errors import NotAllowed


async def seconds(work: float, error: Exception | None = None, failures_only: bool = False) -> float:
    """Return how long so much work takes at a pace of 0.2 s."""
    clock = asyncio.get_running_loop().time
    began = clock()
    with suppress(NotAllowed):
        async with even_pace(0.2, failures_only):
            await asyncio.sleep(work)
            if error is not None:
                raise error
    return clock() - began


@pytest.mark.parametrize(("work", "least"), [(0.001, 0.2), (0.05, 0.2), (0.25, 0.4)])
@pytest.mark.parametrize("error", [None, NotAllowed()])
async def test_work_is_rounded_up_to_whole_spans(work: float, least: float, error: Exception | None) -> None:
    """Whether it succeeds or not."""
    assert await seconds(work, error) >= least - 0.01


async def test_with_failures_only_success_comes_at_once() -> None:
    """Who has the right password need not wait."""
    times = await asyncio.gather(seconds(0, None, True), seconds(0, NotAllowed(), True))
    assert times[0] < times[1]
