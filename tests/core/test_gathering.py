"""What is asked for while a gathering is busy is done together, in order, and everyone gets their own outcome."""

from __future__ import annotations

import asyncio

import pytest

from core.gathering import Gathering


class Doubling:
    """Doubles numbers when the gate is open, and remembers which it did together."""

    def __init__(self) -> None:
        """Begin with a closed gate."""
        self.gate = asyncio.Event()
        self.together: list[list[int]] = []

    async def double(self, numbers: list[int]) -> list[int]:
        """Return the doubles. Raises ValueError for a negative number."""
        self.together.append(numbers)
        await self.gate.wait()
        if min(numbers) < 0:
            raise ValueError("negative")
        return [2 * number for number in numbers]


async def test_what_comes_meanwhile_is_done_together() -> None:
    """The first alone, at once; the others in groups of at most two."""
    doubling = Doubling()
    gathering = Gathering(doubling.double, 2)
    asked = [asyncio.create_task(gathering.add(1))]
    await asyncio.sleep(0)
    asked += [asyncio.create_task(gathering.add(number)) for number in (2, 3, 4)]
    await asyncio.sleep(0)
    doubling.gate.set()
    assert await asyncio.gather(*asked) == [2, 4, 6, 8]
    assert [number for group in doubling.together for number in group] == [1, 2, 3, 4]
    assert max(map(len, doubling.together)) == 2


async def test_a_failure_is_told_to_those_it_concerns_and_no_others() -> None:
    """The next group is done all the same."""
    doubling = Doubling()
    doubling.gate.set()
    gathering = Gathering(doubling.double, 1)
    failed, done = await asyncio.gather(gathering.add(-1), gathering.add(5), return_exceptions=True)
    assert isinstance(failed, ValueError)
    assert done == 10


async def test_who_stops_waiting_disturbs_nobody() -> None:
    """A cancelled wait leaves the others their outcomes."""
    doubling = Doubling()
    gathering = Gathering(doubling.double, 8)
    gone, stays = (asyncio.create_task(gathering.add(number)) for number in (1, 2))
    await asyncio.sleep(0)
    gone.cancel()
    doubling.gate.set()
    assert await stays == 4
    with pytest.raises(asyncio.CancelledError):
        await gone
