"""Uploads: the same road as the chat's, one or many, and never twice."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import aiohttp
import pytest

from core.adapters.wiring import Stores
from core.errors import Empty, TooLarge
from core.kinds import MAX_MEGABYTES
from core.ports import Filed, State
from tests.webhook.pages.browser import Browser
from tests.webhook.pages.conftest import receiver
from tests.webhook.pages.passwords import RememberedPasswords
from tests.webhook.pages.shelf import CAFE, Shelf, drawn


def hidden(shelf: Shelf, name: str) -> str:
    """Return a hidden field of the page."""
    found = re.search(rf'name="{name}" value="([^"]+)"', shelf.browser.text)
    assert found is not None
    return found[1]


async def send(shelf: Shelf, files: list[tuple[str, bytes]], **other: str) -> tuple[int, str, str]:
    """Send the form of the page with files; return status, where it led, and the page."""
    if 'class="card upload"' not in shelf.browser.text:
        await shelf.browser.go("/upload")
    data = aiohttp.FormData(quote_fields=False)
    for name in ("csrf", "form"):
        data.add_field(name, other.get(name) or hidden(shelf, name))
    for name, photo in files:
        data.add_field("files", photo, filename=name, content_type="image/jpeg")
    return await _post(shelf, data, {})


async def send_by_script(shelf: Shelf, number: int, photo: bytes) -> Any:
    """Send one file as the page's script does; return what it is told."""
    data = aiohttp.FormData()
    data.add_field("form", hidden(shelf, "form"))
    data.add_field("first", str(number))
    data.add_field("files", photo, filename="a.jpg")
    headers = {"X-CSRF": hidden(shelf, "csrf"), "Accept": "application/json"}
    async with shelf.browser.session.post(shelf.browser.server.make_url("/upload"), data=data, headers=headers) as told:
        return told.status, await told.json()


async def _post(shelf: Shelf, data: aiohttp.FormData, headers: dict[str, str]) -> tuple[int, str, str]:
    address = shelf.browser.server.make_url("/upload")
    async with shelf.browser.session.post(address, data=data, headers=headers) as answer:
        return answer.status, answer.url.path, await answer.text()


async def waiting(shelf: Shelf) -> list[Filed]:
    """Return the photos that wait, latest first."""
    return (await shelf.stores.aside.aside(shelf.account.id, [State.WAITING], 100, 0))[0]


async def test_one_file_leads_to_its_receipt(shelf: Shelf) -> None:
    """It waits there until it is read; a worker reads it like a photo of the chat."""
    photo = drawn(CAFE)
    status, place, text = await send(shelf, [("photo.jpg", photo)])
    (filed,) = await waiting(shelf)
    assert (status, place) == (200, f"/receipts/{filed.id}")
    assert "Reading…" in text
    assert filed.source.startswith(f"upload:{shelf.account.id}:")
    assert await shelf.stores.photos.fetch(filed.photo) == photo


async def test_many_files_lead_to_the_list(shelf: Shelf) -> None:
    """Where they wait; each is one receipt."""
    _, place, text = await send(shelf, [(f"{one}.jpg", drawn(CAFE)) for one in range(5)])
    assert place == "/receipts"
    assert "5 photos are kept and being read." in text
    assert len(await waiting(shelf)) == 5


async def test_a_form_that_is_sent_twice_opens_each_receipt_once(shelf: Shelf) -> None:
    """However often the button is pressed."""
    await shelf.browser.go("/upload")
    files = [("a.jpg", drawn(CAFE)), ("b.jpg", drawn(CAFE))]
    await send(shelf, files)
    await send(shelf, files)
    assert len(await waiting(shelf)) == 2


async def test_the_same_photo_in_another_form_is_asked_about(shelf: Shelf) -> None:
    """It is a receipt of its own, with the doubt that it is the same."""
    photo = drawn(CAFE)
    await shelf.read(CAFE, photo)
    await send(shelf, [("again.jpg", photo)])
    (filed,) = await waiting(shelf)
    await shelf.bookkeeper.read(shelf.account, filed.id)
    assert "You seem to have sent this receipt before" in await shelf.browser.go(f"/receipts/{filed.id}")


async def test_what_is_too_large_or_empty_is_told_and_the_rest_is_kept(shelf: Shelf) -> None:
    """Each with its name, which is text and not HTML."""
    large = bytes(MAX_MEGABYTES * 1024 * 1024 + 1)
    status, _, text = await send(shelf, [("<b>.jpg", b""), ("large.jpg", large), ("good.jpg", drawn(CAFE))])
    assert status == 422
    assert Empty().sentence in text
    assert TooLarge(limit_mb=MAX_MEGABYTES).sentence in text
    assert "&lt;b&gt;.jpg" in text
    assert "One photo is kept and being read." in text
    assert len(await waiting(shelf)) == 1


async def test_twenty_megabytes_are_taken(shelf: Shelf) -> None:
    """The limit itself is within it."""
    photo = drawn(CAFE).ljust(MAX_MEGABYTES * 1024 * 1024, b"\0")
    await send(shelf, [("large.jpg", photo)])
    (filed,) = await waiting(shelf)
    assert await shelf.stores.photos.fetch(filed.photo) == photo


