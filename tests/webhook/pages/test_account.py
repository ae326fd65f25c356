"""The account's page: chats, browsers, choices; what is somebody else's does nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from uuid import uuid4

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer, unused_port

from core.accounts import Account, TelegramUser
from core.adapters.wiring import Stores
from core.signing_in import Identity
from tests.conversation import RecordedReader, build_bookkeeper
from tests.webhook.pages.browser import Browser
from tests.webhook.pages.conftest import TOKEN, receiver
from tests.webhook.pages.passwords import RememberedPasswords
from tests.webhook.pages.spending import entered, spent

ADA = TelegramUser(71, "Ada <b>L</b>")
EVE = TelegramUser(72, "Eve")
ASKED = web.AppKey("asked", list[str])


@pytest.fixture
async def ada(stores: Stores) -> Account:
    """Give an account with an address and a chat."""
    return await _with_chat(stores, "ada@example.org", ADA)


async def _with_chat(stores: Stores, email: str, person: TelegramUser) -> Account:
    account = await stores.accounts.enter(Identity(uuid4(), email))
    await stores.links.accept(await stores.links.offer(account.id), person)
    return account


async def test_the_account_shows_its_chats_and_browsers(browser: Browser, stores: Stores, ada: Account) -> None:
    """Names from Telegram stay text."""
    await entered(browser, stores, ada)
    await browser.go("/account")
    assert "Ada &lt;b&gt;L&lt;/b&gt;" in browser.text
    assert "<b>L</b>" not in browser.text
    assert "This browser" in browser.text
    assert "style=" not in browser.text


async def test_what_is_chosen_is_saved(browser: Browser, stores: Stores, ada: Account) -> None:
    """And pages are written by it from then on."""
    await entered(browser, stores, ada)
    await browser.go("/account")
    fields = {"language": "de", "home_currency": "CHF", "time_zone": "Europe/Zurich", "used": "fuel"}
    assert "Saved." in await browser.send("/account", **fields)
    saved = await stores.accounts.find(ada.id)
    assert saved is not None
    assert (saved.language, saved.home_currency, saved.time_zone) == ("de", "CHF", "Europe/Zurich")
    assert ("fuel" in saved.unused, "groceries" in saved.unused) == (False, True)
    assert "Schweizer Franken" in browser.text


async def test_what_is_no_choice_changes_nothing(browser: Browser, stores: Stores, ada: Account) -> None:
    """Each wrong field has its sentence, and what was typed stays."""
    await entered(browser, stores, ada)
    await browser.go("/account")
    fields = {"language": "xx", "home_currency": "DEM", "time_zone": "../etc/passwd"}
    text = await browser.send("/account", **fields, used="<script>")
    assert browser.status == 422
    for wanted in ("a language from", "a currency from", "a time zone from", "at least one category"):
        assert wanted in text
    assert await stores.accounts.find(ada.id) == ada


async def test_a_chat_is_unlinked(browser: Browser, stores: Stores, ada: Account) -> None:
    """What it sent stays; it begins anew as a guest."""
    await entered(browser, stores, ada)
    await browser.go("/account")
    assert "is not linked any more" in await browser.send("/account/unlink", chat=str(ADA.id))
    assert await stores.accounts.known(ADA.id) is None


@pytest.mark.parametrize("chat", [str(EVE.id), "0", "-1", "9" * 40, "x", ""])
async def test_somebody_elses_chat_stays_linked(browser: Browser, stores: Stores, ada: Account, chat: str) -> None:
    """Whatever the form says."""
    await _with_chat(stores, "eve@example.org", EVE)
    await entered(browser, stores, ada)
    await browser.go("/account")
    assert "That chat is not linked to this account" in await browser.send("/account/unlink", chat=chat)
    assert await stores.accounts.known(EVE.id) is not None


async def test_a_browser_is_signed_out(browser: Browser, site: TestServer, stores: Stores, ada: Account) -> None:
    """One, or all others; this one stays."""
    async with Browser(site) as other:
        await entered(browser, stores, ada)
        token = await entered(other, stores, ada)
        found = await stores.sessions.find(token)
        assert found is not None
        await browser.go("/account")
        assert "Signed out." in await browser.send("/account/sign-out", browser=str(found[0].id))
        assert await stores.sessions.find(token) is None
        await entered(other, stores, ada)
        await browser.go("/account")
        assert "One other browser is signed out now." in await browser.send("/account/sign-out-others")
        assert len(await stores.sessions.of(ada.id)) == 1


async def test_this_browser_signs_itself_out(browser: Browser, stores: Stores, ada: Account) -> None:
    """As by the button above."""
    await entered(browser, stores, ada)
    await browser.go("/account")
    assert "You are signed out." in await browser.send("/account/sign-out")
    assert not await stores.sessions.of(ada.id)


@pytest.mark.parametrize("given", ["eves", "x", ""])
async def test_somebody_elses_browser_stays_signed_in(
    browser: Browser, stores: Stores, ada: Account, given: str
) -> None:
    """Its id does nothing in another account's form."""
    eve = await stores.accounts.enter(Identity(uuid4(), "eve@example.org"))
    token = await stores.sessions.open(eve.id, "Safari", "password")
    found = await stores.sessions.find(token)
    assert found is not None
    await entered(browser, stores, ada)
    await browser.go("/account")
    said = await browser.send("/account/sign-out", browser=str(found[0].id) if given == "eves" else given)
    assert "signed out already" in said
    assert await stores.sessions.find(token) is not None


