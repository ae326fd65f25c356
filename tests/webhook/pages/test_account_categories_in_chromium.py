"""Own categories and rules in a real browser: nothing sticks out, everybody can read it, and the forms do it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Literal
from uuid import uuid4

import pytest
from aiohttp.test_utils import TestServer
from playwright.async_api import Page, async_playwright, expect

from core.accounts import Account
from core.adapters.wiring import Stores
from core.signing_in import Identity
from tests.accessibility import flaws
from tests.webhook.pages.test_looks import CHROMIUM, in_chromium

LONG = "Elektroinstallationsgesellschaft-Hinterbrühl-Sonnenhang GmbH & Co. KG"


@pytest.fixture
async def ada(stores: Stores) -> Account:
    """Give an account with a rule of a long name."""
    account = await stores.accounts.enter(Identity(uuid4(), "ada@example.org"))
    await stores.rules.learn(account.id, LONG, "w" * 30)
    await stores.rules.learn(account.id, "Corner Café", "eating out")
    return account


@pytest.fixture
async def page(site: TestServer, stores: Stores, ada: Account) -> AsyncIterator[Page]:
    """Lend a phone's browser that is signed in and shows the account."""
    token = await stores.sessions.open(ada.id, "Firefox on Linux", "password")
    address = str(site.make_url("/"))
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        context = await browser.new_context(viewport={"width": 360, "height": 740}, base_url=address)
        await context.add_cookies([{"name": "session", "value": token, "url": address}])
        page = await context.new_page()
        await page.goto("/account")
        yield page
        await browser.close()


@in_chromium
async def test_a_category_is_added_and_taken_out_by_hand(page: Page) -> None:
    """The notice says what is so now."""
    await page.get_by_label("New category").fill("Dog food")
    await page.get_by_role("button", name="Add", exact=True).click()
    await expect(page.get_by_text("Dog food is a category now.")).to_be_visible()
    await page.get_by_role("button", name="Take out dog food").click()
    await expect(page.get_by_text("Dog food is not offered any more.")).to_be_visible()
    await expect(page.get_by_role("button", name="Take out dog food")).to_have_count(0)


@in_chromium
async def test_what_was_taught_is_forgotten_by_hand(page: Page) -> None:
    """That one alone."""
    rules = page.locator("section", has=page.get_by_role("heading", name="What your corrections taught"))
    await expect(rules).to_contain_text("Corner Café → eating out")
    await page.get_by_role("button", name="Forget Corner Café").click()
    await expect(rules).not_to_contain_text("Corner Café")
    await expect(rules).to_contain_text("Elektroinstallationsgesellschaft")


@in_chromium
async def test_the_account_fits_with_the_longest_names(page: Page, stores: Stores, ada: Account) -> None:
    """On a phone and a desktop, in both themes; also beside what is wrong."""
    await page.get_by_label("New category").fill("w" * 30)
    await page.get_by_role("button", name="Add", exact=True).click()
    await page.get_by_label("New category").fill("GROCERIES")
    await page.get_by_role("button", name="Add", exact=True).click()
    await expect(page.get_by_text("There is “groceries” already.")).to_be_visible()
    themes: list[Literal["light", "dark"]] = ["light", "dark"]
    for scheme in themes:
        await page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for width in (360, 1280):
            await page.set_viewport_size({"width": width, "height": 800})
            assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (width, scheme)
            assert not await flaws(page, {"minor", "moderate", "serious", "critical"}), (width, scheme)
