"""Budgets and phrasings in PostgreSQL: one of a kind, and each account's own."""

from __future__ import annotations

from decimal import Decimal

import pytest

from core.accounts import Account, TelegramUser
from core.adapters.advice_jobs import PHRASE
from core.adapters.wiring import Stores
from core.budgets import MOST_BUDGETS, Budget, TooManyBudgets
from core.phrasing import Phrasing
from tests.owner import as_owner

FOOD = Budget("groceries", "EUR", Decimal("300.50"))
ALL = Budget("", "EUR", Decimal(1000))


async def test_a_budget_takes_the_place_of_the_one_before(stores: Stores, account: Account) -> None:
    """Of the same category and currency; others stay."""
    dollars = Budget("groceries", "USD", Decimal(5))
    for budget in (Budget("groceries", "EUR", Decimal(1)), dollars, FOOD, ALL):
        await stores.budgets.put(account.id, budget)
    assert await stores.budgets.of(account.id) == [ALL, FOOD, dollars]


async def test_budgets_go_by_category_or_in_one_currency(stores: Stores, account: Account) -> None:
    """And it is told how many went."""
    for budget in (FOOD, ALL, Budget("groceries", "USD", Decimal(5))):
        await stores.budgets.put(account.id, budget)
    assert await stores.budgets.drop(account.id, "groceries", "USD") == 1
    assert await stores.budgets.drop(account.id, "groceries") == 1
    assert await stores.budgets.drop(account.id, "groceries") == 0
    assert await stores.budgets.of(account.id) == [ALL]


async def test_there_is_an_end_to_budgets(stores: Stores, account: Account) -> None:
    """But one that is there can still be changed."""
    for number in range(MOST_BUDGETS):
        await stores.budgets.put(account.id, Budget(f"category {number}", "EUR", Decimal(5)))
    with pytest.raises(TooManyBudgets):
        await stores.budgets.put(account.id, FOOD)
    await stores.budgets.put(account.id, Budget("category 0", "EUR", Decimal(6)))
    assert Budget("category 0", "EUR", Decimal(6)) in await stores.budgets.of(account.id)


async def test_budgets_and_phrasings_are_an_accounts_own(stores: Stores, account: Account) -> None:
    """Nobody else sees, changes or removes them."""
    eve = await stores.accounts.of(TelegramUser(8, "Eve"))
    phrasing = Phrasing("hash", "words", "Gemini")
    await stores.budgets.put(account.id, FOOD)
    await stores.phrasings.put(account.id, phrasing)
    assert (await stores.budgets.of(eve.id), await stores.phrasings.of(eve.id)) == ([], None)
    assert await stores.budgets.drop(eve.id, "groceries") == 0
    assert (await stores.budgets.of(account.id), await stores.phrasings.of(account.id)) == ([FOOD], phrasing)


async def test_the_last_phrasing_is_kept(stores: Stores, account: Account) -> None:
    """In place of the one before; an empty one too."""
    assert await stores.phrasings.of(account.id) is None
    for text in ("before", ""):
        await stores.phrasings.put(account.id, Phrasing("hash", text, "Gemini"))
    assert await stores.phrasings.of(account.id) == Phrasing("hash", "", "Gemini")


async def test_one_phrasing_of_an_account_waits_at_a_time(stores: Stores, account: Account) -> None:
    """However often its page is opened."""
    eve = await stores.accounts.of(TelegramUser(8, "Eve"))
    enqueued = [await stores.advice_jobs.phrase(one) for one in (account.id, account.id, eve.id)]
    assert enqueued == [True, False, True]
    async with as_owner(stores) as owner:
        found = await owner.execute(
            "select count(*) as jobs from jobs.procrastinate_jobs where task_name = %s", [PHRASE]
        )
        row = await found.fetchone()
    assert row is not None
    assert row["jobs"] == 2
