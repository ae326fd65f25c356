"""Categories of one's own and what corrections taught, on the account's page and on the pages that offer them."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest

from core.accounts import Account
from core.adapters.wiring import Stores
from core.signing_in import Identity
from tests.webhook.pages.browser import Browser
from tests.webhook.pages.shelf import Shelf, bill
from tests.webhook.pages.spending import entered, spent

ADD, REMOVE, FORGET = "/account/categories/add", "/account/categories/remove", "/account/rules/forget"


@pytest.fixture
async def ada(browser: Browser, stores: Stores) -> Account:
    """Give an account that is signed in, on its page."""
    account = await stores.accounts.enter(Identity(uuid4(), "ada@example.org"))
    await entered(browser, stores, account)
    await browser.go("/account")
    return account


async def own_of(stores: Stores, account: Account) -> tuple[str, ...]:
    """Return an account's own categories."""
    found = await stores.accounts.find(account.id)
    assert found is not None
    return found.own


async def test_a_category_of_ones_own_is_added_and_taken_out(browser: Browser, stores: Stores, ada: Account) -> None:
    """Other choices stay as they are."""
    assert "Dog food is a category now." in await browser.send(ADD, own="  Dog  FOOD ")
    assert await own_of(stores, ada) == ("dog food",)
    await browser.send("/account", used="fuel")
    assert await own_of(stores, ada) == ("dog food",)
    assert "Dog food is not offered any more." in await browser.send(REMOVE, category="dog food")
    assert await own_of(stores, ada) == ()


async def test_what_cannot_be_a_category_is_told_beside_what_was_typed(
    browser: Browser, stores: Stores, ada: Account
) -> None:
    """Nothing changes, and what was typed stays text."""
    for typed, said in (("Groceries", "Tick it"), ("<b>" * 20, "at most 30"), ("", "write a name")):
        assert said in await browser.send(ADD, own=typed)
        assert browser.status == 422
        assert "<b><b>" not in browser.text
    assert await own_of(stores, ada) == ()


async def test_the_last_category_on_offer_stays(browser: Browser, stores: Stores, ada: Account) -> None:
    """And who takes out what is not there is told."""
    await browser.send(ADD, own="coffee")
    saved = await stores.accounts.find(ada.id)
    assert saved is not None
    await stores.accounts.change(replace(saved, unused=tuple(saved.offered[:-1])))
    assert "keep at least one" in await browser.send(REMOVE, category="coffee")
    assert "taken out already" in await browser.send(REMOVE, category="<script>")
    assert await own_of(stores, ada) == ("coffee",)


async def test_what_corrections_taught_is_shown_and_forgotten(browser: Browser, stores: Stores, ada: Account) -> None:
    """One by one; somebody else's cannot be."""
    eve = await stores.accounts.enter(Identity(uuid4(), "eve@example.org"))
    await stores.rules.learn(eve.id, "Corner Café", "travel")
    await stores.rules.learn(ada.id, "Corner <i>Café", "eating out")
    text = await browser.go("/account")
    assert "Corner &lt;i&gt;Café</bdi> → <bdi>eating out" in browser.text
    assert "rests, because" not in text
    assert "Forgotten." in await browser.send(FORGET, merchant="cornericafe")
    assert "Nothing yet." in browser.text
    await browser.post(FORGET, {"csrf": browser.fields("/account")["csrf"], "merchant": "cornercafe"})
    assert "forgotten already" in browser.text
    assert len(await stores.rules.all(eve.id)) == 1


async def test_a_rule_whose_category_is_not_offered_rests(browser: Browser, stores: Stores, ada: Account) -> None:
    """And says so."""
    await stores.rules.learn(ada.id, "Cat Shop", "pets")
    assert "rests, because you are not offered this category" in await browser.go("/account")


@pytest.mark.parametrize("action", [ADD, REMOVE, FORGET])
async def test_forms_of_other_sites_change_nothing(browser: Browser, stores: Stores, ada: Account, action: str) -> None:
    """Without the token."""
    await stores.rules.learn(ada.id, "Cat Shop", "gifts")
    await browser.post(action, {"own": "coffee", "category": "coffee", "merchant": "catshop"})
    assert browser.status == 403
    assert await own_of(stores, ada) == ()
    assert len(await stores.rules.all(ada.id)) == 1


async def test_a_receipts_form_offers_the_accounts_categories(shelf: Shelf) -> None:
    """Those of its own too; one is saved, and is a rule from then on."""
    await shelf.stores.accounts.change(replace(shelf.account, own=("coffee",), unused=("fuel",)))
    receipt = await shelf.read(bill("Corner Cafe"))
    text = await shelf.browser.go(f"/receipts/{receipt}")
    assert '<option value="coffee">Coffee' in text
    assert '<option value="fuel"' not in text
    assert "Saved." in await shelf.browser.send(f"/receipts/{receipt}", category="coffee")
    assert (await shelf.receipt(receipt)).category == "coffee"
    assert await shelf.stores.rules.find(shelf.account.id, "Corner Cafe") == "coffee"


@pytest.mark.parametrize("hostile", ["fuel", "nonsense", "<script>", "x" * 1000])
async def test_a_receipts_form_takes_no_other_category(shelf: Shelf, hostile: str) -> None:
    """Its sentence names those on offer."""
    await shelf.stores.accounts.change(replace(shelf.account, own=("coffee",), unused=("fuel",)))
    receipt = await shelf.read(bill("Corner Cafe"))
    before = await shelf.receipt(receipt)
    await shelf.browser.go(f"/receipts/{receipt}")
    assert "services, other, coffee." in await shelf.browser.send(f"/receipts/{receipt}", category=hostile)
    assert shelf.browser.status == 422
    assert "<script>" not in shelf.browser.text.replace("<script src", "")
    assert await shelf.receipt(receipt) == before
    assert await shelf.stores.rules.all(shelf.account.id) == []


async def test_receipts_are_listed_by_a_category_of_ones_own(browser: Browser, stores: Stores, ada: Account) -> None:
    """Also by one that is not offered any more, which receipts still have."""
    await stores.accounts.change(replace(ada, own=("coffee",)))
    await spent(stores, ada, "2026-10-03", "3", merchant="Bean There", category="coffee")
    await spent(stores, ada, "2026-10-04", "3", merchant="Old Times", category="pets & co")
    text = await browser.go("/receipts?category=coffee")
    assert ("Bean There" in text, "Old Times" in text) == (True, False)
    assert '<option value="coffee" selected>Coffee' in text
    text = await browser.go("/receipts?category=pets+%26+co")
    assert ("Bean There" in text, "Old Times" in text) == (False, True)
    assert '<option value="pets &amp; co" selected>Pets &amp; co' in browser.text


async def test_the_next_receipt_of_a_merchant_goes_where_the_last_was_put(shelf: Shelf) -> None:
    """Forward only, and only while the category is on offer."""
    earlier, corrected = await shelf.read(bill("Zyx Corner")), await shelf.read(bill("Zyx Corner", "2026-10-04"))
    await shelf.browser.go(f"/receipts/{corrected}")
    await shelf.browser.send(f"/receipts/{corrected}", category="gifts")
    later = await shelf.read(bill("ZYX CORNER", "2026-10-05"))
    shelf.account = replace(shelf.account, unused=("gifts",))
    last = await shelf.read(bill("Zyx Corner", "2026-10-06"))
    found = [(await shelf.receipt(one)).category for one in (earlier, corrected, later, last)]
    assert found == ["other", "gifts", "gifts", "other"]