async def test_of_too_many_files_twenty_are_kept(shelf: Shelf) -> None:
    """And it is said that the others were left out."""
    status, _, text = await send(shelf, [(f"{one}.jpg", b"%d" % one) for one in range(22)])
    assert status == 422
    assert "I take 20 files at once; the others were left out." in text
    assert len(await waiting(shelf)) == 20


async def test_a_form_without_a_file_is_told(shelf: Shelf) -> None:
    """A browser sends an empty field then."""
    assert "No file was chosen." in (await send(shelf, [("", b"")]))[2]
    assert await waiting(shelf) == []


async def test_the_script_sends_one_file_after_the_other(shelf: Shelf) -> None:
    """It is told which receipt each became, or why it became none."""
    await shelf.browser.go("/upload")
    status, told = await send_by_script(shelf, 0, drawn(CAFE))
    _, second = await send_by_script(shelf, 1, drawn(CAFE))
    _, empty = await send_by_script(shelf, 2, b"")
    found = {str(filed.id) for filed in await waiting(shelf)}
    assert status == 200
    assert {told["files"][0]["receipt"], second["files"][0]["receipt"]} == found
    assert (empty["files"][0]["receipt"], empty["files"][0]["problem"]) == (None, Empty().sentence)


async def test_who_leaves_while_sending_is_no_error(shelf: Shelf, caplog: pytest.LogCaptureFixture) -> None:
    """Nothing is kept of half a file, and nothing is logged as a fault."""
    await shelf.browser.go("/upload")

    async def half() -> AsyncIterator[bytes]:
        """Send the beginning of a file, and leave."""
        head = f'--x\r\nContent-Disposition: form-data; name="form"\r\n\r\n{hidden(shelf, "form")}\r\n--x\r\n'
        yield f'{head}Content-Disposition: form-data; name="files"; filename="a.jpg"\r\n\r\n'.encode()
        yield bytes(100_000)
        await asyncio.sleep(0.3)
        raise ConnectionAbortedError

    headers = {"X-CSRF": hidden(shelf, "csrf"), "Content-Type": "multipart/form-data; boundary=x"}
    address = shelf.browser.server.make_url("/upload")
    with pytest.raises(aiohttp.ClientError):
        await shelf.browser.session.post(address, data=half(), headers=headers)
    await asyncio.sleep(0.3)
    assert await waiting(shelf) == []
    assert [one.getMessage() for one in caplog.records if one.levelno >= logging.WARNING] == []


@pytest.mark.parametrize("field", ["csrf", "form"])
async def test_a_form_that_is_not_ours_keeps_nothing(shelf: Shelf, field: str) -> None:
    """Without its token, or with a number that is none."""
    status, _, _ = await send(shelf, [("a.jpg", drawn(CAFE))], **{field: "../x"})
    assert status in (403, 422)
    assert await waiting(shelf) == []


async def test_a_known_form_number_of_another_account_opens_nothing_there(shelf: Shelf) -> None:
    """The account is a part of what a receipt came from."""
    await shelf.browser.go("/upload")
    number = hidden(shelf, "form")
    await send(shelf, [("a.jpg", drawn(CAFE))])
    async with Browser(shelf.browser.server) as browser:
        other = await Shelf.of(shelf.stores, browser, 8)
        await send(other, [("a.jpg", drawn(CAFE))], form=number)
        assert len(await waiting(other)) == 1
    assert len(await waiting(shelf)) == 1


async def test_more_photos_than_a_day_allows_are_told(stores: Stores, gateway: RememberedPasswords) -> None:
    """What was within it is kept."""
    few = replace(stores, quota=replace(stores.quota, photos=2))
    async with receiver(few, gateway) as server, Browser(server) as browser:
        shelf = await Shelf.of(few, browser)
        status, _, text = await send(shelf, [(f"{one}.jpg", b"%d" % one) for one in range(3)])
        assert status == 422
        assert "You sent 2 photos within 24 hours" in text
        assert len(await waiting(shelf)) == 2


async def test_a_photo_beyond_the_day_is_refused_before_it_is_read(
    stores: Stores, gateway: RememberedPasswords
) -> None:
    """So that nobody hears of a file's size who may not send it at all."""
    few = replace(stores, quota=replace(stores.quota, photos=1))
    async with receiver(few, gateway) as server, Browser(server) as browser:
        shelf = await Shelf.of(few, browser)
        large = bytes(MAX_MEGABYTES * 1024 * 1024 + 1)
        _, _, text = await send(shelf, [("a.jpg", b"1"), ("b.jpg", large), ("c.jpg", b"3")])
        assert text.count("You sent 1 photo within 24 hours") == 2
        assert TooLarge(limit_mb=MAX_MEGABYTES).sentence not in text


async def test_photos_that_are_sent_at_once_do_not_pass_the_day_together(
    stores: Stores, gateway: RememberedPasswords
) -> None:
    """Each is counted before the next is kept."""
    few = replace(stores, quota=replace(stores.quota, photos=3))
    async with receiver(few, gateway) as server, Browser(server) as browser:
        shelf = await Shelf.of(few, browser)
        await browser.go("/upload")
        told = await asyncio.gather(*(send_by_script(shelf, number, b"%d" % number) for number in range(12)))
        assert sum(answer["files"][0]["receipt"] is not None for _, answer in told) == 3
        assert len(await waiting(shelf)) == 3
