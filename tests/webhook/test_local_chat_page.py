"""The page in a real browser: what a person sees, presses and sends."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Page, async_playwright, expect
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup

from tests.person import Person
from tests.webhook.conftest import Running
from tests.webhook.test_local_chat_messages import picture

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(not CHROMIUM, reason="there is no chromium on this machine")


@pytest.fixture
async def page(running: Running) -> AsyncIterator[Page]:
    """Lend the page, open and connected; anything that its browser complains of fails the test."""
    complaints: list[str] = []
    async with async_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-background-networking"]
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        page = await browser.new_page(viewport={"width": 360, "height": 740})
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
        await page.goto(f"{running.address}/chat")
        await expect(page.locator("#status")).to_have_text("with Alex · English")
        yield page
        await browser.close()
    assert complaints == []


async def test_markup_in_texts_is_only_text(page: Page, bot: Bot, person: Person) -> None:
    """Formatted text is shown as such; anything else that looks like markup stays text."""
    evil = '<img src=x onerror="document.title=1">'
    escaped = evil.replace("<", "&lt;").replace(">", "&gt;")
    await bot.send_message(person.chat, f"<b>Total {escaped}</b> 🧾 <code>x</code>", parse_mode="HTML")
    await person.say(evil)
    await expect(page.locator("#messages strong")).to_have_text(f"Total {evil}")
    await expect(page.locator("#messages .mine .words")).to_contain_text(evil)
    assert await page.locator("#messages img").count() == 0


async def test_a_button_shows_its_answer(page: Page, bot: Bot, person: Person) -> None:
    """A pressed button turns until the bot answers, and the answer is shown; an edit replaces the message."""
    keys = InlineKeyboardMarkup([[InlineKeyboardButton("Sure", callback_data="sure")]])
    sent = await bot.send_message(person.chat, "Reading…", reply_markup=keys)
    button = page.get_by_role("button", name="Sure")
    await button.click()
    await expect(button).to_have_attribute("aria-busy", "true")
    query = (await bot.get_updates(timeout=10))[-1].callback_query
    assert query is not None
    await bot.answer_callback_query(query.id, "Noted", show_alert=True)
    await expect(page.locator("#alert-text")).to_have_text("Noted")
    await page.keyboard.press("Enter")
    await bot.edit_message_text("Done", person.chat, sent.message_id)
    await expect(page.locator("#messages .words")).to_contain_text("Done")
    await expect(button).to_have_count(0)


async def test_commands_are_offered_by_their_first_letters(page: Page, bot: Bot, person: Person) -> None:
    """A slash opens the menu of commands, letters narrow it down, Enter sends the one that is left."""
    await bot.set_my_commands([("list", "What you bought"), ("summary", "This month")])
    await page.locator("#text").focus()
    await expect(page.locator("#commands-button")).to_be_visible()
    await page.keyboard.type("/")
    await expect(page.get_by_role("option")).to_have_count(2)
    await page.keyboard.type("su")
    await expect(page.get_by_role("option")).to_have_count(1)
    await page.keyboard.press("Enter")
    await expect(page.locator("#messages .mine .words")).to_contain_text("/summary")
    said = await person.until(lambda event: event["kind"] == "message")
    assert said["data"]["message"]["text"] == "/summary"


async def test_photos_are_sent_as_an_album(page: Page, person: Person, tmp_path: Path) -> None:
    """Several pictures are looked at once more and sent as one album; a tap shows one at full size."""
    for name in ("a.jpg", "b.jpg"):
        (tmp_path / name).write_bytes(picture())
    await page.set_input_files("#pick-photo", [tmp_path / "a.jpg", tmp_path / "b.jpg"])
    await page.get_by_label("Caption").fill("lunch")
    await page.locator("#files-dialog").get_by_role("button", name="Send").click()
    await expect(page.locator("#messages .pictures img")).to_have_count(2)
    messages = [row["message"] for row in await person.history()]
    assert len({message["media_group_id"] for message in messages}) == 1
    assert messages[0]["caption"] == "lunch"
    await page.get_by_role("button", name="Open the photo").first.click()
    await expect(page.get_by_alt_text("Photo 1 of 2")).to_be_visible()


async def test_another_person_can_join(page: Page) -> None:
    """A second chat opens with its own name and language, by keyboard alone."""
    await page.get_by_role("button", name="Back to chats").click()
    await page.get_by_role("button", name="New chat").click()
    await page.get_by_label("Name").fill("Jörg")
    await page.get_by_label("Language").select_option("de")
    await page.get_by_label("Name").press("Enter")
    await expect(page.locator("#status")).to_have_text("with Jörg · German")
    await expect(page.get_by_role("button", name="Start")).to_be_visible()


async def test_a_button_with_an_address_opens_a_tab_of_its_own(page: Page, bot: Bot, person: Person) -> None:
    """That tab learns nothing of the chat, and the bot of no press."""
    button = InlineKeyboardButton("Link", url="http://127.0.0.1:8080/link/abc")
    await bot.send_message(person.chat, "To the pages", reply_markup=InlineKeyboardMarkup([[button]]))
    shown = page.locator("a.key", has_text="Link")
    await expect(shown).to_have_attribute("href", "http://127.0.0.1:8080/link/abc")
    await expect(shown).to_have_attribute("target", "_blank")
    await expect(shown).to_have_attribute("rel", "noopener noreferrer")
