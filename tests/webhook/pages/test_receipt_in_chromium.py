"""A receipt and an upload in a real browser: what lights up, what moves, and that nothing sticks out."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.async_api import ConsoleMessage, Page, async_playwright, expect

from core.errors import NoText
from core.ports import State
from tests.accessibility import flaws
from tests.conversation import written
from tests.webhook.pages.shelf import CAFE, Shelf, bill, drawn

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(not CHROMIUM, reason="there is no chromium on this machine")


def _matters(line: ConsoleMessage) -> bool:
    """Tell whether the browser complains of more than a page that says what is wrong with a form."""
    return line.type == "error" and "status of 422" not in line.text


@pytest.fixture
async def page(shelf: Shelf) -> AsyncIterator[Page]:
    """Lend a phone's browser that is signed in; anything that it complains of fails the test."""
    complaints: list[str] = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        address, cookie = str(shelf.browser.server.make_url("/")), shelf.browser.cookie("session")
        context = await browser.new_context(viewport={"width": 360, "height": 740}, base_url=address)
        await context.add_cookies([{"name": "session", "value": cookie, "url": address}])
        page = await context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda line: complaints.append(line.text) if _matters(line) else None)
        yield page
        await browser.close()
    assert complaints == []


async def test_a_figure_shows_where_it_was_read(shelf: Shelf, page: Page) -> None:
    """Its place lights up in the picture, and a strip of it stands below the field; no script does that."""
    receipt = await shelf.read()
    await page.set_viewport_size({"width": 1280, "height": 800})
    await page.goto(f"/receipts/{receipt}")
    row = page.locator(".line", has=page.locator('[name="total"]'))
    strip = row.locator(".strip")
    await expect(strip).to_be_hidden()
    await page.focus('[name="total"]')
    await expect(strip).to_be_visible()
    await page.wait_for_timeout(200)
    lit = await page.evaluate(
        "Array.from(document.querySelectorAll('.place')).filter(one => getComputedStyle(one).opacity > 0.5)"
        ".flatMap(one => Array.from(one.children)).map(box => Number(box.getAttribute('y')))"
    )
    assert [round(top, -1) for top in lit] == [200]  # the eighth row, of 30 pixels each


async def test_the_picture_lies_exactly_below_its_boxes(shelf: Shelf, page: Page) -> None:
    """The page's picture fills the frame that the boxes are in."""
    receipt = await shelf.read()
    await page.goto(f"/receipts/{receipt}")
    sheet = await page.locator("svg.sheet").bounding_box()
    image = await page.locator("svg.sheet image").bounding_box()
    assert sheet is not None
    assert image is not None
    assert all(abs(sheet[side] - image[side]) < 1 for side in ("x", "y", "width", "height"))  # type: ignore[literal-required]


async def test_files_are_sent_one_by_one_and_the_list_shows_them_read(shelf: Shelf, page: Page, tmp_path: Path) -> None:
    """First waiting, then read, without a press of anything."""
    photos = [drawn(CAFE), drawn(bill("Tea House"))]
    for number, photo in enumerate(photos):
        (tmp_path / f"{number}.jpg").write_bytes(photo)
    await page.goto("/upload")
    await page.set_input_files("#files", [tmp_path / "0.jpg", tmp_path / "1.jpg"])
    await expect(page.get_by_text("Kept; it is being read.")).to_have_count(2)
    await expect(page.get_by_role("heading", name="Being read")).to_be_visible()
    waiting, _ = await shelf.stores.aside.aside(shelf.account.id, [State.WAITING], 9, 0)
    shelf.reader.known |= {photos[0]: written(CAFE), photos[1]: written(bill("Tea House"))}
    for filed in waiting:
        await shelf.bookkeeper.read(shelf.account, filed.id)
    await expect(page.get_by_role("heading", name="Being read")).to_have_count(0, timeout=8000)
    await expect(page.get_by_text("Tea House")).to_be_visible()


async def test_a_bad_file_is_told_beside_its_name(shelf: Shelf, page: Page, tmp_path: Path) -> None:
    """And the page stays, so that it can be read."""
    (tmp_path / "empty.jpg").write_bytes(b"")
    await page.goto("/upload")
    await page.set_input_files("#files", tmp_path / "empty.jpg")
    await expect(page.locator(".sending li")).to_contain_text("This file is empty.")
    assert page.url.endswith("/upload")


@pytest.mark.parametrize("width", [360, 768, 960, 1280])
async def test_nothing_sticks_out_at_any_width(shelf: Shelf, page: Page, width: int) -> None:
    """Not with long names either."""
    receipt = await shelf.read(CAFE)
    await shelf.bookkeeper.correct(shelf.account, receipt, "merchant", "Longname" * 20)
    await shelf.bookkeeper.correct(shelf.account, receipt, "items.0.description", "Longitem" * 20)
    bad = await shelf.read(NoText())
    twin = await shelf.read(CAFE, await shelf.stores.photos.fetch((await shelf.filed(receipt)).photo))
    await page.set_viewport_size({"width": width, "height": 740})
    receipts = [f"/receipts/{one}" for one in (receipt, bad, twin)]
    for place in ("/receipts", "/receipts?state=unusable", *receipts, "/upload"):
        await page.goto(place)
        assert await page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, place


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_an_accessibility_checker_finds_nothing(
    shelf: Shelf, page: Page, scheme: Literal["light", "dark"]
) -> None:
    """On the list, on receipts in every state, on one with mistakes in its form, and where files are sent."""
    await page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    cafe = await shelf.read(CAFE.replace("EUR 11.34", "EUR 12.34"))
    twin = await shelf.read(CAFE, await shelf.stores.photos.fetch((await shelf.filed(cafe)).photo))
    due, bad = await shelf.read(bill("Power Company", more="Due date 2026-10-20")), await shelf.read(NoText())
    waits = await shelf.keep()
    gone = await shelf.read(bill("Gone"))
    await shelf.bookkeeper.delete(shelf.account, gone)
    receipts = [f"/receipts/{one}" for one in (cafe, twin, due, bad, waits, gone)]
    lists = ["/receipts", "/receipts?since=x&state=unusable", "/receipts?text=nowhere", "/upload"]
    for place in (*lists, *receipts):
        await page.goto(place)
        assert not await flaws(page), place
    await page.goto(receipts[0])
    await page.fill('[name="total"]', "a lot")
    await page.evaluate("document.querySelector('form.figures').submit()")
    await expect(page.get_by_text("I can't take")).to_be_visible()
    assert not await flaws(page)


@pytest.mark.parametrize(("width", "height"), [(360, 640), (1280, 720)])
async def test_no_field_that_is_gone_into_is_hidden(shelf: Shelf, page: Page, width: int, height: int) -> None:
    """Neither by the bar with Save nor by the menu, both of which stick to the window (WCAG 2.2, 2.4.11)."""
    receipt = await shelf.read()
    await page.set_viewport_size({"width": width, "height": height})
    await page.emulate_media(reduced_motion="reduce")
    await page.goto(f"/receipts/{receipt}")
    hidden = []
    for _ in range(60):
        await page.keyboard.press("Tab")
        await page.wait_for_timeout(30)
        name = await page.evaluate(
            "(() => { const one = document.activeElement, box = one.getBoundingClientRect();"
            " if (!one.matches('main input, main select') || one.type == 'checkbox') return '';"
            " const there = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);"
            " const ours = there && (one.contains(there) || there.closest('.line') == one.closest('.line'));"
            " return ours ? '' : one.name })()"
        )
        if name:
            hidden.append(name)
    assert hidden == []
