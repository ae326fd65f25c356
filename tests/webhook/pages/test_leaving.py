"""Taking everything along, and leaving."""

from __future__ import annotations

import io
from uuid import uuid4
from zipfile import ZipFile

import pytest

from core.accounts import Account
from core.adapters.wiring import Stores
from core.signing_in import Identity
from tests.webhook.pages.browser import Browser
from tests.webhook.pages.spending import entered, spent

EMAIL = "ada@example.org"


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
