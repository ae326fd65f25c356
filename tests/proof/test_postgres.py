"""PostgreSQL is restarted while updates arrive and are answered."""

from __future__ import annotations

import asyncio
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import aiohttp
import pytest

from bot.haproxy import find_haproxy
from core.adapters.embedded_postgres import EmbeddedPostgres
from core.adapters.wiring import open_stores
from core.settings import Settings
from tests.owner import prepared
from tests.proof.findings import of_answers
from tests.proof.site import RECEIVERS, Site, running
from tests.proof.telegram import BotApi, Deliveries, Load

pytestmark = pytest.mark.skipif(find_haproxy() is None, reason="there is no HAProxy on this machine")

LOAD = Load(updates=2000, chats=50, rate=125)
STOPPED_AT = 400
ANSWERED_WITHIN = 90.0


async def readiness(site: Site) -> set[int]:
    """Return what /readyz answers at the receivers themselves."""
    async with aiohttp.ClientSession() as session:
        answers = [await session.get(f"{site.direct(name)}/readyz") for name in RECEIVERS]
        return {answer.status for answer in answers}


async def test_a_restart_of_the_database_loses_nothing(bot_api: BotApi, tmp_path: Path) -> None:
    """Telegram is told 503 and comes again; 0 lost, 0 answered twice, order kept, and every process lives on."""
    folder = TemporaryDirectory(prefix="snapspend-", ignore_cleanup_errors=True)
    with folder as path, ExitStack() as stack:
        server = EmbeddedPostgres(Path(path) / "postgres")
        owner = server.start()
        address = await prepared(owner)
        stack.callback(server.stop)
        async with running(Site(address, tmp_path, bot_api.address)) as site:
            await site.worker().start()
            deliveries = Deliveries(f"{site.address}/telegram", LOAD)
            delivering = asyncio.create_task(deliveries.run())
            await deliveries.reached(STOPPED_AT)
            await asyncio.to_thread(server.stop)
            for name in RECEIVERS:
                await site.seen(name, "DOWN")
            assert await readiness(site) == {503}
            assert await asyncio.to_thread(server.start) == owner
            await delivering
            await bot_api.until(lambda: bot_api.chats_done(LOAD), ANSWERED_WITHIN)
            assert [part.process and part.process.returncode for part in site.parts.values()] == [None] * 4
            settings = Settings.from_environment({"DATABASE_URL": address, "SNAPSPEND_DATA": str(tmp_path)})
            async with open_stores(settings) as stores:
                found = await of_answers(stores, bot_api, LOAD)
            assert found.faults == {}
            assert "503" in deliveries.errors
