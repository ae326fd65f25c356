"""Signing up, in and out by e-mail and password, as a browser without scripts does it."""

from __future__ import annotations

import pytest
from aiohttp.test_utils import TestServer

from core.adapters.wiring import Stores
from core.settings import Settings
from tests.owner import as_owner
from tests.webhook.pages.browser import Browser
from tests.webhook.pages.conftest import ENVIRONMENT, receiver
from tests.webhook.pages.passwords import RememberedPasswords
from webhook.application import build_application

ADA = "ada@example.org"
PASSWORD = "correct horse"


async def register(browser: Browser, email: str = ADA, password: str = PASSWORD) -> str:
    """Sign up and return the page that follows."""
    await browser.go("/register")
    return await browser.send("/register", email=email, password=password)


async def sign_in(browser: Browser, email: str = ADA, password: str = PASSWORD) -> str:
    """Sign in and return the page that follows."""
    await browser.go("/login")
    return await browser.send("/login", email=email, password=password)


async def joined(browser: Browser, email: str = ADA) -> None:
    """Sign up and in."""
    await register(browser, email)
    await sign_in(browser, email)
    assert browser.place == "/"


async def test_who_signs_up_can_sign_in_and_out(browser: Browser) -> None:
    """Three forms, and a notice after each that is shown once."""
    assert "Your account is ready" in await register(browser)
    assert browser.place.startswith("/login")
    assert "Your account is ready" not in await browser.go("/login")
    assert "Log out" in await sign_in(browser)
    assert "You are signed out" in await browser.send("/logout")
    assert not browser.cookie("session")
    assert "Log out" not in await browser.go("/")


async def test_a_known_address_is_answered_as_a_new_one_is(browser: Browser, site: TestServer) -> None:
    """Nobody learns who is here; the password stays what it was."""
    first = await register(browser)
    async with Browser(site) as other:
        assert _plain(await register(other, password="another one")) == _plain(first)
        assert "do not belong together" in await sign_in(other, password="another one")
        assert other.status == 403


async def test_wrong_credentials_say_the_same_for_every_address(browser: Browser) -> None:
    """And the page keeps what was typed, but no password."""
    await register(browser)
    known = await sign_in(browser, password="wrong one")
    unknown = await sign_in(browser, email="bob@example.org", password="wrong one")
    assert "do not belong together" in known
    assert known.replace(ADA, "bob@example.org") == unknown
    assert "wrong one" not in browser.text


@pytest.mark.parametrize(
    ("email", "password", "told"),
    [
        ("no address", PASSWORD, "not an e-mail address"),
        (ADA, "short", "at least 8"),
        (ADA, "aaaaaaaaaa", "one character repeated"),
        (ADA, "é" * 40, "at most 72"),
        ("", "", "not an e-mail address"),
    ],
)
async def test_what_cannot_be_is_told_in_a_sentence(browser: Browser, email: str, password: str, told: str) -> None:
    """422, on the same form."""
    assert told in await register(browser, email, password)
    assert browser.status == 422


async def test_an_address_is_confirmed_by_the_code_that_was_mailed(stores: Stores) -> None:
    """Where the keeper of passwords mails codes: sign up, type it, and be in."""
    gateway = RememberedPasswords(confirms=True)
    async with receiver(stores, gateway) as server, Browser(server) as browser:
        assert "a code is on its way" in await register(browser)
        assert "code" in await browser.send("/confirm", code="000000")
        assert browser.status == 403
        assert "Welcome" in await browser.send("/confirm", code=gateway.codes[ADA])
        assert (browser.place, bool(browser.cookie("session"))) == ("/", True)


async def test_who_is_not_confirmed_yet_is_led_to_the_code(stores: Stores) -> None:
    """Signing in says so, and a new code can be asked for."""
    gateway = RememberedPasswords(confirms=True)
    async with receiver(stores, gateway) as server, Browser(server) as browser:
        await register(browser)
        assert "confirm your e-mail address" in await sign_in(browser)
        assert browser.place.startswith("/confirm")
        assert "a new code is on its way" in await browser.send("/confirm/again")
        assert "mail_again" in gateway.calls


