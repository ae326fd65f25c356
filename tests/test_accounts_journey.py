"""A guest of the chat becomes somebody with an account: `snapspend up`, the chat and the pages in a browser."""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.async_api import Browser, BrowserContext, Page, expect

from tests.accessibility import flaws
from tests.journey import CHROMIUM, PATIENCE, TILL, Up, browsing, started

SCREENSHOTS = os.environ.get("SCREENSHOTS")
"""Where pictures of the pages go, when somebody wants them."""
EMAIL, PASSWORD = "ada@example.org", "a long and good one"
PHONE, DESK = {"width": 360, "height": 780}, {"width": 1280, "height": 900}

pytestmark = pytest.mark.skipif(not CHROMIUM, reason="there is no Chromium on this machine")


@dataclass
class Someone:
    """One person with a browser: the chat in one tab, the pages in the other."""

    up: Up
    browser: Browser
    here: BrowserContext
    chat: Page
    page: Page

    async def say(self, text: str, answer: str | re.Pattern[str]) -> None:
        """Send a text to the bot and wait for its answer."""
        await self.chat.locator("#text").fill(text)
        await self.chat.keyboard.press("Enter")
        await expect(self.chat.locator("#messages .words").last).to_contain_text(answer, timeout=PATIENCE)

    async def send(self, photo: Path) -> None:
        """Send a photo and wait until it is read."""
        await self.chat.set_input_files("#pick-photo", photo)
        await self.chat.locator("#files-dialog").get_by_role("button", name="Send").click()
        await expect(self.chat.locator("#messages .words").last).to_contain_text("✓", timeout=PATIENCE)

    async def open(self, path: str, heading: str | re.Pattern[str]) -> None:
        """Open a page of ours and see its heading."""
        await self.page.goto(self.up.pages + path)
        await self.sees(heading)

    async def sees(self, heading: str | re.Pattern[str]) -> None:
        """See a page's heading."""
        await expect(self.page.get_by_role("heading", level=1)).to_contain_text(heading, timeout=PATIENCE)

    async def fill(self, **fields: str) -> None:
        """Fill in fields of the page's form by their names."""
        for name, value in fields.items():
            await self.page.locator(f"main [name='{name}']").first.fill(value)

    async def press(self, name: str) -> None:
        """Press a button of the page."""
        await self.page.locator("main").get_by_role("button", name=name, exact=True).first.click()

    async def register_and_sign_in(self) -> None:
        """Sign up on the page that is shown, and in on the one that follows."""
        await self.fill(email=EMAIL, password=PASSWORD)
        await self.press("Make an account")
        await self.sees("Sign in")
        await self.fill(password=PASSWORD)
        await self.press("Sign in")

    async def link_by_code(self) -> None:
        """Type the code that /link answers with."""
        await self.say("/link", "Or type")
        words = await self.chat.locator("#messages .words").last.inner_text()
        code = re.search(r"type (\S+) at", words)
        assert code is not None
        await self.open("/link", "Link a chat")
        await self.fill(code=code[1])
        await self.press("Go on")
        await self.sees("Link this chat?")
        await self.press("Link")


@pytest.fixture
async def someone(tmp_path: Path) -> AsyncIterator[Someone]:
    """Give somebody at a SnapSpend that was just started, with a phone."""
    async with started(tmp_path) as up, browsing() as browser:
        here = await browser.new_context(viewport={"width": 360, "height": 780})
        chat, page = await here.new_page(), await here.new_page()
        await chat.goto(up.chat)
        yield Someone(up, browser, here, chat, page)


async def look(page: Page, name: str) -> None:
    """See that a page fits a phone and a desk, has no serious flaw for a screen reader, and keep its picture."""
    for width, size in (("phone", PHONE), ("desk", DESK)):
        await page.set_viewport_size({"width": size["width"], "height": size["height"]})
        assert await page.evaluate("document.documentElement.scrollWidth") <= size["width"], f"{name} is too wide"
        assert await flaws(page) == [], name
        if SCREENSHOTS:
            await asyncio.to_thread(Path(SCREENSHOTS).mkdir, parents=True, exist_ok=True)
            await page.screenshot(path=Path(SCREENSHOTS) / f"{name}-{width}.png", full_page=True)
    await page.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})


