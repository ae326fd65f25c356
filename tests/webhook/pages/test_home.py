"""Home: a month at a glance, and what waits for its owner."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from core.accounts import Account, TelegramUser
from core.adapters.wiring import Stores
from core.receipt import Category, Doubt, DoubtKind
from tests.webhook.pages.browser import Browser
from tests.webhook.pages.spending import entered, spent

TODAY = datetime.now(UTC).date()
EVIL = "<script>alert(1)</script>"


async def test_without_receipts_home_says_how_to_send_the_first(
    browser: Browser, stores: Stores, account: Account
) -> None:
    """Here or in the chat."""
    await entered(browser, stores, account)
    text = await browser.go("/")
    assert "Send your first receipt" in text
    assert 'href="/upload"' in text
    await stores.ledger.open(account.id, "photo", "chat:1", TODAY)
    assert "Your first receipt is being read" in await browser.go("/")


async def test_a_month_stands_against_the_month_before(browser: Browser, stores: Stores, account: Account) -> None:
    """With the names and amounts of both."""
    await spent(stores, account, "2026-09-30", "40", merchant="Lidl")
    await spent(stores, account, "2026-10-02", "50", merchant="LIDL")
    await spent(stores, account, "2026-10-03", "10", merchant="Shell", category=Category.FUEL)
    await entered(browser, stores, account)
    text = await browser.go("/?month=2026-10")
    assert "€60.00" in text
    assert "50% more than in September 2026 (€40.00)." in text
    assert "Most went to groceries: €50.00, 83% of it all." in text
    assert "/receipts?since=2026-10-01&until=2026-10-31&category=groceries" in text
    assert text.index("Largest receipts") < text.rindex("€50.00") < text.rindex("€10.00")


async def test_currencies_stand_apart_and_the_home_currency_first(
    browser: Browser, stores: Stores, account: Account
) -> None:
    """A sum of both is nowhere."""
    await spent(stores, account, "2026-10-02", "50")
    await spent(stores, account, "2026-10-03", "7")
    await spent(stores, account, "2026-10-03", "20", currency="USD")
    await stores.accounts.change(replace(account, home_currency="USD"))
    await entered(browser, stores, account)
    text = await browser.go("/?month=2026-10")
    assert text.index("$20.00") < text.index("€57.00")
    assert "77.00" not in text


async def test_charts_say_what_they_show(browser: Browser, stores: Stores, account: Account) -> None:
    """A title and a description for those who do not see them, and a table of the same figures."""
    await spent(stores, account, "2026-10-02", "50")
    await entered(browser, stores, account)
    text = await browser.go("/?month=2026-10")
    assert text.count('role="img"') == text.count("<desc") == 2
    for part in text.split('aria-labelledby="')[1:]:
        assert all(f'id="{key}"' in text for key in part.split('"')[0].split())
    assert "What was spent in each week" in text.split("<caption")[1]
    assert "style=" not in text


async def test_what_waits_for_its_owner_is_shown(browser: Browser, stores: Stores, account: Account) -> None:
    """Bills that are overdue or fall due, open questions, and photos that are being read."""
    day = TODAY.isoformat()
    await spent(stores, account, day, "1", merchant="Dentist", due_on=TODAY - timedelta(days=1))
    await spent(stores, account, day, "2", merchant="Plumber", due_on=TODAY + timedelta(days=30))
    await spent(stores, account, day, "3", merchant="Notary", due_on=TODAY + timedelta(days=31))
    doubt = Doubt(kind=DoubtKind.CURRENCY_MISSING, field="currency")
    await spent(stores, account, day, "4", merchant="Kiosk", currency=None, doubts=(doubt,))
    await stores.ledger.open(account.id, "photo", "chat:1", TODAY)
    await entered(browser, stores, account)
    due = (await browser.go("/")).split('id="due"')[1].split("</section>")[0]
    assert due.index("Overdue") < due.index("Plumber")
    assert ("Dentist" in due, "Notary" in due) == (True, False)
    checked = browser.text.split('id="doubted"')[1].split("</section>")[0]
    assert "One receipt has a question" in checked
    assert "Kiosk" in checked
    assert "One photo is being read." in browser.text


async def test_a_month_without_receipts_says_where_the_newest_are(
    browser: Browser, stores: Stores, account: Account
) -> None:
    """And nothing is drawn."""
    await spent(stores, account, "2026-03-04", "50")
    await entered(browser, stores, account)
    text = await browser.go("/?month=2026-04")
    assert "Nothing is dated April 2026" in text
    assert "In March 2026 you spent" in text
    assert "/?month=2026-03" in text


async def test_a_month_that_is_none_is_this_month(browser: Browser, stores: Stores, account: Account) -> None:
    """Whatever is typed into the address."""
    await spent(stores, account, TODAY.isoformat(), "50")
    await entered(browser, stores, account)
    for typed in ("", "2026", "9999-12", "2026-13", "%00", "x" * 5000, "<b>"):
        assert "Spent so far" in await browser.go(f"/?month={typed}")
        assert browser.status == 200


async def test_receipts_of_others_are_not_on_home(browser: Browser, stores: Stores, account: Account) -> None:
    """Each sees their own."""
    other = await stores.accounts.of(TelegramUser(8, "Eve"))
    await spent(stores, other, TODAY.isoformat(), "666", merchant="Secret Shop", due_on=TODAY)
    await spent(stores, account, TODAY.isoformat(), "50")
    await entered(browser, stores, account)
    text = await browser.go("/")
    assert ("Secret Shop" in text, "666" in text) == (False, False)


async def test_html_in_names_stays_text(browser: Browser, stores: Stores) -> None:
    """A merchant's, and the name of a chat."""
    account = await stores.accounts.of(TelegramUser(7, EVIL))
    await entered(browser, stores, account)
    await browser.go("/")
    assert EVIL not in browser.text
    for name in (EVIL, f'"onload="x{uuid4()}'):
        doubts = (Doubt(kind=DoubtKind.MERCHANT_UNCLEAR, field="merchant", found=name),)
        await spent(stores, account, TODAY.isoformat(), "50", merchant=name, due_on=TODAY, doubts=doubts)
    await browser.go("/")
    assert "&lt;script&gt;" in browser.text
    assert (EVIL in browser.text, 'x"onload' in browser.text, '"onload="' in browser.text) == (False, False, False)


@pytest.mark.parametrize(("zone", "hours"), [("Pacific/Kiritimati", 14), ("Pacific/Pago_Pago", -11)])
async def test_the_day_is_that_of_the_accounts_time_zone(
    browser: Browser, stores: Stores, account: Account, zone: str, hours: int
) -> None:
    """A bill that is due on the day it is there is not overdue, and is the day after."""
    here = (datetime.now(UTC) + timedelta(hours=hours)).date()
    await stores.accounts.change(replace(account, time_zone=zone))
    await spent(stores, account, "2026-10-02", "1", due_on=here)
    await entered(browser, stores, account)
    assert "Overdue" not in await browser.go("/")
    await spent(stores, account, "2026-10-02", "1", due_on=here - timedelta(days=1))
    assert "Overdue" in await browser.go("/")
