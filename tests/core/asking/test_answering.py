"""Answers from a real PostgreSQL: the figure, how it was found, and nobody else's receipts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

import psycopg
import pytest

from core.accounts import Account, TelegramUser
from core.adapters.wiring import Stores
from core.asked_query import Ask, Query
from core.asking.told import Told
from core.ports import Filed, State
from core.receipt import LineItem, Receipt

TODAY = date(2026, 10, 18)
MARCH = {"since": date(2026, 3, 1), "until": date(2026, 3, 31)}
NUMBERS = count(1)


def item(description: str, total: str | None = None, quantity: str | None = None) -> LineItem:
    """Return a line item."""
    return LineItem(
        description=description,
        total=Decimal(total) if total else None,
        quantity=Decimal(quantity) if quantity else None,
    )


async def spent(stores: Stores, account: Account, day: str, total: str | None, **facts: Any) -> Filed:
    """File a read receipt."""
    bought_on = date.fromisoformat(day)
    opened = await stores.ledger.open(account.id, "photo", f"asked {next(NUMBERS)}", bought_on)
    waiting = await stores.ledger.find(account.id, opened)
    assert waiting is not None
    given = {"merchant": "Shop", "currency": "EUR", "category": "groceries", **facts}
    receipt = Receipt(bought_on=bought_on, total=Decimal(total) if total else None, **given)
    read = replace(waiting, state=State.READ, receipt=receipt, version=None)
    await stores.ledger.save(read, None)
    return read


async def told(stores: Stores, account: Account, ask: Ask, **facts: Any) -> Told:
    """Return the answer to a query."""
    return await stores.answering.answer(account, Query(ask, **facts), TODAY)


@pytest.fixture
async def shopper(stores: Stores, account: Account) -> Account:
    """Give an account with receipts of two months, in two currencies, and another account's beside them."""
    latte = (item("Latte Macchiato", "3.50", "1"), item("Croissant", "2.00"))
    beans = (item("KAFFEEBOHNEN 500G", "8.99"), item("Milch", "1.19"), item("Milka Schokolade", "1.49"))
    await spent(stores, account, "2026-03-02", "5.50", merchant="Corner Café", category="eating out", items=latte)
    await spent(stores, account, "2026-03-05", "11.67", merchant="LIDL", items=beans)
    await spent(
        stores, account, "2026-03-31", "7.00", merchant="Lidl Österreich", items=(item("2 Coffees", None, "2"),)
    )
    await spent(stores, account, "2026-03-09", "20.00", merchant="Coffee House", category="eating out")
    await spent(
        stores, account, "2026-03-10", "4.25", merchant="Diner", currency="USD", items=(item("COFFEE", "4.25"),)
    )
    await spent(stores, account, "2026-03-11", None, merchant="Lidl")
    await spent(
        stores, account, "2026-04-01", "99.00", merchant="Shell", category="fuel", items=(item("coffee", "2.50"),)
    )
    other = await stores.accounts.of(TelegramUser(8, "Eve"))
    await spent(stores, other, "2026-03-03", "666.00", merchant="Lidl", items=(item("coffee", "666.00"),))
    return account


async def test_an_item_is_added_up_from_line_items(stores: Stores, shopper: Account) -> None:
    """In any language, plural and kind, each currency apart; merchants of that name are told apart."""
    found = await told(stores, shopper, Ask.TOTAL, **MARCH, item="coffee")
    assert found.lines == ("You spent €12.49 and $4.25 on “coffee” in March 2026.",)
    assert found.how == (
        "4 line items with “coffee” on 4 receipts: 2 Coffees, COFFEE, KAFFEEBOHNEN 500G and Latte Macchiato.",
        "1 of them has no price and is left out.",
        "Currencies are never added up.",
        "Counted apart: 1 receipt of merchants with “coffee” in their name (Coffee House), €20.00 in all.",
    )


async def test_milk_is_not_milka(stores: Stores, shopper: Account) -> None:
    """A short word is not the beginning of others."""
    assert (await told(stores, shopper, Ask.TOTAL, item="milk")).lines == ("You spent €1.19 on “milk”.",)


async def test_an_item_that_is_a_merchant_is_told_as_one(stores: Stores, shopper: Account) -> None:
    """And that no line item has it."""
    found = await told(stores, shopper, Ask.TOTAL, item="shell", since=date(2026, 1, 1))
    assert found.lines == ("You spent €99.00 at Shell since Jan 1, 2026.",)
    assert found.how[0] == "No line item has “shell”."


