"""What somebody with bad intentions tries at the doors of the pages."""

from __future__ import annotations

import pytest
from aiohttp.test_utils import TestServer

from core.accounts import Account, TelegramUser
from core.adapters.wiring import Stores
from tests.webhook.pages.browser import Browser
from tests.webhook.pages.conftest import receiver
from tests.webhook.pages.passwords import RememberedPasswords
from tests.webhook.pages.test_signing_in import ADA, PASSWORD, joined, register, sign_in
from webhook.pages.browser import safe_next

HTTPS = {"X-Forwarded-Proto": "https"}


async def test_a_planted_session_cookie_is_not_kept(browser: Browser, stores: Stores, account: Account) -> None:
    """Session fixation: signing in makes a new token; the one that was there before ends."""
    planted = await stores.sessions.open(account.id, "an attacker's", "chat")
    await register(browser)
    browser.plant("session", planted)
    await sign_in(browser)
    assert browser.cookie("session") not in {"", planted}
    assert await stores.sessions.find(planted) is None


async def test_every_sign_in_has_a_token_of_its_own(browser: Browser) -> None:
    """And the forms of the session before are void with it."""
    await joined(browser)
    first = browser.cookie("session")
    await browser.go("/link")
    old = browser.text
    await browser.send("/logout")
    await sign_in(browser)
    assert browser.cookie("session") != first
    browser.text = old
    await browser.send("/link", code="ABCDEFGH")
    assert browser.status == 403


async def test_a_form_without_its_token_is_refused(browser: Browser, gateway: RememberedPasswords) -> None:
    """CSRF: nothing is done."""
    await browser.go("/login")
    assert "came from another page" in await browser.post("/login", {"email": ADA, "password": PASSWORD})
    assert (browser.status, gateway.calls) == (403, [])


async def test_another_browsers_token_is_refused(browser: Browser, site: TestServer) -> None:
    """CSRF: an attacker's own token is good for their browser alone."""
    async with Browser(site) as attacker:
        await attacker.go("/login")
        form = attacker.text
    await browser.go("/login")
    browser.text = form
    await browser.send("/login", email=ADA, password=PASSWORD)
    assert browser.status == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
    ],
)
async def test_a_form_that_another_site_sends_is_refused(browser: Browser, headers: dict[str, str]) -> None:
    """CSRF: even with the right token."""
    await browser.go("/login")
    await browser.send("/login", headers=headers, email=ADA, password=PASSWORD)
    assert browser.status == 403


async def test_nobody_is_logged_out_by_another_site(browser: Browser) -> None:
    """CSRF: the session goes on."""
    await joined(browser)
    await browser.post("/logout", {"csrf": "x"})
    assert browser.status == 403
    assert "Log out" in await browser.go("/")


BAD_PLACES = [
    "https://evil.example",
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    " //evil.example",
    "javascript:alert(1)",
    "/.//evil.example",
    "/a//evil.example",
    "/a/../..//evil.example",
    "evil.example",
    "/x\r\nSet-Cookie: session=planted",
    "/%0d%0aSet-Cookie:%20a=b\r\n",
    "/x#" + "y" * 600,
    "/é",
    "",
    "/" + "a" * 600,
]


@pytest.mark.parametrize("place", BAD_PLACES)
async def test_signing_in_leads_to_no_other_site(browser: Browser, place: str) -> None:
    """Open redirects and headers within `next`: one ends on the first page."""
    await register(browser)
    await browser.go("/login")
    await browser.send("/login", email=ADA, password=PASSWORD, next=place)
    assert (browser.place, browser.cookie("session") != "planted") == ("/", True)


@pytest.mark.parametrize("place", ["/", "/receipts", "/receipts?q=tea&page=2", "/link/Ab_c-1", "/account/"])
def test_a_place_within_the_site_is_kept(place: str) -> None:
    """As it was asked for."""
    assert safe_next(place) == place


async def test_guessing_a_password_is_stopped(browser: Browser, site: TestServer, gateway: RememberedPasswords) -> None:
    """Brute force: after ten tries even the right one is refused, from any address, and the keeper is not asked."""
    await register(browser)
    for guess in range(10):
        await sign_in(browser, password=f"a wrong guess {guess}")
    asked = len(gateway.calls)
    assert "too often" in await sign_in(browser)
    async with Browser(site, **{"X-Forwarded-For": "198.51.100.7"}) as other:
        assert "too often" in await sign_in(other)
    assert len(gateway.calls) == asked


async def test_trying_many_addresses_is_stopped(browser: Browser, site: TestServer) -> None:
    """Brute force: thirty tries from one address, whoever they are for; only what HAProxy says of it counts."""
    for guess in range(30):
        browser.headers["X-Forwarded-For"] = f"203.0.113.{guess}, 198.51.100.7"
        await sign_in(browser, email=f"person{guess}@example.org")
    assert "too often" in await sign_in(browser, email="last@example.org")
    async with Browser(site, **{"X-Forwarded-For": "198.51.100.8"}) as other:
        assert "do not belong together" in await sign_in(other, email="last@example.org")


async def test_guessing_a_mailed_code_is_stopped(browser: Browser) -> None:
    """Brute force: five tries, then even the right one is refused."""
    await register(browser)
    await browser.go("/forgot")
    await browser.send("/forgot", email=ADA)
    for guess in range(5):
        await browser.go("/reset")
        await browser.send("/reset", email=ADA, code=f"00000{guess}", password="a new password")
    await browser.go("/reset")
    assert "too often" in await browser.send("/reset", email=ADA, code="777777", password="a new password")


