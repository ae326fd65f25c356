"""The list of receipts: what is found, how it is filtered, and what is said when there is nothing."""

from __future__ import annotations

import pytest

from core.errors import NoText
from tests.webhook.pages.browser import Browser
from tests.webhook.pages.shelf import Shelf, bill


async def test_without_receipts_the_list_says_what_to_do(shelf: Shelf) -> None:
    """An empty list is an invitation."""
    assert "No receipts yet" in await shelf.browser.go("/receipts")


async def test_the_list_is_for_who_is_signed_in(browser: Browser) -> None:
    """Others sign in first, and come back to what they looked for."""
    await browser.go("/receipts?text=tea&page=2")
    assert browser.place == "/login?next=/receipts?text%3Dtea%26page%3D2"


async def test_ten_stand_on_a_page_and_the_filters_survive_the_turn(shelf: Shelf) -> None:
    """The newest come first; what was asked stays asked."""
    for day in range(1, 13):
        await shelf.read(bill(f"Tea House {day}", f"2026-10-{day:02}"))
    await shelf.read(bill("Fuel Stop", "2026-10-20"))
    text = await shelf.browser.go("/receipts?text=tea&category=")
    assert shelf.listed() == [f"Tea House {day}" for day in range(12, 2, -1)]
    assert "12 receipts" in text
    assert "/receipts?text=tea&page=2" in text
    await shelf.browser.go("/receipts?text=tea&page=2")
    assert shelf.listed() == ["Tea House 2", "Tea House 1"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("since=2026-10-05&until=2026-10-31", ["Later"]),
        ("currency=usd", ["Foreign"]),
        ("text=jasmine", ["Earlier"]),
        ("doubt=open", ["Foreign"]),
        ("category=travel", []),
        ("text=jasmine&currency=USD", []),
    ],
)
async def test_filters_are_for_dates_category_currency_doubt_and_words(
    shelf: Shelf, asked: str, found: list[str]
) -> None:
    """Words are looked for in merchants, items and print; filters narrow it."""
    await shelf.read(bill("Earlier", "2026-10-01", more="Jasmine  4.00").replace("Thing  9.90", "Thing  5.90"))
    await shelf.read(bill("Later", "2026-10-09"))
    await shelf.read("Foreign\n2026-09-01\nThing  5.00\nOther  5.00\nTOTAL  USD 11.00")
    await shelf.browser.go(f"/receipts?{asked}")
    assert shelf.listed() == found


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("since=yesterday", "This is not a date."),
        ("since=2026-10-09&until=2026-10-01", "This is before the first day"),
        ("currency=%24", "This is not a currency code."),
    ],
)
async def test_a_filter_that_means_nothing_is_told_and_filters_nothing(shelf: Shelf, asked: str, sentence: str) -> None:
    """What was typed stays in its field."""
    await shelf.read()
    text = await shelf.browser.go(f"/receipts?{asked}")
    assert sentence in text
    assert f'value="{asked.split("=")[1].split("&")[0].replace("%24", "$")}"' in text
    assert shelf.browser.status == 200


async def test_a_bill_that_is_overdue_is_marked_until_it_is_paid(shelf: Shelf) -> None:
    """Due before today and not paid."""
    bill_ = await shelf.read(bill("Power Company", more="Due date 2026-10-20"))
    assert "Overdue since Oct 20, 2026" in await shelf.browser.go("/receipts")
    await shelf.browser.go(f"/receipts/{bill_}")
    await shelf.browser.send(f"/receipts/{bill_}/pay")
    assert (await shelf.filed(bill_)).paid_on is not None
    text = await shelf.browser.go("/receipts")
    assert "Overdue" not in text
    assert "Paid" in text


async def test_what_waits_and_what_could_not_be_used_is_listed_apart(shelf: Shelf) -> None:
    """With the sentence that says why; a waiting page looks again by itself."""
    await shelf.keep()
    await shelf.read(NoText())
    text = await shelf.browser.go("/receipts")
    assert "Being read" in text
    assert "data-waits" in text
    assert "One photo could not be used." in text
    assert NoText().sentence in await shelf.browser.go("/receipts?state=unusable")
    assert "Reading…" in await shelf.browser.go("/receipts?state=waiting")


async def test_a_page_that_is_not_there_leads_back(shelf: Shelf) -> None:
    """Whatever number is asked for."""
    await shelf.read()
    for page in ("2", "99999999999999999999", "-1", "٣"):
        text = await shelf.browser.go(f"/receipts?page={page}")
        assert shelf.browser.status == 200
        assert "CORNER CAFE" in text or "There are not so many pages." in text


async def test_a_list_shows_nothing_of_another_account(shelf: Shelf, site: object) -> None:
    """Not even that there is something."""
    await shelf.read(bill("Secret Shop"))
    async with Browser(shelf.browser.server) as browser:
        other = await Shelf.of(shelf.stores, browser, 8)
        assert "No receipts yet" in await other.browser.go("/receipts")
        assert "Secret" not in await other.browser.go("/receipts?text=secret")


async def test_a_merchant_s_html_is_text_on_the_list(shelf: Shelf) -> None:
    """Also in the search box, and what no database stores is no error."""
    receipt = await shelf.read()
    await shelf.bookkeeper.correct(shelf.account, receipt, "merchant", '<img src=x onerror="alert(1)">')
    await shelf.browser.go("/receipts?text=%22%3E%3Cscript%3E%00")
    assert "<script>" not in shelf.browser.text.replace('<script type="module"', "")
    await shelf.browser.go("/receipts")
    assert "&lt;img src=x onerror=" in shelf.browser.text
    assert "<img src=x" not in shelf.browser.text
