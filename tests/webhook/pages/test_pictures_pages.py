"""Pictures of receipts: pages as they were read, originals as they were sent, and nothing that harms."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import aiohttp
import pytest
from multidict import CIMultiDictProxy
from PIL import Image, ImageChops

from core.adapters.supabase_photos import SupabasePhotos, prepare_bucket
from core.adapters.wiring import Stores
from core.errors import NoText
from core.receipt import Reading
from tests.conversation import written
from tests.doors import supabase_door
from tests.owner import as_owner
from tests.supabase.project import Project
from tests.webhook.pages.browser import Browser
from tests.webhook.pages.conftest import receiver
from tests.webhook.pages.passwords import RememberedPasswords
from tests.webhook.pages.shelf import CAFE, Shelf, drawn


async def fetch(shelf: Shelf, place: str, **headers: str) -> tuple[int, bytes, CIMultiDictProxy[str]]:
    """Return status, body and headers of an address."""
    address = shelf.browser.server.make_url(place)
    async with shelf.browser.session.get(address, headers=headers) as answer:
        return answer.status, await answer.read(), answer.headers


async def test_a_page_is_a_jpeg_that_only_this_browser_keeps(shelf: Shelf) -> None:
    """And asks about each time: it is not sent twice."""
    receipt = await shelf.read()
    status, body, headers = await fetch(shelf, f"/receipts/{receipt}/page/1.jpg")
    assert (status, headers["Content-Type"], headers["Cache-Control"]) == (200, "image/jpeg", "private, no-cache")
    assert Image.open(BytesIO(body)).size == (600, 900)
    again = await fetch(shelf, f"/receipts/{receipt}/page/1.jpg", **{"If-None-Match": headers["ETag"]})
    assert again[:2] == (304, b"")


async def test_a_page_that_is_not_there_is_not_found(shelf: Shelf) -> None:
    """Whatever number is asked for."""
    receipt = await shelf.read()
    for number in ("0", "2", "9999", "10000", "-1", "x"):
        assert (await fetch(shelf, f"/receipts/{receipt}/page/{number}.jpg"))[0] == 404


@pytest.mark.parametrize("photo", [b"%PDF-1.7\nnothing", b"\xff\xd8\xff" + bytes(99), b"<script>alert(1)</script>"])
async def test_what_cannot_be_drawn_is_refused(shelf: Shelf, photo: bytes) -> None:
    """The receiver lives on: it never opens it itself."""
    receipt = await shelf.read(NoText(), photo)
    assert (await fetch(shelf, f"/receipts/{receipt}/page/1.jpg"))[0] == 422
    assert (await fetch(shelf, f"/receipts/{receipt}"))[0] == 200


@pytest.mark.parametrize(
    ("photo", "kind", "ending"),
    [
        (drawn(CAFE), "image/jpeg", "jpg"),
        (b"%PDF-1.7\nnothing", "application/pdf", "pdf"),
        (b"<script>alert(1)</script>", "application/octet-stream", "bin"),
    ],
)
async def test_the_original_is_handed_over_as_it_was_sent(shelf: Shelf, photo: bytes, kind: str, ending: str) -> None:
    """To be saved, never to be shown by the browser as something else."""
    receipt = await shelf.read(CAFE, photo)
    status, body, headers = await fetch(shelf, f"/receipts/{receipt}/photo")
    assert (status, body) == (200, photo)
    assert headers["Content-Type"] == kind
    assert headers["Content-Disposition"] == f'attachment; filename="receipt-2026-10-03.{ending}"'
    assert headers["X-Content-Type-Options"] == "nosniff"


async def test_who_is_not_signed_in_sees_no_picture(shelf: Shelf) -> None:
    """Not even one that another browser has seen before."""
    receipt = await shelf.read()
    await fetch(shelf, f"/receipts/{receipt}/page/1.jpg")
    async with aiohttp.ClientSession() as session:
        for place in ("page/1.jpg", "photo"):
            address = shelf.browser.server.make_url(f"/receipts/{receipt}/{place}")
            async with session.get(address, allow_redirects=False) as answer:
                assert answer.status == 303


async def test_a_receipt_in_several_photos_shows_the_pages_of_all(shelf: Shelf) -> None:
    """Each page is of the photo that it was read from, whatever the order they were sent in."""
    end, start = drawn("END  1.00"), drawn("START  1.00")
    parts = [await shelf.read("END  1.00", end), await shelf.read("START  1.00", start)]
    whole = await shelf.read(CAFE)
    async with as_owner(shelf.stores) as connection:
        await connection.execute("update receipts set joins = %s where id = %s", [parts, whole])
    reading = Reading(lines=written(CAFE).lines, pages=((600, 900), (600, 900)), photos=(1, 0), turned=(0, 180))
    await shelf.stores.ledger.save(await shelf.filed(whole), reading)
    assert (await shelf.browser.go(f"/receipts/{whole}")).count('class="sheet"') == 2
    for number, photo, turn in ((1, start, 0), (2, end, 180)):
        shown = Image.open(BytesIO((await fetch(shelf, f"/receipts/{whole}/page/{number}.jpg"))[1])).convert("L")
        sent = Image.open(BytesIO(photo)).convert("L").rotate(turn)
        assert int(ImageChops.difference(shown, sent).getextrema()[1]) < 90
    assert (await fetch(shelf, f"/receipts/{whole}/page/3.jpg"))[0] == 404
    assert (await fetch(shelf, f"/receipts/{whole}/photo?n=2"))[1] == start
    assert (await fetch(shelf, f"/receipts/{whole}/photo?n=3"))[0] == 404


async def test_where_photos_have_addresses_the_original_is_had_by_one_for_a_minute(
    stores: Stores, gateway: RememberedPasswords
) -> None:
    """The receiver hands over nothing itself then, and nobody keeps the address."""
    async with supabase_door(Project()) as door:
        await prepare_bucket(door.client)
        theirs = replace(stores, photos=SupabasePhotos(door.client))
        async with receiver(theirs, gateway) as site, Browser(site) as browser, aiohttp.ClientSession() as anybody:
            shelf = await Shelf.of(theirs, browser)
            photo = drawn(CAFE)
            receipt = await shelf.keep(photo=photo)
            address = site.make_url(f"/receipts/{receipt}/photo")
            async with browser.session.get(address, allow_redirects=False) as answer:
                assert (answer.status, answer.headers["Cache-Control"]) == (302, "no-store")
            async with anybody.get(answer.headers["Location"]) as handed:
                assert await handed.read() == photo
                assert handed.headers["Content-Disposition"] == 'attachment; filename="receipt-2026-11-20"'
