"""How home, advice, account and admin look in a real browser: both themes, phone and desktop, for everybody."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Literal
from uuid import uuid4

import pytest
import zxingcpp
from aiohttp import web
from aiohttp.test_utils import TestServer
from PIL import Image
from playwright.async_api import Page, async_playwright

from core.accounts import Account, TelegramUser
from core.adapters.wiring import Stores
from core.advice_facts import gather
from core.advisor import told_of
from core.budgets import Budget
from core.periods import PeriodKind, period_of
from core.phrasing import Phrasing
from core.receipt import Category, Doubt, DoubtKind
from core.signing_in import Identity
from tests.accessibility import flaws
from tests.webhook.pages.conftest import TOKEN, receiver
from tests.webhook.pages.passwords import RememberedPasswords
from tests.webhook.pages.spending import spent
from tests.webhook.pages.test_looks import CHROMIUM, in_chromium

TODAY = datetime.now(UTC).date()
INSIDE = ["/", "/?month=2020-01", "/advice", "/account", "/account/delete", "/admin", "/admin?search=nobody"]
LONG = "Elektroinstallationsgesellschaft-Hinterbrühl-Sonnenhang GmbH & Co. KG"
ANY = {"minor", "moderate", "serious", "critical"}


@pytest.fixture
async def window() -> AsyncIterator[Page]:
    """Give a browser's page."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield await browser.new_page()
        await browser.close()


async def _furnished(stores: Stores) -> Account:
    """Return an admin's account with all that the pages can show."""
    account = await stores.accounts.enter(Identity(uuid4(), "ada.with.a.long.address@receipts.example.org"))
    await stores.people.promote(account.id)
    await stores.links.accept(await stores.links.offer(account.id), TelegramUser(71, LONG))
    month = period_of(PeriodKind.MONTH, TODAY)
    for back in range(5):
        day = month.shifted(-back).first.isoformat()
        await spent(stores, account, day, "9.99", merchant="Netflix", category=Category.LEISURE)
        await spent(stores, account, day, "1234567.89", merchant=LONG, currency="IDR")
        await spent(stores, account, day, "20", merchant="Lidl")
    await spent(stores, account, TODAY.isoformat(), "99", merchant="Lidl", due_on=TODAY - timedelta(days=3))
    doubts = (Doubt(kind=DoubtKind.DUPLICATE, field=""),)
    await spent(stores, account, TODAY.isoformat(), "99", merchant=LONG, doubts=doubts)
    await stores.ledger.open(account.id, "photo", "chat:1", TODAY)
    await stores.requests.ask(9, LONG, "en")
    for budget in (Budget("", "IDR", Decimal(999999999)), Budget("groceries", "EUR", Decimal(100))):
        await stores.budgets.put(account.id, budget)
    told = told_of(await gather(stores.advisor.sources, account, TODAY), account.language)
    await stores.phrasings.put(account.id, Phrasing(told.hash, f"{LONG} costs more.\n\n{LONG * 4}", "Gemini"))
    return account


async def _enter(window: Page, site: TestServer, stores: Stores, account: Account) -> None:
    token = await stores.sessions.open(account.id, "Firefox on Linux", "password")
    await window.context.add_cookies([{"name": "session", "value": token, "url": str(site.make_url("/"))}])


@in_chromium
async def test_the_pages_inside_fit_and_can_be_read_by_everybody(
    window: Page, site: TestServer, stores: Stores
) -> None:
    """At a phone's width nothing stands beside them; a checker finds nothing in either theme."""
    await _enter(window, site, stores, await _furnished(stores))
    said: list[str] = []
    window.on("console", lambda message: said.append(message.text))
    themes: list[Literal["light", "dark"]] = ["light", "dark"]
    for scheme in themes:
        await window.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for width in (360, 1280):
            await window.set_viewport_size({"width": width, "height": 800})
            for path in INSIDE:
                await window.goto(str(site.make_url(path)))
                where = (path, width, scheme)
                assert await window.evaluate("document.documentElement.scrollWidth <= innerWidth"), where
                assert await window.locator("h1").count() == 1, where
                assert not await flaws(window, ANY), where
    assert not said


@in_chromium
async def test_a_new_account_sees_its_empty_pages_whole(
    window: Page, site: TestServer, stores: Stores, account: Account
) -> None:
    """How to begin, everywhere."""
    await _enter(window, site, stores, account)
    await window.set_viewport_size({"width": 360, "height": 800})
    for path in ("/", "/advice", "/account"):
        await window.goto(str(site.make_url(path)))
        assert await window.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        assert not await flaws(window, ANY), path


@in_chromium
async def test_the_link_for_a_chat_has_a_picture_that_cameras_read(
    window: Page, stores: Stores, gateway: RememberedPasswords
) -> None:
    """Dark on light in the dark theme too, and as large as the page lets it be."""

    async def on_me(request: web.Request) -> web.Response:
        return web.json_response({"ok": True, "result": {"username": "ada_receipts_bot"}})

    application = web.Application()
    application.add_routes([web.get(f"/bot{TOKEN}/getMe", on_me)])
    async with (
        TestServer(application) as api,
        receiver(stores, gateway, TELEGRAM_API_URL=str(api.make_url("")).rstrip("/")) as site,
    ):
        await _enter(window, site, stores, await _furnished(stores))
        await window.emulate_media(color_scheme="dark", reduced_motion="reduce")
        await window.set_viewport_size({"width": 360, "height": 800})
        await window.goto(str(site.make_url("/account")))
        await window.get_by_role("button", name="Link another chat").click()
        address = await window.get_by_role("link", name="Open in Telegram here").get_attribute("href")
        picture = await window.locator(".paper").screenshot()
        assert not await flaws(window, ANY)
    assert address == await asyncio.to_thread(_read_code, picture)


def _read_code(picture: bytes) -> str:
    """Return what a camera reads in a QR code."""
    found = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)).convert("L"))
    return found[0].text if found else ""