async def test_a_merchant_is_found_in_every_spelling(stores: Stores, shopper: Account) -> None:
    """What has no total is said to be left out."""
    found = await told(stores, shopper, Ask.TOTAL, **MARCH, merchant="lidl")
    assert found.lines == ("You spent €18.67 at LIDL and Lidl Österreich in March 2026.",)
    assert found.how == (
        "Added up from 2 receipts in March 2026.",
        "Merchants with “lidl” in their name: LIDL and Lidl Österreich.",
        "1 more receipt has no total and is left out.",
    )


@pytest.mark.parametrize(
    ("ask", "facts", "line"),
    [
        (Ask.TOTAL, {"categories": ("eating out",)}, "You spent €25.50 on eating out."),
        (Ask.TOTAL, {**MARCH}, "You spent €44.17 and $4.25 in March 2026."),
        (Ask.COUNT, {**MARCH, "merchant": "lidl"}, "You have 3 receipts at LIDL and Lidl Österreich in March 2026."),
        (Ask.COUNT, {"item": "coffee"}, "You bought “coffee” 5 times, on 5 receipts."),
        (Ask.AVERAGE, {"categories": ("eating out",)}, "You spent €12.75 a receipt on average on eating out."),
        (
            Ask.AVERAGE,
            {**MARCH, "item": "coffee"},
            "You spent €6.24 and $4.25 a line item on average on “coffee” in March 2026.",
        ),
        (
            Ask.MONTHLY,
            {"since": date(2026, 1, 1), "until": date(2026, 4, 30), "merchant": "Shell"},
            "You spent €24.75 a month on average at Shell from Jan 1, 2026 to Apr 30, 2026.",
        ),
        (Ask.MONTHLY, {"categories": ("eating out",)}, "You spent €3.19 a month on average on eating out."),
        (
            Ask.TOP_MERCHANT,
            {**MARCH},
            "Most at Coffee House: €20.00. Then LIDL: €11.67; Lidl Österreich: €7.00; Corner Café: €5.50.",
        ),
        (Ask.TOP_CATEGORY, {}, "Most on fuel: €99.00. Then eating out: €25.50; groceries: €18.67."),
        (Ask.TOP_MERCHANT, {"item": "coffee"}, "Most “coffee” at LIDL: €8.99. Then Corner Café: €3.50; Shell: €2.50."),
        (Ask.LARGEST, {}, "Largest: €99.00 at Shell on Apr 1, 2026."),
        (Ask.SMALLEST, {"merchant": "lidl"}, "Smallest: €7.00 at Lidl Österreich on Mar 31, 2026."),
        (Ask.LATEST, {"merchant": "lidl"}, "Latest: €7.00 at Lidl Österreich on Mar 31, 2026."),
        (Ask.FIRST, {}, "First: €5.50 at Corner Café on Mar 2, 2026."),
        (Ask.LATEST, {"item": "milk"}, "Last: Milch, €1.19, at LIDL on Mar 5, 2026."),
        (Ask.FIRST, {"item": "coffee"}, "First: Latte Macchiato, €3.50, at Corner Café on Mar 2, 2026."),
        (Ask.LARGEST, {"item": "coffee", **MARCH}, "Dearest: KAFFEEBOHNEN 500G, €8.99, at LIDL on Mar 5, 2026."),
        (Ask.LIST, {"categories": ("fuel",)}, "You have 1 receipt on fuel."),
        (Ask.TOTAL, {"item": "caviar", **MARCH}, "I found nothing with “caviar” in March 2026."),
        (Ask.TOTAL, {"merchant": "Harrods"}, "I found no receipts at “Harrods”."),
        (Ask.LARGEST, {"since": date(2020, 1, 1), "until": date(2020, 12, 31)}, "I found no receipts in 2020."),
        (Ask.TOTAL, {"since": date(2026, 3, 9), "until": date(2026, 3, 9)}, "You spent €20.00 on Mar 9, 2026."),
        (Ask.TOTAL, {"until": date(2026, 3, 3)}, "You spent €5.50 up to Mar 3, 2026."),
        (
            Ask.TOTAL,
            {"item": "coffee", "merchant": "lidl", **MARCH},
            "You spent €8.99 on “coffee” at “lidl” in March 2026.",
        ),
        (Ask.TOTAL, {"item": "!!!", **MARCH}, "You spent €44.17 and $4.25 in March 2026."),
    ],
)
async def test_each_question_has_its_figure(
    stores: Stores, shopper: Account, ask: Ask, facts: dict[str, Any], line: str
) -> None:
    """The first line answers."""
    assert (await told(stores, shopper, ask, **facts)).lines[0] == line


