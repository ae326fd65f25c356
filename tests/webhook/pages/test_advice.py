"""The page of advice: figures of the account's own, or what is missing to have any."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from core.accounts import Account, TelegramUser
from core.adapters.wiring import Stores
from core.periods import PeriodKind, period_of
from core.receipt import Category, Doubt, DoubtKind
from tests.webhook.pages.browser import Browser
from tests.webhook.pages.spending import entered, spent

TODAY = datetime.now(UTC).date()
THIS_MONTH = period_of(PeriodKind.MONTH, TODAY)
EVIL = "<img src=x onerror=alert(1)>"


def _first(months_ago: int) -> str:
    return THIS_MONTH.shifted(-months_ago).first.isoformat()


def _part(browser: Browser, key: str) -> str:
    """Return a section of the page."""
    return browser.text.split(f'id="{key}"')[1].split("</section>")[0]


async def test_who_is_not_signed_in_signs_in_first(browser: Browser) -> None:
    """And comes back."""
    await browser.go("/advice")
    assert browser.place == "/login?next=/advice"


async def test_without_receipts_there_is_no_advice(browser: Browser, stores: Stores, account: Account) -> None:
    """Only how to begin."""
    await entered(browser, stores, account)
    assert "Advice needs receipts" in await browser.go("/advice")


async def test_with_few_receipts_it_is_said_what_is_missing(browser: Browser, stores: Stores, account: Account) -> None:
    """How many months, and how many there are."""
    await spent(stores, account, _first(1), "5")
    await entered(browser, stores, account)
    assert "receipts in each of the 3 months before this one. So far one has some" in await browser.go("/advice")


async def test_what_grew_and_recurs_and_is_unusual_is_told_with_amounts(
    browser: Browser, stores: Stores, account: Account
) -> None:
    """From the account's own receipts."""
    for months in range(5):
        await spent(stores, account, _first(months), "9.99", merchant="Netflix", category=Category.LEISURE)
    for months in (1, 2, 3, 4):
        await spent(stores, account, _first(months), "10", merchant="Lidl")
        await spent(stores, account, _first(months), "20", merchant="Lidl")
    await spent(stores, account, TODAY.isoformat(), "99", merchant="Lidl")
    await entered(browser, stores, account)
    await browser.go("/advice")
    grew = _part(browser, "grown")
    assert ("€99.00" in grew, "€30.00" in grew, "Leisure" in grew) == (True, True, False)
    assert ("Netflix" in _part(browser, "regulars"), "€9.99" in _part(browser, "regulars")) == (True, True)
    assert "receipts there came to" in _part(browser, "unusual")
    assert "€15.00" in _part(browser, "unusual")


async def test_bills_doubles_and_currencies_are_told(browser: Browser, stores: Stores, account: Account) -> None:
    """What is owed, what may be there twice, and what is never added."""
    day = TODAY.isoformat()
    await spent(stores, account, day, "5", merchant="Dentist", due_on=TODAY - timedelta(days=1))
    doubts = (Doubt(kind=DoubtKind.DUPLICATE, field=""),)
    await spent(stores, account, day, "7", merchant="Kiosk", currency="USD", doubts=doubts)
    await entered(browser, stores, account)
    await browser.go("/advice")
    assert "1 overdue" in _part(browser, "bills")
    assert "$7.00" in _part(browser, "doubles")
    assert ("€5.00" in _part(browser, "currencies"), "$7.00" in _part(browser, "currencies")) == (True, True)


async def test_others_receipts_are_no_advice(browser: Browser, stores: Stores, account: Account) -> None:
    """And HTML in a merchant's name stays text."""
    other = await stores.accounts.of(TelegramUser(8, "Eve"))
    await spent(stores, other, TODAY.isoformat(), "666", merchant="Secret", due_on=TODAY)
    await spent(stores, account, TODAY.isoformat(), "5", merchant=EVIL, due_on=date.max)
    await spent(stores, account, TODAY.isoformat(), "5", merchant=EVIL, due_on=TODAY)
    await entered(browser, stores, account)
    await browser.go("/advice")
    assert ("Secret" in browser.text, EVIL in browser.text, "&lt;img" in browser.text) == (False, False, True)
