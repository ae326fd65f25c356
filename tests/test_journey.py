"""The first minutes of somebody new: `snapspend up`, the chat page in a browser, a photo, its totals, a button."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.journey import CHROMIUM, PATIENCE, SNAPSPEND, TILL, Up, browsing, start, started


@pytest.fixture
async def up(tmp_path: Path) -> AsyncIterator[Up]:
    """Give a running SnapSpend that has just been started for the first time."""
    async with started(tmp_path) as running:
        yield running


@pytest.fixture
async def page() -> AsyncIterator[Page]:
    """Give a browser's page of a phone's size."""
    async with browsing() as browser:
        yield await browser.new_page(viewport={"width": 390, "height": 800})


@pytest.mark.skipif(not CHROMIUM, reason="there is no Chromium on this machine")
async def test_a_photo_sent_in_the_browser_comes_back_as_totals(up: Up, page: Page, tmp_path: Path) -> None:
    """Send, read the total, delete and undo; it is still there after a restart."""
    await page.goto(up.chat)
    await page.set_input_files("#pick-photo", TILL)
    await page.locator("#files-dialog").get_by_role("button", name="Send").click()
    answer = page.locator("#messages .words").last
    await expect(answer).to_contain_text("✓", timeout=PATIENCE)
    await page.get_by_role("button", name="Delete").last.click()
    await expect(page.locator("#messages")).to_contain_text("Deleted", timeout=PATIENCE)
    await page.get_by_role("button", name="Undo").last.click()
    await expect(page.locator("#messages")).to_contain_text("✓", timeout=PATIENCE)
    assert await up.interrupt() == 0
    again = await start(tmp_path)
    await again.printed("Ctrl-C stops everything")
    await page.goto(again.chat)
    await expect(page.locator("#status")).to_contain_text("English")
    await page.locator("#text").fill("/list")
    await page.keyboard.press("Enter")
    await expect(page.locator("#messages")).to_contain_text("Your receipts", timeout=PATIENCE)
    assert await again.interrupt() == 0


async def test_a_second_start_with_the_same_data_is_refused(up: Up, tmp_path: Path) -> None:
    """One SnapSpend a folder, told with the way out."""
    second = await start(tmp_path)
    assert await asyncio.wait_for(second.process.wait(), 60) == 2


async def test_a_taken_port_is_named_with_its_setting(tmp_path: Path) -> None:
    """Which port, and what to set."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        environment = {**os.environ, "SNAPSPEND_DATA": str(tmp_path), "SNAPSPEND_PORT": port}
        process = await asyncio.create_subprocess_exec(
            *SNAPSPEND, "up", env=environment, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
        )
        _, told = await process.communicate()
    assert process.returncode == 2
    assert f"port {port} is taken" in told.decode()
    assert "SNAPSPEND_PORT" in told.decode()
