"""Workers are killed and stopped while they answer; others go on with what they left."""

from __future__ import annotations

import asyncio
import signal

import pytest

from bot.haproxy import find_haproxy
from core.adapters.wiring import Stores
from tests.proof.findings import of_answers
from tests.proof.site import Site
from tests.proof.telegram import BotApi, Deliveries, Load

pytestmark = pytest.mark.skipif(find_haproxy() is None, reason="there is no HAProxy on this machine")

LOAD = Load(updates=2000, chats=50, rate=100)
ANSWERED_WITHIN = 90.0


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
async def test_another_worker_goes_on_where_one_ended(
    site: Site, bot_api: BotApi, stores: Stores, number: signal.Signals
) -> None:
    """0 lost, 0 answered twice, order kept; a note stands where a kill leaves open whether an answer arrived."""
    await site.worker().start()
    deliveries = Deliveries(f"{site.address}/telegram", LOAD)
    delivering = asyncio.create_task(deliveries.run())
    await bot_api.until(lambda: bot_api.total() >= 400, ANSWERED_WITHIN)
    await site.parts["worker"].stop(number)
    await site.worker("another").start()
    await delivering
    await bot_api.until(lambda: bot_api.chats_done(LOAD), ANSWERED_WITHIN)
    found = await of_answers(stores, bot_api, LOAD)
    assert (found.faults, deliveries.errors) == ({}, [])
    assert found.notes == 0 or number == signal.SIGKILL
