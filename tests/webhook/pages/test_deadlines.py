"""Who sends slowly, or leaves while sending, holds up nothing and breaks nothing."""

from __future__ import annotations

import asyncio
import logging
import socket
import struct
from collections.abc import AsyncIterator, Callable
from dataclasses import replace

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from core.adapters.wiring import Stores
from core.settings import Settings
from tests.webhook.pages.browser import Browser
from tests.webhook.pages.conftest import ENVIRONMENT
from tests.webhook.pages.passwords import RememberedPasswords
from tests.webhook.pages.shelf import Shelf
from webhook.application import build_application
from webhook.pages.site import SITE, Patience

SHORT = Patience(form=0.5, silence=0.5, upload=1.5)
LATE = "That took too long to arrive."
FORM = ("/login", "application/x-www-form-urlencoded", b"email=ada")
INIT_DATA = ("/app/enter", "application/json", b'{"init')
PARTS = ("/upload", "multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; name=form\r\n")
HEAD = b"\r\n--x\r\nContent-Disposition: form-data; name=files; filename=a.jpg\r\n\r\n"
FILE = (*PARTS[:2], PARTS[2] + b"\r\n" + b"b" * 20 + HEAD + bytes(9000))
EARLY = (*PARTS[:2], b"not yet")

Sent = tuple[str, str, bytes]


@pytest.fixture
async def browser(stores: Stores, gateway: RememberedPasswords) -> AsyncIterator[Browser]:
    """Give a browser on a site with little patience."""
    settings = Settings.from_environment({**ENVIRONMENT, "PUBLIC_URL": "https://example.org"})
    application = build_application(settings, stores, gateway)
    application[SITE] = replace(application[SITE], patience=SHORT)
    async with TestServer(application) as server, Browser(server) as browser:
        yield browser


async def begun(browser: Browser, sent: Sent) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """Send the beginning of a body over a connection of its own, as the browser would."""
    path, kind, body = sent
    await browser.go("/account")
    cookies = "; ".join(f"{cookie.key}={cookie.value}" for cookie in browser.session.cookie_jar)
    reader, writer = await asyncio.open_connection(browser.server.host, browser.server.port)
    lines = [f"POST {path} HTTP/1.1", "Host: a", f"Content-Type: {kind}", f"Cookie: {cookies}", "Content-Length: 99999"]
    lines.append(f"X-CSRF: {browser.fields('/logout')['csrf']}")
    writer.write("\r\n".join([*lines, "", ""]).encode() + body)
    await writer.drain()
    return reader, writer


def faults(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Return what was logged as more than a matter of course."""
    return [one.getMessage() for one in caplog.records if one.levelno >= logging.WARNING]


@pytest.mark.parametrize("sent", [FORM, INIT_DATA, EARLY, PARTS, FILE])
async def test_what_stops_arriving_is_answered(shelf: Shelf, caplog: pytest.LogCaptureFixture, sent: Sent) -> None:
    """408, as a page, wherever it stopped; that is no fault of ours."""
    reader, writer = await begun(shelf.browser, sent)
    answer = await asyncio.wait_for(reader.readuntil(LATE.encode()), 5)
    assert answer.startswith(b"HTTP/1.1 408")
    assert faults(caplog) == []
    writer.close()


@pytest.mark.parametrize("sent", [FORM, FILE])
async def test_what_arrives_in_drops_is_answered(shelf: Shelf, sent: Sent) -> None:
    """However often a drop comes, all of it must be there in time."""
    reader, writer = await begun(shelf.browser, sent)

    async def drip() -> None:
        """Send some bytes ten times a second."""
        while True:
            writer.write(b"a" * 100)
            await asyncio.sleep(0.1)

    dripping = asyncio.create_task(drip())
    try:
        answer = await asyncio.wait_for(reader.readuntil(LATE.encode()), 5)
    finally:
        dripping.cancel()
    assert answer.startswith(b"HTTP/1.1 408")
    writer.close()


async def test_a_slow_upload_that_goes_on_is_taken(shelf: Shelf) -> None:
    """Longer than any silence may be, but within what all of it may take."""
    reader, writer = await begun(shelf.browser, FILE)
    end = b"\r\n--x--\r\n"
    missing = 99999 - len(FILE[2]) - len(end)
    for _ in range(4):
        await asyncio.sleep(0.2)
        writer.write(b"a" * (missing // 4))
    writer.write(b"a" * (missing % 4) + end)
    assert (await asyncio.wait_for(reader.readline(), 5)).startswith(b"HTTP/1.1 303")
    writer.close()


def hung_up(writer: asyncio.StreamWriter) -> None:
    """Close a connection so that the other side is told of a reset."""
    kernel_socket = writer.get_extra_info("socket")
    kernel_socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


@pytest.mark.parametrize("leave", [hung_up, asyncio.StreamWriter.close])
@pytest.mark.parametrize("sent", [FORM, INIT_DATA, EARLY, PARTS, FILE])
async def test_who_leaves_while_sending_is_no_fault(
    shelf: Shelf, caplog: pytest.LogCaptureFixture, sent: Sent, leave: Callable[[asyncio.StreamWriter], None]
) -> None:
    """Closed or reset: nothing is logged, and the next request is answered."""
    _, writer = await begun(shelf.browser, sent)
    await asyncio.sleep(0.1)
    leave(writer)
    await asyncio.sleep(0.2)
    assert faults(caplog) == []
    await shelf.browser.go("/upload")
    assert shelf.browser.status == web.HTTPOk.status_code
