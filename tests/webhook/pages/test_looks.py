"""How the pages look: enough contrast in both themes, and at a phone's width nothing beside the page."""

from __future__ import annotations

import re
import shutil
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal
from urllib.parse import quote

import pytest
from aiohttp.test_utils import TestServer
from playwright.async_api import Page, Route, async_playwright, expect

from core.accounts import TelegramUser
from core.adapters.wiring import Stores
from tests.accessibility import flaws
from tests.webhook.pages.conftest import receiver
from tests.webhook.pages.passwords import RememberedPasswords
from tests.webhook.pages.test_signing_in import ADA, PASSWORD
from tests.webhook.test_init_data import signed
from webhook.pages.templates import STATIC

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
in_chromium = pytest.mark.skipif(not CHROMIUM, reason="there is no Chromium on this machine")
STYLE = (STATIC / "style.css").read_text("utf-8")
TEXTS = [
    *((ink, ground, 4.5) for ink in ("ink", "soft", "accent") for ground in ("page", "panel", "sunk")),
    *((kind, f"{kind}-soft", 4.5) for kind in ("good", "doubt", "bad")),
    *(("ink", f"{kind}-soft", 4.5) for kind in ("accent", "good", "doubt", "bad")),
    *(("accent", f"{kind}-soft", 4.5) for kind in ("doubt", "bad", "good")),
    ("accent-ink", "accent", 4.5),
    ("accent-ink", "accent-strong", 4.5),
    ("accent-strong", "accent-soft", 4.5),
    ("bad", "panel", 4.5),
    ("edge", "panel", 3.0),
    ("bar", "panel", 3.0),
]


