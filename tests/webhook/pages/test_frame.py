"""The frame of the pages: headers, pages for what is not there, and what machines ask stays as it was."""

from __future__ import annotations

import pytest
from aiohttp.test_utils import TestServer

from tests.webhook.pages.browser import Browser


async def test_the_first_page_says_what_this_is(browser: Browser) -> None:
    """Anybody may see it."""
    assert "Photograph a receipt" in await browser.go("/")
    assert browser.status == 200


async def test_a_page_that_is_not_there_has_a_page(browser: Browser) -> None:
    """404, in the same frame."""
    assert "There is no such page" in await browser.go("/nowhere")
    assert browser.status == 404


async def test_a_method_that_a_page_does_not_take_tells_nothing(browser: Browser) -> None:
    """It answers like a page that is not there."""
    await browser.post("/", {})
    assert (browser.status, "Allow" in browser.answer) == (404, False)


@pytest.mark.parametrize("path", ["/", "/nowhere", "/static/style.css"])
async def test_pages_are_kept_safe_by_headers(browser: Browser, path: str) -> None:
    """No foreign code, no frames, no guessing of types."""
    await browser.go(path)
    policy = browser.answer["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert browser.answer["X-Content-Type-Options"] == "nosniff"
    assert browser.answer["Referrer-Policy"] == "same-origin"


async def test_the_stylesheet_is_kept_by_browsers_for_as_long_as_it_is_the_same(browser: Browser) -> None:
    """Its address changes with it; pages themselves are not kept."""
    await browser.go("/")
    assert browser.answer["Cache-Control"] == "no-store"
    address = browser.text.split('rel="stylesheet" href="')[1].split('"')[0]
    await browser.go(address)
    assert "immutable" in browser.answer["Cache-Control"]


async def test_what_machines_ask_is_answered_as_before(browser: Browser, site: TestServer) -> None:
    """No cookies, no pages."""
    assert await browser.go("/healthz") == '{"alive": true}'
    assert not browser.set_cookies
    await browser.post("/telegram", {})
    assert (browser.status, browser.text) == (401, "")