@pytest.mark.parametrize("path", ["", "/unlink", "/offer", "/sign-out", "/sign-out-others", "/delete"])
async def test_forms_of_other_sites_do_nothing(browser: Browser, stores: Stores, ada: Account, path: str) -> None:
    """Without the token."""
    await entered(browser, stores, ada)
    await browser.post(f"/account{path}", {"chat": str(ADA.id), "typed": "DELETE", "sure": "yes"})
    assert browser.status == 403
    assert await stores.accounts.known(ADA.id) is not None


async def test_a_guest_is_shown_how_to_sign_up(browser: Browser, stores: Stores, account: Account) -> None:
    """And can neither link nor unlink."""
    await entered(browser, stores, account)
    await browser.go("/account")
    assert "Make an account" in browser.text
    assert "/account/offer" not in browser.text
    assert "/account/unlink" not in browser.text
    token = browser.text.split('name="csrf" value="')[1].split('"')[0]
    await browser.post("/account/offer", {"csrf": token})
    assert browser.place == "/register"


@pytest.fixture
async def telegram() -> AsyncIterator[TestServer]:
    """Give a Bot API that tells the bot's name, and counts how often it was asked."""

    async def on_me(request: web.Request) -> web.Response:
        asked.append(request.path)
        return web.json_response({"ok": True, "result": {"username": "ada_receipts_bot"}})

    asked: list[str] = []
    application = web.Application()
    application[ASKED] = asked
    application.add_routes([web.get(f"/bot{TOKEN}/getMe", on_me)])
    async with TestServer(application) as server:
        yield server


async def test_a_link_for_another_chat_is_made_by_the_button(
    stores: Stores, ada: Account, gateway: RememberedPasswords, telegram: TestServer
) -> None:
    """With its picture; it links who opens it, and the bot's name is asked for once."""
    api = str(telegram.make_url("")).rstrip("/")
    async with receiver(stores, gateway, TELEGRAM_API_URL=api) as site, Browser(site) as browser:
        await entered(browser, stores, ada)
        await browser.go("/account")
        assert "t.me" not in browser.text
        text = await browser.send("/account/offer")
        token = text.split("https://t.me/ada_receipts_bot?start=")[1].split('"')[0]
        assert "<svg" in browser.text.split('class="paper"')[1]
        assert (await stores.links.accept(token, EVE)).id == ada.id
        await browser.go("/account")
        await browser.send("/account/offer")
        assert len(telegram.app[ASKED]) == 1


async def test_without_telegram_the_code_is_typed(stores: Stores, ada: Account, gateway: RememberedPasswords) -> None:
    """Nobody answers for the bot's name, and the page works."""
    api = f"http://127.0.0.1:{unused_port()}"
    async with receiver(stores, gateway, TELEGRAM_API_URL=api) as site, Browser(site) as browser:
        await entered(browser, stores, ada)
        await browser.go("/account")
        token = (await browser.send("/account/offer")).split("/start ")[1].split("<")[0]
        assert (await stores.links.accept(token, EVE)).id == ada.id


async def test_the_pages_are_for_who_is_signed_in(browser: Browser) -> None:
    """Others sign in first."""
    for path in ("/account", "/account/delete", "/account/download.zip"):
        await browser.go(path)
        assert browser.place == f"/login?next={path}"


async def test_an_account_keeps_a_choice_that_is_not_on_the_list(
    browser: Browser, stores: Stores, ada: Account
) -> None:
    """A language that Telegram sent, or a currency of old."""
    await stores.accounts.change(replace(ada, language="tlh", home_currency="DEM"))
    await entered(browser, stores, ada)
    await browser.go("/account")
    fields = {"language": "tlh", "home_currency": "DEM", "used": "fuel"}
    assert "Saved." in await browser.send("/account", **fields)
    saved = await stores.accounts.find(ada.id)
    assert saved is not None
    assert (saved.language, saved.home_currency) == ("tlh", "DEM")


async def test_the_account_tells_how_its_receipts_were_read(browser: Browser, stores: Stores, ada: Account) -> None:
    """Each field that had to be corrected, of its own receipts alone."""
    await entered(browser, stores, ada)
    await browser.go("/account")
    assert "No receipt was read yet." in browser.text
    filed = await spent(stores, ada, "2026-11-19", "9.99")
    await spent(stores, await _with_chat(stores, "eve@example.org", EVE), "2026-11-19", "9.99")
    bookkeeper = build_bookkeeper(stores, RecordedReader())
    await bookkeeper.correct(ada, filed.id, "total", "9.89")
    await browser.go("/account")
    assert "I read 1 receipt of yours: you corrected something in 1," in browser.text
    assert '<th scope="row">Total</th><td class="right number">1 (100%)</td>' in browser.text
