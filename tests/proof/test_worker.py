"""Workers are killed and stopped while they answer; others go on with what they left."""

from __future__ import annotations

import asyncio
import signal

import pytest

from bot.haproxy import find_haproxy
from bot.worker import CHATS_AT_ONCE
from core.adapters.wiring import Stores
from tests.proof.findings import of_answers
from tests.proof.site import Site
from tests.proof.telegram import BotApi, Deliveries, Load

pytestmark = pytest.mark.skipif(find_haproxy() is None, reason="there is no HAProxy on this machine")

LOAD = Load(updates=2000, chats=50, rate=125)
KILLED_AT, STOPPED_AT = 300, 1000
ANSWERED_WITHIN = 90.0


async def test_other_workers_go_on_where_one_was_killed_and_one_stopped(
    site: Site, bot_api: BotApi, stores: Stores
) -> None:
    """0 lost, 0 answered twice, order kept; a note stands where the kill leaves open whether an answer arrived."""
    await site.worker("first").start()
    deliveries = Deliveries(f"{site.address}/telegram", LOAD)
    delivering = asyncio.create_task(deliveries.run())
    await bot_api.until(lambda: bot_api.total() >= KILLED_AT, ANSWERED_WITHIN)
    await site.parts["first"].stop(signal.SIGKILL)
    await site.worker("second").start()
    await bot_api.until(lambda: bot_api.total() >= STOPPED_AT, ANSWERED_WITHIN)
    assert await site.parts["second"].stop(signal.SIGTERM) == 0
    await site.worker("third").start()
    await delivering
    await bot_api.until(lambda: bot_api.chats_done(LOAD), ANSWERED_WITHIN)
    found = await of_answers(stores, bot_api, LOAD)
    assert (found.faults, deliveries.errors) == ({}, [])
    assert found.notes <= CHATS_AT_ONCE