def colours(theme: str) -> dict[str, str]:
    """Return the colours of a theme by name."""
    light, dark = (dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})\b", block)) for block in STYLE.split(":root {")[1:3])
    return light if theme == "light" else light | dark


def brightness(colour: str) -> float:
    """Return a colour's relative luminance (WCAG 2.2)."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground", "least"), TEXTS)
def test_colours_differ_enough_to_be_read(theme: str, text: str, ground: str, least: float) -> None:
    """WCAG AA: 4.5 to 1 for text, 3 to 1 for edges of fields and bars."""
    known = colours(theme)
    darker, brighter = sorted([brightness(known[text]), brightness(known[ground])])
    assert (brighter + 0.05) / (darker + 0.05) >= least


@pytest.fixture
async def page() -> AsyncIterator[Page]:
    """Give a browser's page that remembers what went wrong in it."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield await browser.new_page(viewport={"width": 360, "height": 740})
        await browser.close()


DOORS = ["/", "/login", "/register", "/confirm", "/forgot", "/reset", "/nowhere", "/enter/abcdef", "/link/abcdef"]


@in_chromium
@pytest.mark.parametrize("width", [360, 1280])
async def test_every_door_fits_its_window(page: Page, site: TestServer, width: int, tmp_path: Path) -> None:
    """Nothing stands beside it, and no rule of the policy is broken."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    await page.set_viewport_size({"width": width, "height": 800})
    for door in DOORS:
        await page.goto(str(site.make_url(door)))
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), door
        assert await page.locator("h1").count() == 1, door
    assert not [text for text in said if "status of 40" not in text]


@in_chromium
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_an_accessibility_checker_finds_nothing_at_the_doors(
    page: Page, site: TestServer, scheme: Literal["light", "dark"]
) -> None:
    """Not even what is of little weight, in either theme."""
    await page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    for door in DOORS:
        await page.goto(str(site.make_url(door)))
        assert not await flaws(page, {"minor", "moderate", "serious", "critical"}), door


@in_chromium
async def test_an_accessibility_checker_finds_nothing_inside(page: Page, site: TestServer, stores: Stores) -> None:
    """In the frame with its menu and notices, and where a chat is linked."""
    guest = await stores.accounts.of(TelegramUser(9, "Bob"))
    await page.goto(str(site.make_url(f"/enter/{await stores.links.sign_in_token(guest.id, 9)}")))
    assert not await flaws(page)
    await page.get_by_role("button", name="Sign in").click()
    await page.goto(str(site.make_url("/nowhere")))
    assert not await flaws(page, {"minor", "moderate", "serious", "critical"})


@in_chromium
async def test_signing_in_works_with_the_keyboard_alone(
    page: Page, site: TestServer, gateway: RememberedPasswords
) -> None:
    """The first field has the focus, Enter sends; the first Tab on a page offers to skip to the content."""
    await gateway.register(ADA, PASSWORD)
    await page.goto(str(site.make_url("/login")))
    await expect(page.get_by_label("E-mail address")).to_be_focused()
    await page.keyboard.type(ADA)
    await page.keyboard.press("Tab")
    await page.keyboard.type(PASSWORD)
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("button", name="Log out")).to_be_visible()
    await page.keyboard.press("Tab")
    assert await page.evaluate("document.activeElement.className") == "skip"


@in_chromium
async def test_telegrams_menu_button_signs_in(page: Page, stores: Stores, gateway: RememberedPasswords) -> None:
    """The script passes on what the address holds behind its #, and the pages open."""
    await stores.accounts.of(TelegramUser(7, "Ada"))
    async with receiver(stores, gateway, PUBLIC_URL="https://receipts.example") as server:
        opened = quote(signed(moment=datetime.now(UTC)))
        await page.goto(f"{server.make_url('/app')}#tgWebAppData={opened}&tgWebAppVersion=8.0")
        await expect(page.get_by_text("You are here as a guest")).to_be_visible()


PUBLIC = "https://receipts.example"
FRAME = "<!doctype html><title>Telegram</title><iframe src='{}' width=400 height=700></iframe>"


async def behind_tunnel(route: Route, server: TestServer) -> None:
    """Pass a request for the public address on to the receiver, as a tunnel that ends TLS does."""
    host, path = PUBLIC.removeprefix("https://"), route.request.url.removeprefix(PUBLIC)
    headers = {**await route.request.all_headers(), "host": host}
    await route.fulfill(
        response=await route.fetch(url=str(server.make_url("/")) + path[1:], headers=headers, max_redirects=0)
    )


@in_chromium
@pytest.mark.parametrize(("outside", "shown"), [("https://web.telegram.org", True), ("https://evil.example", False)])
async def test_telegram_in_a_browser_shows_a_link_that_signs_in(
    page: Page, stores: Stores, gateway: RememberedPasswords, outside: str, shown: bool
) -> None:
    """Inside Telegram's page a tab of its own is offered; inside another's page there is nothing to see."""
    async with receiver(stores, gateway, PUBLIC_URL=PUBLIC) as server:
        app = f"{PUBLIC}/app#tgWebAppData={quote(signed(moment=datetime.now(UTC)))}"
        await page.route(f"{outside}/**", lambda route: route.fulfill(body=FRAME.format(app), content_type="text/html"))
        await page.context.route(f"{PUBLIC}/**", lambda route: behind_tunnel(route, server))
        await page.goto(f"{outside}/a/")
        link = page.frame_locator("iframe").get_by_role("link", name="Open my receipts")
        if not shown:
            await expect(page.frame_locator("iframe").locator("#app")).to_have_count(0)
            return
        await expect(link).to_be_visible()
        async with page.context.expect_page() as tab:
            await link.click()
        await (await tab.value).get_by_role("button", name="Sign in").click()
        await expect((await tab.value).get_by_text("You are here as a guest")).to_be_visible()


@in_chromium
async def test_the_apps_page_says_what_to_do_when_nobody_opened_it(
    page: Page, stores: Stores, gateway: RememberedPasswords
) -> None:
    """Without Telegram's data there is nobody to sign in."""
    async with receiver(stores, gateway, PUBLIC_URL="https://receipts.example") as server:
        await page.goto(str(server.make_url("/app")))
        await expect(page.locator("#told")).to_contain_text("from the bot's menu")
