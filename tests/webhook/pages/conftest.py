"""Fixtures of the pages: a running application over a fresh database, browsers, and who keeps the passwords."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp.test_utils import TestServer

from core.adapters.wiring import Stores
from core.settings import Settings
from tests.webhook.pages.browser import Browser
from tests.webhook.pages.passwords import RememberedPasswords
from tests.webhook.pages.shelf import Shelf
from webhook.application import build_application

TOKEN = "4242:" + "A" * 35
ENVIRONMENT = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_WEBHOOK_SECRET": "a-secret-of-the-webhook"}


@pytest.fixture
def gateway() -> RememberedPasswords:
    """Give who keeps the passwords of this test."""
    return RememberedPasswords()


@asynccontextmanager
async def receiver(stores: Stores, gateway: RememberedPasswords, **settings: str) -> AsyncIterator[TestServer]:
    """Run one receiver with its pages."""
    given = Settings.from_environment({**ENVIRONMENT, **settings})
    async with TestServer(build_application(given, stores, gateway)) as server:
        yield server


@pytest.fixture
async def site(stores: Stores, gateway: RememberedPasswords) -> AsyncIterator[TestServer]:
    """Give a running receiver."""
    async with receiver(stores, gateway) as server:
        yield server


@pytest.fixture
async def browser(site: TestServer) -> AsyncIterator[Browser]:
    """Give a browser that has never been here."""
    async with Browser(site) as browser:
        yield browser


@pytest.fixture
async def shelf(stores: Stores, browser: Browser) -> Shelf:
    """Give somebody who is signed in to their receipts."""
    return await Shelf.of(stores, browser)