async def test_superlatives_name_receipts_to_open(stores: Stores, shopper: Account) -> None:
    """Those that come close too, of each currency apart; none of another account's."""
    found = await told(stores, shopper, Ask.LARGEST, **MARCH)
    assert found.lines == (
        "Largest: €20.00 at Coffee House on Mar 9, 2026.",
        "Largest: $4.25 at Diner on Mar 10, 2026.",
    )
    assert [str(slip.total) for slip in found.slips] == ["20.00", "11.67", "7.00", "4.25"]
    assert found.how == ("Looked for among 6 receipts in March 2026.",)


async def test_figures_are_written_for_the_accounts_locale(stores: Stores, shopper: Account) -> None:
    """As the summary writes them."""
    german = replace(shopper, language="de")
    found = await told(stores, german, Ask.TOTAL, **MARCH, merchant="lidl")
    assert "18,67\xa0€" in found.lines[0]
    assert "März 2026" in found.lines[0]


async def test_deleted_receipts_do_not_count(stores: Stores, account: Account) -> None:
    """Neither as a sum nor by their line items."""
    gone = await spent(stores, account, "2026-03-02", "5.50", items=(item("Latte", "3.50"),))
    found = await stores.ledger.find(account.id, gone.id)
    assert found is not None
    await stores.ledger.save(replace(found, state=State.DELETED), None)
    assert "nothing" in (await told(stores, account, Ask.TOTAL, item="latte")).lines[0]
    assert "no receipts" in (await told(stores, account, Ask.LATEST)).lines[0]


@pytest.mark.parametrize(
    "words", ["%", "_", "'; drop table receipts; --", "\\", "\0coffee", "{}", "%s", "x" * 4000, "\ud800"]
)
async def test_hostile_words_are_words(stores: Stores, shopper: Account, words: str) -> None:
    """They find nothing of anybody, and change nothing."""
    for facts in ({"item": words}, {"merchant": words}, {"item": words, "merchant": words}):
        found = await told(stores, shopper, Ask.TOTAL, **facts)
        assert "666" not in " ".join([*found.lines, *found.how])
    assert (await told(stores, shopper, Ask.COUNT)).lines == ("You have 7 receipts.",)


async def test_a_line_item_without_a_price_counts_where_no_price_is_asked_for(stores: Stores, shopper: Account) -> None:
    """And it is said that it has none."""
    found = await told(stores, shopper, Ask.COUNT, **MARCH, item="coffee")
    assert found.how[1] == "1 of them has no price."


async def test_it_is_said_when_not_all_receipts_were_looked_at(
    stores: Stores, shopper: Account, owner_url: str
) -> None:
    """Beside the figure, for it is not the whole one."""
    async with await psycopg.AsyncConnection.connect(owner_url, autocommit=True) as connection:
        await connection.execute(
            "insert into receipts (account_id, source, photo, sent_on, state, total, currency, receipt, named)"
            " select %s, 'many ' || n, 'p', '2026-03-03', 'read', 1, 'EUR',"
            """ '{"items": [{"description": "Espresso", "total": "1.00"}]}', 'espresso'"""
            " from generate_series(1, 2001) n",
            [shopper.id],
        )
    found = await told(stores, shopper, Ask.TOTAL, **MARCH, item="espresso")
    assert found.lines[1] == "Only the latest 2,000 receipts with such words were looked at. Ask for a shorter time."


async def test_a_category_of_one_s_own_without_receipts_is_asked_for_as_an_item(
    stores: Stores, shopper: Account
) -> None:
    """What was bought before the category was made is still found; a default category stays what it is."""
    found = await told(stores, shopper, Ask.TOTAL, categories=("coffee",), **MARCH)
    assert found == await told(stores, shopper, Ask.TOTAL, item="coffee", **MARCH)
    assert not (await told(stores, shopper, Ask.TOTAL, categories=("gifts",), **MARCH)).is_found
