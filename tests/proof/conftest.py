"""What the proofs share: a site over a fresh database, and the Bot API that its worker talks to."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.proof.site import Site, running
from tests.proof.telegram import BotApi


@pytest.fixture
async def bot_api() -> AsyncIterator[BotApi]:
    """Give a Bot API that remembers what is said."""
    async with BotApi().serving() as serving:
        yield serving


@pytest.fixture
async def site(database_url: str, tmp_path: Path, bot_api: BotApi) -> AsyncIterator[Site]:
    """Give HAProxy and two receivers, without a worker."""
    async with running(Site(database_url, tmp_path, bot_api.address)) as site:
        yield site
