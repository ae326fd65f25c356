"""Merchant rules and own categories in the database: kept for one account, and moved with its receipts."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID, uuid4

from core.accounts import Account, TelegramUser
from core.adapters.wiring import Stores
from core.searching import Wanted
from core.signing_in import Identity
from tests.core.adapters.test_postgres_ledger import COFFEE, filed

ADA = TelegramUser(7, "Ada")


async def test_what_was_said_last_of_a_merchant_holds(stores: Stores, account: Account) -> None:
    """However its name was printed."""
    await stores.rules.learn(account.id, "Corner Café", "eating out")
    await stores.rules.learn(account.id, "CORNER CAFE", "coffee")
    assert await stores.rules.find(account.id, "corner-café") == "coffee"
    (rule,) = await stores.rules.all(account.id)
    assert (rule.merchant_key, rule.merchant, rule.category) == ("cornercafe", "CORNER CAFE", "coffee")


async def test_a_rule_is_forgotten_once(stores: Stores, account: Account) -> None:
    """What is not there cannot be."""
    await stores.rules.learn(account.id, "Corner Café", "coffee")
    assert await stores.rules.forget(account.id, "cornercafe")
    assert not await stores.rules.forget(account.id, "cornercafe")
    assert not await stores.rules.forget(account.id, "\x00\ud800")
    assert await stores.rules.find(account.id, "Corner Café") is None


async def test_rules_are_their_accounts_alone(stores: Stores, account: Account) -> None:
    """Another neither has nor forgets them; one that is gone learns nothing."""
    other = await stores.accounts.enter(Identity(uuid4(), "eve@example.org"))
    await stores.rules.learn(account.id, "Corner Café", "coffee")
    await stores.rules.learn(UUID(int=9), "Corner Café", "coffee")
    assert await stores.rules.find(other.id, "Corner Café") is None
    assert not await stores.rules.forget(other.id, "cornercafe")
    assert len(await stores.rules.all(account.id)) == 1


async def test_names_that_are_nobodys_or_hostile_make_no_rule_or_a_harmless_one(
    stores: Stores, account: Account
) -> None:
    """Whatever was printed."""
    for name in ("", "***", "\x00", "\ud800"):
        await stores.rules.learn(account.id, name, "coffee")
        assert await stores.rules.find(account.id, name) is None
    for name in ("'; drop table accounts; --", "x" * 10_000, "a\x00b\ud800"):
        await stores.rules.learn(account.id, name, "coffee")
        assert await stores.rules.find(account.id, name) == "coffee"


async def test_what_a_guest_taught_comes_along(stores: Stores) -> None:
    """With its own categories; where the account has a rule already, that stays."""
    guest = await stores.accounts.of(ADA)
    await stores.accounts.change(replace(guest, own=("coffee", "pets")))
    await stores.rules.learn(guest.id, "Corner Café", "coffee")
    await stores.rules.learn(guest.id, "Cat Shop", "pets")
    account = await stores.accounts.enter(Identity(uuid4(), "ada@example.org"))
    await stores.accounts.change(replace(account, own=("tea", "coffee")))
    await stores.rules.learn(account.id, "Corner Café", "tea")
    await stores.links.claim((await stores.links.invite(ADA)).token, account.id)
    found = await stores.accounts.find(account.id)
    assert found is not None
    assert found.own == ("tea", "coffee", "pets")
    rules = {rule.merchant: rule.category for rule in await stores.rules.all(account.id)}
    assert rules == {"Corner Café": "tea", "Cat Shop": "pets"}


async def test_a_session_knows_the_categories_of_its_account(stores: Stores, account: Account) -> None:
    """Every page is written by them."""
    await stores.accounts.change(replace(account, own=("coffee", "dog food"), unused=("fuel",)))
    found = await stores.sessions.find(await stores.sessions.open(account.id, "Firefox", "password"))
    assert found is not None
    assert (found[1].own, found[1].unused) == (("coffee", "dog food"), ("fuel",))


async def test_receipts_are_summed_and_found_by_a_category_of_ones_own(stores: Stores, account: Account) -> None:
    """Whatever signs are in its name."""
    for at, name in enumerate(("it's a\\b:* & |", "coffee")):
        saved = await filed(stores, account, str(at), COFFEE.model_copy(update={"category": name}))
        found = await stores.search.search(account.id, Wanted(category=name))
        assert [one.id for one in found.receipts] == [saved.id]
    sums = await stores.ledger.sums(account.id, saved.counted_on, saved.counted_on)
    assert {one.category for one in sums} == {"it's a\\b:* & |", "coffee"}