async def test_a_forgotten_password_is_set_anew_by_a_mailed_code(browser: Browser, site: TestServer) -> None:
    """All other browsers are signed out by it."""
    await joined(browser)
    async with Browser(site) as other:
        await other.go("/forgot")
        assert "If this address has an account" in await other.send("/forgot", email=ADA)
        assert "Your new password is set" in await other.send("/reset", code="777777", password="a new password")
        assert other.place == "/"
    assert "Log out" not in await browser.go("/")
    assert "Log out" in await sign_in(browser, password="a new password")


async def test_a_forgotten_password_is_asked_for_alike_with_any_address(browser: Browser, site: TestServer) -> None:
    """The same sentence, whoever is here."""
    await register(browser)
    pages = []
    for email in (ADA, "bob@example.org"):
        async with Browser(site) as other:
            await other.go("/forgot")
            pages.append((await other.send("/forgot", email=email)).replace(email, ""))
    assert _plain(pages[0]) == _plain(pages[1])


def _plain(page: str) -> str:
    """Return a page without its forms' tokens."""
    return "\n".join(line for line in page.splitlines() if 'name="csrf"' not in line)


async def test_after_signing_in_one_is_where_one_wanted_to_be(browser: Browser) -> None:
    """The way through /login keeps the place, with its query."""
    await register(browser)
    await browser.go("/link")
    assert browser.place == "/login?next=/link"
    await browser.send("/login", email=ADA, password=PASSWORD)
    assert browser.place == "/link"


async def test_only_invited_people_sign_up_where_only_they_may(stores: Stores, gateway: RememberedPasswords) -> None:
    """An admin's address may; nobody else without a chat's link."""
    async with (
        receiver(stores, gateway, ACCESS="invite", ADMIN_EMAILS="boss@example.org") as server,
        Browser(server) as browser,
    ):
        assert "Signing up is not open here" in await register(browser)
        assert (browser.status, gateway.calls) == (403, [])
        await register(browser, "boss@example.org")
        assert "Log out" in await sign_in(browser, "boss@example.org")


async def test_who_signed_up_at_the_keeper_of_passwords_itself_is_not_let_in(
    stores: Stores, gateway: RememberedPasswords
) -> None:
    """Supabase lets anybody sign up who has its public key; where only invited people may enter, that is no way in."""
    await gateway.register(ADA, PASSWORD)
    async with receiver(stores, gateway, ACCESS="invite") as server, Browser(server) as browser:
        assert "Signing up is not open here" in await sign_in(browser)
        assert not browser.cookie("session")


async def test_a_blocked_account_is_signed_out_with_a_sentence(browser: Browser, stores: Stores) -> None:
    """At the next page; and it cannot sign in again."""
    await joined(browser)
    async with as_owner(stores) as connection:
        await connection.execute("update accounts set blocked = true")
    assert "This account is locked" in await browser.go("/")
    assert not browser.cookie("session")
    assert "This account is locked" in await sign_in(browser)
    assert not browser.cookie("session")


async def test_the_language_of_a_new_account_is_the_browsers(browser: Browser, stores: Stores) -> None:
    """The first that dates and money can be written in."""
    await register(browser)
    browser.headers["Accept-Language"] = "xx, de-AT;q=0.8, fr;q=0.5"
    await sign_in(browser)
    async with as_owner(stores) as connection:
        found = await (await connection.execute("select language from accounts")).fetchone()
    assert found == {"language": "de"}


async def test_passwords_are_kept_here_where_nobody_else_keeps_them(stores: Stores) -> None:
    """With nothing configured: sign up, sign in, and be told the same for a wrong password and an unknown address."""
    application = build_application(Settings.from_environment(ENVIRONMENT), stores)
    async with TestServer(application) as server, Browser(server) as browser:
        assert "Your account is ready" in await register(browser)
        assert "do not belong together" in await sign_in(browser, password="another one")
        assert "do not belong together" in await sign_in(browser, email="bob@example.org")
        assert "Log out" in await sign_in(browser)
