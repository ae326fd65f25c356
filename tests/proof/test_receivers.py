"""Receivers are killed, hung, stopped and replaced while 2,000 updates of 50 chats arrive."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Awaitable, Callable

import pytest

from bot.haproxy import find_haproxy
from core.adapters.wiring import Stores
from tests.proof.findings import of_answers
from tests.proof.site import RECEIVERS, Site
from tests.proof.telegram import BotApi, Deliveries, Load

pytestmark = pytest.mark.skipif(find_haproxy() is None, reason="there is no HAProxy on this machine")

LOAD = Load(updates=2000, chats=50, rate=125)
FAULT_AT = 400
ANSWERED_WITHIN = 60.0


async def killed(site: Site) -> None:
    """`kill -9` one receiver; a supervisor starts it again."""
    await site.restart("web-01", signal.SIGKILL)


async def hung(site: Site) -> None:
    """One receiver answers nothing until HAProxy has given it up, and goes on then."""
    site.parts["web-01"].tell(signal.SIGSTOP)
    await site.seen("web-01", "DOWN")
    site.parts["web-01"].tell(signal.SIGCONT)
    await site.seen("web-01", "UP")


async def drained(site: Site) -> None:
    """One receiver is stopped with good manners, and stays away."""
    assert await site.parts["web-01"].stop(signal.SIGTERM) == 0


async def replaced(site: Site) -> None:
    """Both receivers are replaced by new ones, one after the other."""
    assert [await site.restart(name, signal.SIGTERM) for name in RECEIVERS] == [0, 0]


@pytest.mark.parametrize("fault", [killed, hung, drained, replaced])
async def test_telegram_sees_no_error_and_every_chat_gets_its_answers_in_order(
    site: Site, bot_api: BotApi, stores: Stores, fault: Callable[[Site], Awaitable[None]]
) -> None:
    """0 lost, 0 answered twice, order kept, and not one delivery that Telegram has to repeat."""
    await site.worker().start()
    deliveries = Deliveries(f"{site.address}/telegram", LOAD)
    delivering = asyncio.create_task(deliveries.run())
    await deliveries.reached(FAULT_AT)
    await fault(site)
    assert not delivering.done(), "the fault came too late"
    await delivering
    await bot_api.until(lambda: bot_api.total() >= LOAD.updates, ANSWERED_WITHIN)
    found = await of_answers(stores, bot_api, LOAD)
    assert (found.faults, found.notes, deliveries.errors) == ({}, 0, [])
