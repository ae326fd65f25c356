"""Where a merchant's receipts go: by a rule, else by what was found, within what the account is offered."""

from __future__ import annotations

from uuid import UUID

import pytest

from core.accounts import Account
from core.receipt import Category, Receipt
from core.rules import Rule, merchant_key, placed
from tests.bot.fakes import MemoryRules

ID = UUID(int=1)
CAFE = Rule("cornercafe", "Corner Café", "coffee")


@pytest.mark.parametrize(
    "name",
    ["Corner Café", "CORNER CAFE", "corner-cafe", " Corner  Cafe\u0301.", "Ｃorner Café", "Corner\u200b Cafe*"],
)
def test_a_merchant_is_the_same_however_its_name_is_printed(name: str) -> None:
    """Capitals, accents, signs and gaps are read differently from photo to photo."""
    assert merchant_key(name) == "cornercafe"


@pytest.mark.parametrize(("one", "other"), [("Shop 1", "Shop 2"), ("กาแฟ", "กแฟ"), ("東京", "京都")])
def test_other_merchants_are_others(one: str, other: str) -> None:
    """Digits and the marks of vowels count."""
    assert merchant_key(one) != merchant_key(other)


def test_a_name_without_letters_and_digits_is_nobodys() -> None:
    """And one that is too long is cut."""
    assert merchant_key(" *** \u202e\x00 ") == ""
    assert len(merchant_key("x" * 10_000)) == 100


@pytest.mark.parametrize(
    ("account", "found", "category"),
    [
        (Account(ID, own=("coffee",)), Category.EATING_OUT, "coffee"),
        (Account(ID, own=("coffee",)), None, "coffee"),
        (Account(ID), Category.EATING_OUT, "eating out"),
        (Account(ID, unused=("eating out",)), Category.EATING_OUT, "other"),
        (Account(ID, unused=("eating out", "other")), Category.EATING_OUT, None),
        (Account(ID), "a category that does not exist", "other"),
        (Account(ID), None, "other"),
    ],
)
async def test_a_receipt_is_placed_within_what_its_account_is_offered(
    account: Account, found: str | None, category: str | None
) -> None:
    """A rule wins while its category is on offer; else what was found, else other, else none."""
    receipt = Receipt(merchant="CORNER CAFE").model_copy(update={"category": found})
    assert (await placed(receipt, account, MemoryRules(CAFE))).category == category


async def test_without_a_rule_or_a_merchant_what_was_found_stays() -> None:
    """All else of the receipt too."""
    for merchant in (None, "Elsewhere"):
        receipt = Receipt(merchant=merchant, category=Category.FUEL, number="7")
        assert await placed(receipt, Account(ID, own=("coffee",)), MemoryRules(CAFE)) == receipt
