"""The admin's page: figures of everybody, for admins alone, and what they do by it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from core.accounts import Account, TelegramUser
from core.adapters.wiring import Stores
from core.ports import State
from core.signing_in import Identity
from tests.owner import as_owner
from tests.webhook.pages.browser import Browser
from tests.webhook.pages.spending import entered, spent

EVIL = "<i>Eve</i>"
DAY = date(2026, 11, 20)


@pytest.fixture
async def admin(stores: Stores) -> Account:
    """Give an admin."""
    account = await stores.accounts.enter(Identity(uuid4(), "ada@example.org"))
    await stores.people.promote(account.id)
    found = await stores.accounts.find(account.id)
    assert found is not None
    return found


async def _failed(stores: Stores, account: Account) -> str:
    opened = await stores.ledger.open(account.id, "photo", f"chat:{uuid4()}", DAY)
    filed = await stores.ledger.find(account.id, opened)
    assert filed is not None
    await stores.ledger.save(replace(filed, state=State.UNUSABLE, problem="I see no receipt in it."), None)
    async with as_owner(stores) as connection:
        await connection.execute("delete from procrastinate_jobs")
    return str(opened)


async def _token(browser: Browser) -> str:
    """Return the token of the page's forms."""
    return browser.text.split('name="csrf" value="')[1].split('"')[0]


@pytest.mark.parametrize("path", ["/admin", "/admin/people", "/admin/failures", "/admin/requests"])
async def test_nobody_else_learns_that_the_page_exists(
    browser: Browser, stores: Stores, account: Account, path: str
) -> None:
    """It answers like a page that is not there, signed in or not, however it is asked."""
    missing = await browser.go("/no-such-page")
    for is_in in (False, True):
        if is_in:
            await entered(browser, stores, account)
            missing = await browser.go("/no-such-page")
        asked = await browser.go(path)
        assert (browser.status, _plain(asked)) == (404, _plain(missing))
        await browser.post(path, {"account": str(account.id), "act": "promote"})
        assert browser.status == 404
        assert 'href="/admin"' not in browser.text


def _plain(text: str) -> str:
    """Return a page without the token of its forms."""
    return text.split("<main")[1]


async def test_an_admin_sees_figures_and_no_receipts(browser: Browser, stores: Stores, admin: Account) -> None:
    """Names from Telegram stay text; merchants and totals are nowhere."""
    eve = await stores.accounts.of(TelegramUser(8, EVIL))
    await spent(stores, eve, "2026-11-20", "666.66", merchant="Secret Shop")
    await _failed(stores, eve)
    await entered(browser, stores, admin)
    text = await browser.go("/admin")
    assert "I see no receipt in it." in text
    assert "One receipt was read in 14 days, 1 today (UTC)." in text
    assert ("Secret Shop" in text, "666.66" in text) == (False, False)
    assert EVIL not in browser.text
    assert "&lt;i&gt;Eve" in browser.text
    assert "style=" not in browser.text


async def test_people_are_searched_and_shown_ten_a_page(browser: Browser, stores: Stores, admin: Account) -> None:
    """Newest first."""
    for count in range(10):
        await stores.accounts.of(TelegramUser(100 + count, f"Guest number {count}"))
    await entered(browser, stores, admin)
    first = await browser.go("/admin")
    assert ("ada@example.org" in first, "Guest number 0" in first) == (False, True)
    assert "ada@example.org" in await browser.go("/admin?page=2")
    found = await browser.go("/admin?search=number+3")
    assert ("Guest number 3" in found, "Guest number 4" in found) == (True, False)


@pytest.mark.parametrize("typed", ["page=0", "page=-1", "page=9999999", "page=x", "failures=x", "search=%00%27%25_"])
async def test_whatever_is_typed_into_the_address_is_no_error(
    browser: Browser, stores: Stores, admin: Account, typed: str
) -> None:
    """It is the first page, or an empty one."""
    await entered(browser, stores, admin)
    await browser.go(f"/admin?{typed}")
    assert browser.status == 200


async def test_somebody_is_blocked_and_let_in_again(browser: Browser, stores: Stores, admin: Account) -> None:
    """And stays where the admin was on the page."""
    eve = await stores.accounts.of(TelegramUser(8, "Eve"))
    await entered(browser, stores, admin)
    await browser.go("/admin?search=Eve")
    assert "Blocked, and signed out" in await browser.send("/admin/people", act="block")
    assert browser.place.startswith("/admin?search=Eve")
    blocked = await stores.accounts.find(eve.id)
    assert blocked is not None
    assert blocked.blocked
    assert "Let in again." in await browser.send("/admin/people", act="unblock")


