"""Who may stay on the pages where ACCESS was changed: a guest's browser is not let in where chats must be linked."""

from __future__ import annotations

from core.accounts import Account, TelegramUser
from core.adapters.wiring import Stores
from tests.webhook.pages.browser import Browser
from tests.webhook.pages.conftest import receiver
from tests.webhook.pages.passwords import RememberedPasswords
from tests.webhook.pages.test_signing_in import joined

BOB = TelegramUser(9, "Bob")


async def test_a_guests_session_ends_where_chats_must_be_linked(
    stores: Stores, gateway: RememberedPasswords, account: Account
) -> None:
    """It was opened while anybody might come in; the sentence says what to do, and the chat's link still works."""
    token = await stores.sessions.open(account.id, "Firefox", "chat")
    async with receiver(stores, gateway, ACCESS="link") as server, Browser(server) as browser:
        browser.plant("session", token)
        assert "send /link to the bot in the chat" in await browser.go("/receipts")
        assert (browser.place, browser.cookie("session")) == ("/login", "")
        assert await stores.sessions.find(token) is None
        browser.plant("session", await stores.sessions.open(account.id, "Firefox", "chat"))
        assert "who are you" in await browser.go(f"/link/{(await stores.links.invite(BOB)).token}")


async def test_who_has_an_address_stays_where_chats_must_be_linked(
    stores: Stores, gateway: RememberedPasswords
) -> None:
    """Only guests are signed out."""
    async with receiver(stores, gateway, ACCESS="link") as server, Browser(server) as browser:
        await joined(browser)
        await browser.go("/receipts")
        assert browser.place == "/receipts"