async def test_mail_to_one_address_is_limited(browser: Browser, gateway: RememberedPasswords) -> None:
    """Nobody's mailbox is filled by us."""
    for _ in range(5):
        await browser.go("/forgot")
        await browser.send("/forgot", email=ADA)
    assert gateway.calls.count("forget") == 3


@pytest.mark.parametrize(
    ("headers", "name", "secure"), [({}, "session", False), (HTTPS, "__Host-session", True)], ids=["http", "https"]
)
async def test_the_sessions_cookie_is_for_the_server_alone(
    site: TestServer, gateway: RememberedPasswords, headers: dict[str, str], name: str, secure: bool
) -> None:
    """No script reads it, no other site's form sends it; under HTTPS it never goes over HTTP, nor to another host."""
    await gateway.register(ADA, PASSWORD)
    async with Browser(site, **headers) as browser:
        await browser.go("/login")
        fields = browser.fields("/login") | {"email": ADA, "password": PASSWORD}
        given = "; ".join(f"{key}={value}" for key, value in browser.given.items())
        await browser.post("/login", fields, Cookie=given)
    cookie = next(cookie for cookie in browser.set_cookies if cookie.startswith(f"{name}="))
    parts = [part.strip().lower() for part in cookie.split(";")]
    assert {"httponly", "samesite=lax", "path=/"} <= set(parts)
    assert ("secure" in parts) is secure
    assert not any(part.startswith("domain") for part in parts)


async def test_a_plain_cookie_is_no_session_under_https(browser: Browser, stores: Stores, account: Account) -> None:
    """What a neighbouring host or a line without TLS has planted counts for nothing there."""
    browser.plant("session", await stores.sessions.open(account.id, "x", "chat"))
    assert "Log out" in await browser.go("/")
    assert "Log out" not in await browser.go("/", **HTTPS)


async def test_a_session_that_is_closed_ends_at_every_receiver(
    stores: Stores, gateway: RememberedPasswords, browser: Browser
) -> None:
    """What one receiver signed in and another closed is closed at the first."""
    await joined(browser)
    found = await stores.sessions.find(browser.cookie("session"))
    assert found is not None
    async with receiver(stores, gateway) as other, Browser(other) as twin:
        twin.plant("session", browser.cookie("session"))
        assert "Log out" in await twin.go("/")
        await twin.send("/logout")
    assert "Log out" not in await browser.go("/")
    assert not browser.cookie("session")


async def test_names_are_shown_and_never_obeyed(browser: Browser, stores: Stores) -> None:
    """HTML in a Telegram name stays text on every page that shows it, also in a notice."""
    await joined(browser)
    invitation = await stores.links.invite(TelegramUser(9, "<script>alert('Bob')</script>"))
    await browser.go(f"/link/{invitation.token}")
    assert "&lt;script&gt;" in browser.text
    assert "<script>alert" not in browser.text
    await browser.send(f"/link/{invitation.token}")
    assert "<script>alert" not in browser.text


async def test_a_notice_is_only_what_we_said(browser: Browser) -> None:
    """A planted cookie puts no words into the page."""
    browser.plant("said", "WW91IHdvbiEgQ2FsbCArMSA5MDAgMTIz.x")
    assert "notice" not in await browser.go("/")


BROKEN = [
    b"\xff\xfe",
    b"a=%ff%00&csrf=\xc3",
    b"=" * 5000,
    b"",
    b"--x\r\n\r\nno name\r\n--x--\r\n",
    b"--x\r\n--x\r\n--x\r\n",
    b"--x\r\nContent-Disposition: form-data; name=a\r\nContent-Encoding: gzip\r\n\r\nabc\r\n--x--\r\n",
    b"--x\r\nContent-Disposition: form-data; name=a\r\nContent-Encoding: odd\r\n\r\nabc\r\n--x--\r\n",
    b"--x\r\nContent-Type: multipart/mixed; boundary=y\r\n\r\n--y\r\n\r\n--y--\r\n--x--\r\n",
]


@pytest.mark.parametrize("body", BROKEN)
async def test_a_broken_form_is_refused_in_a_sentence(browser: Browser, body: bytes) -> None:
    """No traceback, no 500."""
    kinds = ["application/x-www-form-urlencoded; charset=utf-9", "application/x-www-form-urlencoded", "text/plain"]
    for kind in [*kinds, "multipart/form-data", "multipart/form-data; boundary=x", "multipart/form-data; boundary=="]:
        async with browser.session.post(
            browser.server.make_url("/login"), data=body, headers={"Content-Type": kind}
        ) as answer:
            assert answer.status in {403, 422}


async def test_a_form_over_one_megabyte_is_refused(browser: Browser) -> None:
    """413, as a page."""
    assert "larger than I can take" in await browser.post("/login", {"email": "a" * 1_100_000})
    assert browser.status == 413


async def test_the_admins_page_answers_like_one_that_is_not_there(browser: Browser) -> None:
    """To others it does not exist, whatever the method."""
    await joined(browser)
    pages = {(await browser.go("/admin"), browser.status), (await browser.go("/nowhere"), browser.status)}
    assert len({text.replace("/admin", "/nowhere") for text, _ in pages}) == 1
    assert {status for _, status in pages} == {404}
