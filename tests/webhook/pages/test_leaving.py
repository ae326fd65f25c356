"""Taking everything along, and leaving."""

from __future__ import annotations

import asyncio
import io
import logging
from uuid import UUID, uuid4
from zipfile import ZipFile

import aiohttp
import pytest

from core.accounts import Account
from core.adapters.wiring import Stores
from core.signing_in import Identity
from tests.owner import as_owner
from tests.webhook.pages.browser import Browser
from tests.webhook.pages.spending import entered, spent

EMAIL = "ada@example.org"
MEGABYTES = 40


@pytest.fixture
async def ada(stores: Stores) -> Account:
    """Give an account with an address."""
    return await stores.accounts.enter(Identity(uuid4(), EMAIL))


async def test_everything_comes_as_a_zip(browser: Browser, stores: Stores, ada: Account) -> None:
    """With a name of its day, to be saved and not shown."""
    await spent(stores, ada, "2026-10-02", "12.50", merchant="Café Löwe")
    await entered(browser, stores, ada)
    async with browser.session.get(browser.server.make_url("/account/download.zip")) as answer:
        assert answer.headers["Content-Type"] == "application/zip"
        assert answer.headers["Content-Disposition"].startswith('attachment; filename="snapspend-20')
        assert answer.headers["Cache-Control"] == "no-store"
        archive = ZipFile(io.BytesIO(await answer.read()))
    assert "Café Löwe" in archive.read("receipts.csv").decode()


async def test_downloads_are_counted(browser: Browser, stores: Stores, ada: Account) -> None:
    """They are much work."""
    await entered(browser, stores, ada)
    for _ in range(6):
        async with browser.session.get(browser.server.make_url("/account/download.zip")) as answer:
            assert answer.status == 200
    assert "That was too often" in await browser.go("/account/download.zip")


async def filled(stores: Stores, ada: Account) -> UUID:
    """Give an account more than fits between a server and a browser that does not read; return the last receipt."""
    photo = await stores.photos.keep(ada.id, bytes(1 << 20))
    for _ in range(MEGABYTES):
        last = await spent(stores, ada, "2026-10-02", "12.50")
    async with as_owner(stores) as connection:
        await connection.execute("update receipts set photo = %s", [photo])
    return last.id


def complaints(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Return what was logged as more than news."""
    return [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        ("update receipts set receipt = '{\"total\": []}' where id = %s", "a page failed while it was sent"),
        ("update receipts set joins = array[id] where id = %s", "a page could not be sent to its end"),
    ],
)
async def test_what_fails_amid_a_download_breaks_it_off(
    browser: Browser, stores: Stores, ada: Account, caplog: pytest.LogCaptureFixture, harm: str, said: str
) -> None:
    """No second answer is put behind the first: the browser sees that it is not whole, and why is logged once."""
    last = await filled(stores, ada)
    await entered(browser, stores, ada)
    async with as_owner(stores) as connection:
        await connection.execute(harm, [last])
    async with browser.session.get(browser.server.make_url("/account/download.zip")) as answer:
        if "joins" in harm:  # the last receipt asks the database for its parts
            await stores.pool.close()
        with pytest.raises(aiohttp.ClientError):
            await answer.read()
    (complaint,) = complaints(caplog)
    assert complaint.startswith(said)


async def test_who_leaves_amid_a_download_is_no_error(
    browser: Browser, stores: Stores, ada: Account, caplog: pytest.LogCaptureFixture
) -> None:
    """It ends without a word."""
    await filled(stores, ada)
    await entered(browser, stores, ada)
    async with browser.session.get(browser.server.make_url("/account/download.zip")) as answer:
        await answer.content.readexactly(1 << 20)
        answer.close()
    await asyncio.sleep(0.5)
    assert complaints(caplog) == []


@pytest.mark.parametrize("typed", ["delete", f" {EMAIL.upper()} "])
async def test_an_account_is_deleted_after_asking_twice(
    browser: Browser, stores: Stores, ada: Account, typed: str
) -> None:
    """A word or the address is typed, then a button; then the browser is signed out."""
    await spent(stores, ada, "2026-10-02", "12.50")
    await entered(browser, stores, ada)
    assert "one receipt" in await browser.go("/account/delete")
    assert "Are you sure?" in await browser.send("/account/delete", typed=typed)
    assert not await stores.removal.is_closed(ada.id)
    assert "Your account is closed" in await browser.send("/account/delete")
    assert await stores.removal.is_closed(ada.id)
    assert not browser.cookie("session")


@pytest.mark.parametrize("typed", ["", "yes", "eve@example.org", "DELETE it"])
async def test_without_the_word_nothing_is_deleted(browser: Browser, stores: Stores, ada: Account, typed: str) -> None:
    """Not even with the second answer."""
    await entered(browser, stores, ada)
    await browser.go("/account/delete")
    assert "Please type DELETE or your address." in await browser.send("/account/delete", typed=typed, sure="yes")
    assert browser.status == 422
    assert not await stores.removal.is_closed(ada.id)
