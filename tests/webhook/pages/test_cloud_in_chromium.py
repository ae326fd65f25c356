"""What the pages say of readers in the cloud, in a real browser."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

from core.departures import Departure, Purpose
from tests.accessibility import flaws
from tests.webhook.pages.shelf import Shelf
from tests.webhook.pages.test_cloud_pages import LEFT, disputed
from tests.webhook.pages.test_receipt_in_chromium import CHROMIUM
from tests.webhook.pages.test_receipt_in_chromium import page as page  # a fixture

pytestmark = pytest.mark.skipif(not CHROMIUM, reason="there is no chromium on this machine")
HOST = "generativelanguage.googleapis.com"


async def test_both_places_are_seen_beside_their_answers(shelf: Shelf, page: Page) -> None:
    """Without pointing at anything; the answer is one press."""
    receipt = await disputed(shelf)
    await page.goto(f"/receipts/{receipt}")
    strips = page.locator(".choice .strip")
    await expect(strips).to_have_count(2)
    for at in range(2):
        await expect(strips.nth(at)).to_be_visible()
    await page.get_by_role("button", name="€11.34 is right").click()
    await expect(page.get_by_text("Thank you, noted.")).to_be_visible()
    await expect(strips).to_have_count(0)


@pytest.mark.parametrize("width", [360, 768, 1280])
async def test_nothing_sticks_out_and_nothing_is_amiss(shelf: Shelf, page: Page, width: int) -> None:
    """With long hosts and many things masked."""
    receipt = await disputed(shelf)
    kinds = ("card number", "account number", "phone number", "e-mail address", "loyalty number")
    left = Departure("Gemini", HOST * 2, Purpose.EXTRACTING, 1, 1, dict.fromkeys(kinds, 12), "gemini-3.5-flash-lite")
    for one in (LEFT, left):
        await shelf.stores.departures.note(shelf.account.id, receipt, one)
    await shelf.stores.people.promote(shelf.account.id)
    await page.set_viewport_size({"width": width, "height": 740})
    for place in (f"/receipts/{receipt}", "/account", "/admin"):
        await page.goto(place)
        assert await page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, place
        assert await flaws(page) == []