async def test_somebody_is_made_an_admin_and_no_admin_again(browser: Browser, stores: Stores, admin: Account) -> None:
    """An admin is not blocked before."""
    eve = await stores.accounts.of(TelegramUser(8, "Eve"))
    await entered(browser, stores, admin)
    await browser.go("/admin?search=Eve")
    assert "is an admin's now" in await browser.send("/admin/people", act="promote")
    assert "An admin cannot be blocked" in await browser.send("/admin/people", act="block")
    assert "no admin's any more" in await browser.send("/admin/people", act="demote")
    found = await stores.accounts.find(eve.id)
    assert found is not None
    assert not found.is_admin


@pytest.mark.parametrize("act", ["block", "demote", "unblock", "promote"])
async def test_nobody_does_it_to_themselves(browser: Browser, stores: Stores, admin: Account, act: str) -> None:
    """Another admin can."""
    await entered(browser, stores, admin)
    await browser.go("/admin")
    fields = {"csrf": await _token(browser), "account": str(admin.id), "act": act}
    assert "You cannot do that to your own account" in await browser.post("/admin/people", fields)
    assert await stores.accounts.find(admin.id) == admin


@pytest.mark.parametrize(("account", "act"), [("x", "block"), (str(uuid4()), "drop"), (str(uuid4()), "block")])
async def test_a_form_that_means_nobody_is_a_sentence(
    browser: Browser, stores: Stores, admin: Account, account: str, act: str
) -> None:
    """Nothing happens."""
    await entered(browser, stores, admin)
    await browser.go("/admin")
    text = await browser.post("/admin/people", {"csrf": await _token(browser), "account": account, "act": act})
    assert browser.status == 200
    assert "This form is too old" in text or "no such account" in text


async def test_a_failure_is_tried_again(browser: Browser, stores: Stores, admin: Account) -> None:
    """Once; then there is nothing to try."""
    eve = await stores.accounts.of(TelegramUser(8, "Eve"))
    receipt = await _failed(stores, eve)
    await entered(browser, stores, admin)
    await browser.go("/admin")
    assert "It is being read again." in await browser.send("/admin/failures")
    assert await stores.ledger.waiting(eve.id) == 1
    fields = {"csrf": await _token(browser), "receipt": receipt}
    assert "nothing to try again" in await browser.post("/admin/failures", fields)


async def test_each_failure_is_on_one_page(browser: Browser, stores: Stores, admin: Account) -> None:
    """Failed jobs and receipts together, ten a page, and none is out of reach."""
    eve = await stores.accounts.of(TelegramUser(8, "Eve"))
    for _ in range(11):
        await _failed(stores, eve)
    async with as_owner(stores) as connection:
        await connection.execute(
            "insert into procrastinate_jobs (task_name, queue_name)"
            " select 'task_' || number, 'updates' from generate_series(1, 12) as number"
        )
        await connection.execute("update procrastinate_jobs set status = 'failed'")
    await entered(browser, stores, admin)
    seen: list[str] = []
    for page in (1, 2, 3):
        await browser.go(f"/admin?failures={page}")
        part = browser.text.split('id="failures"')[1].split("</section>")[0]
        assert part.count("<li>") == (10 if page < 3 else 3)
        assert ('rel="next"' in part) == (page < 3)
        seen += re.findall(r'task_\d+|name="receipt" value="[^"]+"', part)
    assert len(set(seen)) == 23


@pytest.mark.parametrize(("act", "said"), [("approve", "was let in"), ("refuse", "was refused")])
async def test_who_asks_to_come_in_is_let_in_or_not(
    browser: Browser, stores: Stores, admin: Account, act: str, said: str
) -> None:
    """Once."""
    await stores.requests.ask(8, "Eve", "en")
    await entered(browser, stores, admin)
    await browser.go("/admin")
    fields = {"csrf": await _token(browser), "person": "8", "act": act}
    assert said in await browser.send("/admin/requests", act=act)
    assert (await stores.accounts.known(8) is not None) == (act == "approve")
    assert "decided before" in await browser.post("/admin/requests", fields)
    assert "too old" in await browser.post("/admin/requests", {**fields, "person": "9" * 30})


async def test_forms_of_other_sites_do_nothing_here(browser: Browser, stores: Stores, admin: Account) -> None:
    """Without the token."""
    eve = await stores.accounts.of(TelegramUser(8, "Eve"))
    await entered(browser, stores, admin)
    await browser.post("/admin/people", {"account": str(eve.id), "act": "promote"})
    assert browser.status == 403
    found = await stores.accounts.find(eve.id)
    assert found is not None
    assert not found.is_admin