async def look_at_all(page: Page, up: Up, paths: Sequence[tuple[str, str]]) -> None:
    """Look at several pages."""
    for path, name in paths:
        await page.goto(up.pages + path)
        await look(page, name)


async def test_a_guest_signs_up_and_finds_what_the_chat_was_sent(someone: Someone) -> None:
    """Photo, /link, register, see it, correct it, /list, log out, log in, delete everything."""
    page = someone.page
    await someone.send(TILL)
    await look_at_all(page, someone.up, [("/", "welcome"), ("/login", "login"), ("/forgot", "forgot")])
    await someone.say("/link", "sign in, or register")
    await page.goto(await someone.chat.locator("#messages a", has_text="Link").last.get_attribute("href") or "")
    await look(page, "link-door")
    await page.get_by_role("link", name=re.compile("account", re.IGNORECASE)).last.click()
    await someone.sees("Make an account")
    await look(page, "register")
    await someone.register_and_sign_in()
    await someone.sees("Link this chat?")
    await look(page, "link")
    await someone.press("Link")
    await expect(someone.chat.locator("#messages .words").last).to_contain_text("linked", timeout=PATIENCE)
    await someone.open("/receipts", "Receipts")
    await look(page, "receipts")
    await page.locator("main a[href^='/receipts/']").first.click()
    await look(page, "receipt")
    await someone.fill(merchant="Corrected & Sons <b>")
    await someone.press("Save")
    await someone.sees("Corrected & Sons <b>")
    await someone.say("/list", "Corrected & Sons <b>")
    places = ["/", "/upload", "/account", "/advice"]
    await look_at_all(page, someone.up, [(place, place.strip("/") or "home") for place in places])
    await page.get_by_role("button", name="Log out").click()
    await someone.open("/login", "Sign in")
    await someone.fill(email=EMAIL, password=PASSWORD)
    await someone.press("Sign in")
    await delete_everything(someone)


async def delete_everything(someone: Someone) -> None:
    """Delete the account on its page; the chat begins anew, and nobody can sign in."""
    await someone.open("/account/delete", re.compile("[Dd]elete"))
    await look(someone.page, "delete")
    await someone.fill(typed="DELETE")
    await someone.press("Go on")
    await someone.press("Delete everything now")
    await expect(someone.page.locator("body")).to_contain_text("Your account is closed", timeout=PATIENCE)
    await someone.say("/list", "no receipts yet")
    await someone.open("/login", "Sign in")
    await someone.fill(email=EMAIL, password=PASSWORD)
    await someone.press("Sign in")
    await expect(someone.page.locator("main")).to_contain_text("do not belong together")


async def test_by_code_upload_delete_and_undo_and_a_session_ended_elsewhere(someone: Someone, tmp_path: Path) -> None:
    """Either receiver serves everybody: a session that one of them ended is over at the other."""
    page = someone.page
    await someone.open("/register", "Make an account")
    await someone.register_and_sign_in()
    await someone.link_by_code()
    await expect(someone.chat.locator("#messages .words").last).to_contain_text("linked", timeout=PATIENCE)
    await someone.open("/upload", re.compile("Upload"))
    await page.set_input_files("main input[type=file]", TILL)
    await expect(page.get_by_role("button", name="Delete this receipt")).to_be_visible(timeout=PATIENCE)
    await page.get_by_role("button", name="Delete this receipt").click()
    await expect(page.locator("main")).to_contain_text("counts nowhere")
    await page.get_by_role("button", name="Undo").first.click()
    await expect(page.get_by_role("button", name="Delete this receipt")).to_be_visible(timeout=PATIENCE)
    other = await (await someone.browser.new_context()).new_page()
    await other.goto(f"{someone.up.pages}/login")
    await other.locator("[name=email]").fill(EMAIL)
    await other.locator("[name=password]").fill(PASSWORD)
    await other.locator("main").get_by_role("button", name="Sign in").click()
    await expect(other.get_by_role("button", name="Log out")).to_be_visible(timeout=PATIENCE)
    await someone.open("/account", "Account")
    await page.get_by_role("button", name="Sign out all others").click()
    for _ in range(2):  # HAProxy takes turns
        await other.goto(f"{someone.up.pages}/receipts")
        await expect(other.get_by_role("heading", level=1)).to_contain_text("Sign in")
