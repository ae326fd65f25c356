"""How the page of questions looks in a real browser: both themes, phone and desktop, for everybody."""

from __future__ import annotations

import os
from decimal import Decimal
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from aiohttp.test_utils import TestServer
from playwright.async_api import Page

from core.accounts import Account
from core.adapters.wiring import Stores
from core.receipt import LineItem
from tests.accessibility import flaws
from tests.webhook.pages.spending import spent
from tests.webhook.pages.test_looks import in_chromium
from tests.webhook.pages.test_looks_inside import ANY, LONG, window

__all__ = ["window"]
ASKED = ("", "how much on coffee in March 2026", "biggest bill in 2026", "hello", f"how much on {'x' * 250}")


@in_chromium
async def test_questions_fit_and_can_be_read_by_everybody(
    window: Page, site: TestServer, stores: Stores, account: Account
) -> None:
    """Without an answer, with one, with receipts to open, and with what is not understood."""
    items = (LineItem(description="Flat white", total=Decimal("3.50")), LineItem(description=f"Coffee {LONG}"))
    await spent(stores, account, "2026-03-02", "12.50", merchant="Corner Café", items=items)
    await spent(stores, account, "2026-03-03", "1234567.89", merchant=LONG, currency="IDR")
    await spent(stores, account, "2026-03-04", "99", merchant="Coffee House", category="fuel")
    token = await stores.sessions.open(account.id, "Firefox on Linux", "password")
    await window.context.add_cookies([{"name": "session", "value": token, "url": str(site.make_url("/"))}])
    themes: list[Literal["light", "dark"]] = ["light", "dark"]
    for scheme in themes:
        await window.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for width in (360, 1280):
            await window.set_viewport_size({"width": width, "height": 900})
            for number, question in enumerate(ASKED):
                await window.goto(str(site.make_url("/ask")) + (f"?q={quote(question)}" if question else ""))
                where = (question, width, scheme)
                assert await window.evaluate("document.documentElement.scrollWidth <= innerWidth"), where
                assert await window.locator("h1").count() == 1, where
                assert not await flaws(window, ANY), where
                if folder := os.environ.get("LOOKS"):
                    await window.screenshot(path=Path(folder) / f"{number}-{width}-{scheme}.png", full_page=True)
