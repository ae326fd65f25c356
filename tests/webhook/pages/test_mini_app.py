"""The Mini App's door: Telegram says who opens it, once, and only over HTTPS."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest

from core.adapters.wiring import Stores
from tests.webhook.pages.browser import Browser
from tests.webhook.pages.conftest import receiver
from tests.webhook.pages.passwords import RememberedPasswords
from tests.webhook.test_init_data import signed

PUBLIC = "https://receipts.example"
HTTPS = {"X-Forwarded-Proto": "https", "Accept": "application/json"}


@pytest.fixture
async def phone(stores: Stores, gateway: RememberedPasswords) -> AsyncIterator[Browser]:
    """Give a browser on a site with a public address."""
    async with receiver(stores, gateway, PUBLIC_URL=PUBLIC) as server, Browser(server, **HTTPS) as browser:
        yield browser


async def opened(browser: Browser, sent: Any, **headers: str) -> tuple[int, dict[str, Any]]:
    """Send what the page's script sends, and return status and answer."""
    address = browser.server.make_url("/app/enter")
    async with browser.session.post(address, json=sent, headers=browser.headers | headers) as answer:
        browser.set_cookies = answer.headers.getall("Set-Cookie", [])
        return answer.status, await answer.json()


def now(**fields: str) -> dict[str, Any]:
    """Return what Telegram opens the app with at this moment."""
    return {"init_data": signed(moment=datetime.now(UTC), **fields)}


async def test_whom_telegram_names_is_signed_in(phone: Browser, stores: Stores) -> None:
    """With a guest's account, as in the chat."""
    assert await opened(phone, now()) == (200, {"go": "/"})
    cookie = next(cookie for cookie in phone.set_cookies if cookie.startswith("__Host-session="))
    found = await stores.sessions.find(cookie.split("=")[1].split(";")[0])
    known = await stores.accounts.known(7)
    assert found is not None
    assert (found[1], found[0].way) == (known, "mini app")


async def test_an_opening_signs_in_once(phone: Browser) -> None:
    """Replayed within its five minutes: refused."""
    sent = now()
    assert (await opened(phone, sent))[0] == 200
    status, told = await opened(phone, sent)
    assert (status, "open it again" in told["problem"]) == (403, True)


@pytest.mark.parametrize(
    "sent",
    [
        {},
        [],
        {"init_data": 5},
        {"init_data": ""},
        {"init_data": signed()},
        {"init_data": signed(token="1:" + "B" * 35, moment=datetime.now(UTC))},
    ],
)
async def test_what_telegram_did_not_write_just_now_signs_nobody_in(phone: Browser, sent: Any) -> None:
    """Forged or old: a sentence."""
    assert (await opened(phone, sent))[0] == 403
    assert not any("session" in cookie for cookie in phone.set_cookies)


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Content-Type": "text/plain"}]
)
async def test_another_site_signs_nobody_in(phone: Browser, headers: dict[str, str]) -> None:
    """Not even with what Telegram wrote for the attacker: nobody ends in somebody else's account."""
    assert (await opened(phone, now(), **headers))[0] == 403


async def test_inside_a_frame_a_link_signs_in(phone: Browser) -> None:
    """Telegram in a browser shows the app inside its own page, where no cookie of ours is kept."""
    status, answer = await opened(phone, {**now(), "framed": True})
    assert status == 200
    assert "Sign in from your chat" in await phone.go(answer["go"], Accept="text/html")


async def test_only_the_apps_page_may_be_framed_and_only_by_telegram(phone: Browser) -> None:
    """Its policy names the one site."""
    await phone.go("/app", Accept="text/html")
    assert "frame-ancestors https://web.telegram.org" in phone.answer["Content-Security-Policy"]
    await phone.go("/login", Accept="text/html")
    assert "frame-ancestors 'none'" in phone.answer["Content-Security-Policy"]


async def test_there_is_no_such_door_without_https(browser: Browser) -> None:
    """Telegram opens no other."""
    await browser.go("/app")
    assert browser.status == 404
    assert (await opened(browser, now(), Accept="application/json"))[0] == 404


async def test_a_stranger_is_not_let_in_where_not_everybody_is(stores: Stores, gateway: RememberedPasswords) -> None:
    """They are sent to the chat, where they can ask."""
    async with receiver(stores, gateway, PUBLIC_URL=PUBLIC, ACCESS="invite") as server, Browser(server, **HTTPS) as one:
        status, told = await opened(one, now())
        assert (status, "/start" in told["problem"]) == (403, True)
        assert await stores.accounts.known(7) is None
