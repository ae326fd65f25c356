"""Fixtures of the local chat: its database, its server, the real client library, and a person."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import pytest
from aiohttp.test_utils import TestServer
from telegram import Bot
from telegram.request import HTTPXRequest

from core.adapters.database import Pool, build_pool, transaction
from core.adapters.local_chat_store import LocalChatStore, create_schema
from tests.person import Person
from webhook.local_chat.app import build_app
from webhook.local_chat.context import LOCAL_CHAT, LocalChat, Settings

TOKEN = "1000001:a-token_for-tests"


@pytest.fixture
async def chat_pool(empty_database_url: str) -> AsyncIterator[Pool]:
    """Lend a pool on a database where the local chat is new."""
    async with build_pool(empty_database_url) as pool:
        async with transaction(pool) as connection:
            await create_schema(connection)
        yield pool


@dataclass
class Running:
    """A running local chat, and where it is."""

    server: TestServer
    chat: LocalChat

    @property
    def address(self) -> str:
        """Return the server's address."""
        return str(self.server.make_url("")).rstrip("/")

    def bot(self, token: str = TOKEN, read_timeout: float = 15) -> Bot:
        """Return the client library's bot, pointed here."""
        return Bot(
            token,
            f"{self.address}/bot",
            f"{self.address}/file/bot",
            request=HTTPXRequest(read_timeout=read_timeout),
            get_updates_request=HTTPXRequest(read_timeout=read_timeout),
        )


@pytest.fixture
def chat_settings(tmp_path: Path) -> Settings:
    """Return settings that try again at once."""
    return Settings(TOKEN, tmp_path / "files", control=True, retry_wait=lambda attempts: 0.0)


@pytest.fixture
async def running(chat_pool: Pool, chat_settings: Settings) -> AsyncIterator[Running]:
    """Lend a running local chat."""
    app = build_app(LocalChatStore(chat_pool), chat_settings)
    async with TestServer(app) as server:
        yield Running(server, app[LOCAL_CHAT])


@pytest.fixture
async def client() -> AsyncIterator[aiohttp.ClientSession]:
    """Lend an HTTP client."""
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
async def bot(running: Running) -> AsyncIterator[Bot]:
    """Lend the real client library's bot."""
    async with running.bot() as bot:
        yield bot


@pytest.fixture
async def person(running: Running, client: aiohttp.ClientSession) -> Person:
    """Return the person of the first chat."""
    return await Person.join(client, running.address)
