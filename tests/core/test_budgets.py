"""Where a budget is heading, and what people write to set one."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from core.advice import Month, Unusual
from core.advice_sentences import budget_sentence
from core.budget_words import NoAmount, NoCategory, NoCurrency, Wish, budget_of, category_of, read_wish
from core.budgets import Budget, Heading, Once, headings, once_of
from core.periods import Period, PeriodKind
from core.ports import Filed, State, Sum
from core.receipt import Receipt
from core.regulars import Regular
from core.telling import Telling

NOVEMBER = Period(PeriodKind.MONTH, date(2026, 11, 1))
TENTH = date(2026, 11, 10)
FOOD = Budget("groceries", "EUR", Decimal(300))
ALL = Budget("", "EUR", Decimal(1000))
KNOWN = ["groceries", "eating out", "travel", "transport"]


def _sum(total: str, category: Any = "groceries", currency: str = "EUR", merchant: str = "Lidl") -> Sum:
    return Sum(currency, category, merchant, 1, Decimal(total))


def _month(*sums: Sum) -> Month:
    return Month(NOVEMBER, sums)


def _one(budget: Budget, month: Month, *once: Once, today: date = TENTH) -> Heading:
    (found,) = headings([budget], month, once, today)
    return found


def _regular(merchant: str, amount: str, last: str, expected: str) -> Regular:
    days = date.fromisoformat(last), date.fromisoformat(expected)
    return Regular(merchant, "EUR", 3, Decimal(amount), None, *days, is_late=False)


def test_what_was_spent_goes_on_at_its_pace() -> None:
    """A third of the month, a third of what will be spent."""
    found = _one(FOOD, _month(_sum("60"), _sum("40"), _sum("500", "travel"), _sum("7", currency="USD")))
    assert [found.spent, found.expected, found.left, found.gap] == [100, 300, 200, 0]


def test_a_budget_for_everything_counts_every_category_of_its_currency() -> None:
    """And no other currency."""
    assert _one(ALL, _month(_sum("60"), _sum("40", "travel"), _sum("7", currency="USD"))).spent == 100


def test_a_monthly_bill_that_is_paid_does_not_go_on() -> None:
    """And one that is expected yet is added once."""
    month = _month(_sum("100"), _sum("600", "home", merchant="Landlord"))
    bills = [
        _regular("Landlord", "600", "2026-11-01", "2026-12-01"),
        _regular("Gym", "30", "2026-10-20", "2026-11-20"),
        _regular("Paper", "9", "2026-10-08", "2026-11-08"),
    ]
    october = Month(NOVEMBER.shifted(-1), (_sum("30", "health", merchant="GYM"),))
    once = once_of([october, month], bills, [], TENTH)
    assert once == [
        Once("home", "EUR", Decimal(600), True),
        Once("health", "EUR", Decimal(30), False),
    ]
    assert _one(ALL, month, *once).expected == 600 + 300 + 30
    assert _one(Budget("health", "EUR", Decimal(50)), month, *once).expected == 30


def test_an_unusual_receipt_counts_once() -> None:
    """A fridge is not bought every ten days."""
    fridge = Receipt(merchant="Shop", currency="EUR", category="home", total=Decimal(900), bought_on=TENTH)
    filed = Filed(UUID(int=1), UUID(int=2), State.READ, "photo", TENTH, fridge)
    month = _month(_sum("100"), _sum("900", "home"))
    once = once_of([month], [], [Unusual(filed, Decimal(20), 12, "home", False)], TENTH)
    assert _one(ALL, month, *once).expected == 900 + 300


def test_in_the_first_days_nothing_is_said_of_the_months_end() -> None:
    """But what is spent already is."""
    found = _one(FOOD, _month(_sum("310")), today=date(2026, 11, 4))
    assert [found.expected, found.gap, found.left] == [None, None, -10]
    assert _one(FOOD, _month(_sum("310")), today=date(2026, 11, 5)).expected == 1860


def test_on_the_last_day_what_is_spent_is_what_it_ends_with() -> None:
    """And a credit never goes on."""
    assert _one(FOOD, _month(_sum("310")), today=NOVEMBER.last).expected == 310
    assert _one(FOOD, _month(_sum("-50"))).expected == -50
    assert _one(FOOD, _month()).expected == 0


def test_the_most_overspent_comes_first() -> None:
    """By the share of the budget that will be used."""
    travel = Budget("travel", "EUR", Decimal(10))
    found = headings([ALL, FOOD, travel], _month(_sum("90"), _sum("20", "travel")), (), TENTH)
    assert [one.budget for one in found] == [travel, FOOD, ALL]


@pytest.mark.parametrize(
    ("spent", "day", "words"),
    [
        (
            "100",
            10,
            "Groceries: €100.00 of €300.00 spent by Nov 10. At this pace it ends November 2026 at €300.00, just",
        ),
        ("120", 10, "ends November 2026 at €360.00, €60.00 over."),
        ("50", 10, "ends November 2026 at €150.00, with €150.00 left."),
        ("310", 10, "spent by Nov 10, €10.00 over the budget already. At this pace it ends November 2026 at €930.00,"),
        ("50", 2, "It is too early in the month to tell where it ends."),
    ],
)
def test_the_sentence_names_its_figures(spent: str, day: int, words: str) -> None:
    """How much of how much, by when, and where that leads."""
    found = _one(FOOD, _month(_sum(spent)), today=date(2026, 11, day))
    assert words in budget_sentence(found, Telling("en", TENTH))


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("800", Wish("", "800", None)),
        ("800 eur", Wish("", "800", "EUR")),
        ("EUR 800", Wish("", "800", "EUR")),
        ("groceries 300", Wish("groceries", "300", None)),
        ("groceries 300 EUR", Wish("groceries", "300", "EUR")),
        ("Groceries EUR 300", Wish("Groceries", "300", "EUR")),
        ("eating out 1,234.50 chf", Wish("eating out", "1,234.50", "CHF")),
        ("eating out 1 234,50", Wish("eating out", "1 234,50", None)),
        ("groceries off", Wish("groceries", None, None)),
        ("groceries EUR off", Wish("groceries", None, "EUR")),
        ("groceries off EUR", Wish("groceries", None, "EUR")),
        ("off", Wish("", None, None)),
        ("groceries", None),
        ("300 groceries please", None),
        ("300 groceries", None),
        ("", None),
    ],
)
def test_what_people_write_is_read(text: str, wish: Wish | None) -> None:
    """A category, an amount, a currency; or that there is to be none any more."""
    assert read_wish(text) == wish


def test_a_category_is_known_by_its_beginning() -> None:
    """When only one has it."""
    assert [category_of(words, KNOWN) for words in ("Groceries", "eat", "", "all")] == [
        "groceries",
        "eating out",
        "",
        "",
    ]
    for words in ("tra", "e", "food"):
        with pytest.raises(NoCategory):
            category_of(words, KNOWN)


@pytest.mark.parametrize("amount", ["0", "-5", "abc", "1e9", "999999999999999999", "", "9" * 400])
def test_an_amount_that_is_none_is_refused(amount: str) -> None:
    """In words that tell what works."""
    with pytest.raises(NoAmount):
        budget_of("", amount, "EUR")


@pytest.mark.parametrize("currency", [None, "", "ZZZ", "EURO"])
def test_a_currency_must_be_one(currency: str | None) -> None:
    """One that is money somewhere."""
    with pytest.raises(NoCurrency):
        budget_of("", "5", currency)


def test_three_decimals_are_decimals_only_where_the_currency_has_them() -> None:
    """Elsewhere they are thousands."""
    assert budget_of("", "1.250", "kwd").amount == Decimal("1.250")
    assert budget_of("", "1.250", "EUR").amount == 1250
