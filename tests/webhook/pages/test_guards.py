"""What stands before a page: uploads are streamed and known as ours, and scripts are answered in JSON."""

from __future__ import annotations

from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from core.adapters.wiring import Stores
from core.settings import Settings
from tests.webhook.pages.browser import Browser
from tests.webhook.pages.conftest import ENVIRONMENT
from tests.webhook.pages.passwords import RememberedPasswords
from tests.webhook.pages.test_signing_in import joined
from webhook.application import build_application
from webhook.pages.guards import admin_only, form, parts, signed_in


@signed_in
async def on_parts(request: web.Request) -> web.Response:
    """Count the bytes of each part."""
    sizes: dict[str, int] = {}
    async for part in parts(request):
        sizes[part.name or ""] = 0
        while chunk := await part.read_chunk():
            sizes[part.name or ""] += len(chunk)
    return web.json_response(sizes)


@signed_in
async def on_form(request: web.Request) -> web.Response:
    """Give a form's fields back."""
    fields = await form(request)
    return web.json_response([fields.text("a"), fields.all("a")])


@admin_only
async def on_secret(request: web.Request) -> web.Response:
    """Answer to admins."""
    return web.Response(text="figures")


async def on_bug(request: web.Request) -> web.Response:
    """Fail."""
    raise RuntimeError(" ".join(["the text", "of a receipt"]))


@pytest.fixture
async def browser(stores: Stores, gateway: RememberedPasswords) -> AsyncIterator[Browser]:
    """Give a browser on a site that has these pages too."""
    application = build_application(Settings.from_environment(ENVIRONMENT), stores, gateway)
    application.add_routes([web.post("/parts", on_parts), web.post("/form", on_form), web.get("/bug", on_bug)])
    application.add_routes([web.get("/secret", on_secret)])
    async with TestServer(application) as server, Browser(server) as browser:
        yield browser


async def upload(browser: Browser, fields: list[tuple[str, bytes]], **headers: str) -> tuple[int, str]:
    """Send a multipart form and return status and text."""
    data = aiohttp.FormData()
    for name, value in fields:
        if name == "csrf":
            data.add_field(name, value.decode("latin-1"))
        else:
            data.add_field(name, value, filename=f"{name}.jpg")
    address = browser.server.make_url("/parts")
    async with browser.session.post(address, data=data, headers=headers) as answer:
        return answer.status, await answer.text()


async def test_a_large_upload_is_streamed(browser: Browser) -> None:
    """Past the size that other forms may have, with the token first or in a header."""
    await joined(browser)
    token = browser.fields("/logout")["csrf"]
    large = b"x" * 3_000_000
    assert await upload(browser, [("csrf", token.encode()), ("photo", large)]) == (200, '{"photo": 3000000}')
    assert await upload(browser, [("photo", large)], **{"X-CSRF": token}) == (200, '{"photo": 3000000}')


@pytest.mark.parametrize(
    "fields", [[("photo", b"x")], [("csrf", b"wrong"), ("photo", b"x")], [("csrf", b"\xff"), ("photo", b"x")]]
)
async def test_an_upload_from_another_page_is_refused(browser: Browser, fields: list[tuple[str, bytes]]) -> None:
    """Before any file is read."""
    await joined(browser)
    assert (await upload(browser, fields))[0] == 403


async def test_an_upload_that_comes_before_its_token_is_refused(browser: Browser) -> None:
    """The right token after the files is too late."""
    await joined(browser)
    token = browser.fields("/logout")["csrf"].encode()
    assert (await upload(browser, [("photo", b"x"), ("csrf", token)]))[0] == 403


async def test_what_is_no_upload_is_refused(browser: Browser) -> None:
    """A form of another kind, or one that is cut off."""
    await joined(browser)
    token = browser.fields("/logout")["csrf"]
    await browser.post("/parts", {"csrf": token})
    assert browser.status == 422
    cut = {"Content-Type": "multipart/form-data; boundary=x", "X-CSRF": token}
    for body in (
        b"--x\r\nContent-Disposition: form-data; name=a\r\n\r\nabc",
        b"",
        b"\xff" * 100,
        b"--x\r\n--x\r\n--x\r\n",
    ):
        async with browser.session.post(browser.server.make_url("/parts"), data=body, headers=cut) as answer:
            assert answer.status in {200, 422}


async def test_text_that_no_database_stores_is_left_out(browser: Browser) -> None:
    """And every value of a field that is there several times can be had."""
    await joined(browser)
    fields = browser.fields("/logout")
    text = await browser.post("/form", fields | {"a": " b\0c "})
    assert text == '["bc", [" bc "]]'


async def test_a_script_is_told_in_json(browser: Browser) -> None:
    """That it has to sign in again, or what was wrong."""
    answer = await browser.post("/parts", {}, Accept="application/json")
    assert (browser.status, answer) == (403, '{"problem": "You are signed out. Please sign in again."}')


async def test_who_was_signed_out_meanwhile_is_told_that_nothing_was_changed(browser: Browser) -> None:
    """A form that is sent then leads to the sign-in."""
    assert "nothing was changed" in await browser.post("/form", {"a": "b"})
    assert browser.place == "/login"


async def test_a_bug_has_a_page_and_tells_nothing(browser: Browser, caplog: pytest.LogCaptureFixture) -> None:
    """The log says where it was, and quotes no receipt."""
    assert "Something went wrong on my side" in await browser.go("/bug")
    assert browser.status == 500
    assert "on_bug" in caplog.text
    assert "the text of a receipt" not in caplog.text


async def test_others_do_not_learn_that_an_admins_page_exists(browser: Browser) -> None:
    """It answers as a page that is not there, signed in or not."""
    assert "There is no such page" in await browser.go("/secret")
    await joined(browser)
    there, missing = await browser.go("/secret"), await browser.go("/nothing")
    assert (browser.status, there) == (404, missing)


async def test_a_database_that_is_away_is_told_in_a_page(browser: Browser, stores: Stores) -> None:
    """503, and the session goes on when it is back."""
    await joined(browser)
    await stores.pool.close()
    assert "does not answer right now" in await browser.go("/")
    assert (browser.status, bool(browser.cookie("session"))) == (503, True)
