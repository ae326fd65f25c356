"""RapidAPI's OCR is asked again within its limits and our time, and left alone when that is of no use."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from datetime import timedelta
from email.utils import format_datetime

import pytest

from core.adapters.rapidapi_call import NoReply
from core.errors import Unavailable
from core.model import Busy, OutOfQuota
from tests.cloud.desk import Desk, FastTime
from tests.cloud.rapidapi import MONTHLY, PAGE, PER_SECOND, RESET, Fault, RapidApi, run_rapidapi, said


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    """Give a reader at a stand-in."""
    async with run_rapidapi(RapidApi()) as api:
        yield Desk(api)


@pytest.mark.parametrize(
    ("headers", "waits"),
    [
        ({"Retry_After": "2"}, [2.0]),
        ({"Retry_After": "Fri, 27 Nov 2026 12:00:03 GMT"}, [3.0]),
        ({"x_ratelimit_reset": "4"}, [4.0]),
        ({"x_ratelimit_reset": "1795780805"}, [5.0]),
        ({"Retry_After": "1", "x_ratelimit_reset": "4"}, [1.0]),
        ({}, [0.5]),
        ({"Retry_After": "0"}, [0.5]),
        ({"Retry_After": "soon"}, [0.5]),
        ({"Retry_After": "-3"}, [0.5]),
        ({"Retry_After": "Thu, 26 Nov 2026 12:00:00 GMT"}, [0.5]),
        ({"Retry_After": "²"}, [0.5]),
    ],
)
async def test_a_limit_a_second_is_waited_for_as_the_service_asks(
    desk: Desk, headers: dict[str, str], waits: list[float]
) -> None:
    """In seconds, as a date, or till the window ends."""
    desk.api.faults = [said(429, PER_SECOND, **headers)]
    assert await desk.read()
    assert (desk.time.slept, desk.outcomes) == (waits, ["no answer", "answered"])


@pytest.mark.parametrize("fault", [Fault(500, "Oops"), Fault(502, PAGE, "text/html"), Fault(503), Fault(way="cut")])
async def test_a_fault_that_may_pass_is_tried_three_times(desk: Desk, fault: Fault) -> None:
    """With a short pause between."""
    desk.api.faults = [fault, fault]
    assert await desk.read()
    assert desk.time.slept == [0.5, 1.0]
    assert desk.outcomes == ["no answer", "no answer", "answered"]


async def test_three_tries_are_all(desk: Desk) -> None:
    """Each of them was noted, and nobody has to rest for it."""
    desk.api.faults = [Fault(503)] * 9
    with pytest.raises(Busy):
        await desk.read()
    assert (len(desk.api.asked), len(desk.trip.left), desk.rest) == (3, 3, None)


async def test_a_half_answer_is_no_answer(desk: Desk) -> None:
    """The connection ended within it."""
    desk.api.faults = [Fault(way="half")] * 3
    with pytest.raises(NoReply):
        await desk.read()
    assert desk.outcomes == ["no answer"] * 3


@pytest.mark.parametrize("status", [429, 503])
async def test_a_wait_beyond_the_time_left_is_left_to_others(desk: Desk, status: int) -> None:
    """The service rests that long, and is not asked again."""
    desk.api.faults = [said(status, PER_SECOND, Retry_After="30")]
    with pytest.raises(Busy) as busy:
        await desk.read()
    assert (busy.value.seconds, desk.rest, desk.time.slept) == (30, 30, [])
    with pytest.raises(OutOfQuota):
        await desk.read()
    assert len(desk.api.asked) == 1


async def test_waits_count_together(desk: Desk) -> None:
    """Two waits that each fit may be too long for the time there is."""
    desk.api.faults = [said(429, PER_SECOND, Retry_After="6")] * 2
    with pytest.raises(Busy):
        await desk.read()
    assert (desk.time.slept, desk.rest) == ([6], 6)


async def test_the_last_try_leaves_its_wait_to_others(desk: Desk) -> None:
    """Nobody waits after it."""
    desk.api.faults = [said(429, PER_SECOND, Retry_After="1")] * 3
    with pytest.raises(Busy):
        await desk.read()
    assert (desk.time.slept, desk.rest) == ([1, 1], 1)


@pytest.mark.parametrize(
    ("fault", "rest"),
    [
        (said(429, MONTHLY), 86_400),
        (said(429, MONTHLY, x_ratelimit_requests_reset="1200"), 1200),
        (said(429, MONTHLY, x_ratelimit_requests_reset=""), 3600),
        (said(429, "Too many requests", x_ratelimit_requests_remaining="0"), 86_400),
        (said(429, "Too many requests", x_ratelimit_requests_remaining="-4"), 86_400),
    ],
)
async def test_a_plan_that_is_used_up_rests_until_its_reset(desk: Desk, fault: Fault, rest: float) -> None:
    """A day at most, since a larger plan may be taken; and it is not tried again, though the header asks for less."""
    assert RESET > 86_400
    desk.api.faults = [fault]
    with pytest.raises(OutOfQuota):
        await desk.read()
    assert (len(desk.api.asked), desk.rest, desk.outcomes) == (1, rest, ["refused"])


async def test_who_rests_is_not_asked(desk: Desk) -> None:
    """Until the rest is over."""
    await desk.rests.rest("RapidAPI", "", desk.time.now() + timedelta(seconds=5))
    with pytest.raises(OutOfQuota):
        await desk.read()
    assert desk.trip.left == []
    await desk.time.sleep(6)
    assert await desk.read()


@pytest.mark.parametrize("far", ["9" * 12, "Fri, 31 Dec 9999 23:59:59 GMT"])
async def test_a_wait_for_ever_is_a_day(desk: Desk, far: str) -> None:
    """Whatever a service says."""
    desk.api.faults = [said(429, PER_SECOND, Retry_After=far)]
    with pytest.raises(Busy):
        await desk.read()
    assert desk.rest == 86_400


@pytest.mark.parametrize("way", ["hang", "drip"])
async def test_who_does_not_answer_in_time_is_left(desk: Desk, way: str) -> None:
    """Also when a byte comes now and then, and without holding up anything else."""
    desk.api.faults = [Fault(way=way)] * 3
    began = time.monotonic()
    with pytest.raises(Unavailable):
        await asyncio.gather(desk.read(seconds=0.6), asyncio.sleep(0.01))
    assert time.monotonic() - began < 1.5
    assert desk.outcomes == ["no answer"]


async def test_a_host_that_is_not_there_is_no_reply(desk: Desk) -> None:
    """Its name and the reason's kind are all that is told."""
    with pytest.raises(NoReply, match=r"^RapidAPI: ConnectionError$"):
        await desk.read(host="http://127.0.0.1:1")


async def test_without_time_nothing_leaves(desk: Desk) -> None:
    """It would be for nothing."""
    with pytest.raises(Unavailable):
        await desk.read(seconds=0.1)
    assert (desk.trip.left, desk.api.asked) == ([], [])


def test_the_dates_of_the_waits_are_right() -> None:
    """They are written out above."""
    now = FastTime().now()
    assert format_datetime(now + timedelta(seconds=3), usegmt=True) == "Fri, 27 Nov 2026 12:00:03 GMT"
    assert int((now + timedelta(seconds=5)).timestamp()) == 1795780805
