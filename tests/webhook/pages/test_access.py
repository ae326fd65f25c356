"""What the settings of access do on the pages: guests where chats must be linked, and chats of admins."""

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


async def test_a_link_to_an_admins_chat_says_what_it_gives(stores: Stores, gateway: RememberedPasswords) -> None:
    """The account becomes an admin's; for anybody else's chat there is no such sentence."""
    async with receiver(stores, gateway, ADMIN_TELEGRAM_IDS=str(BOB.id)) as server, Browser(server) as browser:
        await joined(browser)
        says = "is an admin of this bot: whoever signs in to this account will be one too."
        assert f"Bob {says}" in await browser.go(f"/link/{(await stores.links.invite(BOB)).token}")
        assert says not in await browser.go(f"/link/{(await stores.links.invite(TelegramUser(10, 'Eve'))).token}")
