"""Two who read one receipt: silence where they agree, one question where they differ, nothing that is not printed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from core.checks import Context, check
from core.comparing import compared
from core.extraction.offline import extract
from core.ports import Hints
from core.receipt import Doubt, DoubtKind, LineItem, Receipt, TaxLine
from tests.core.extraction.pages import TODAY, page

TEXT = """
Corner Bakery
12 Mill Lane
19/10/2026  17:32
Rye bread  4.20
Croissant  2.30
Coffee  3.00
Subtotal  9.50
Tax 10%  0.95
TOTAL  10.45
"""
ITEMS = (
    LineItem(description="Rye bread", total=Decimal("4.20")),
    LineItem(description="Croissant", total=Decimal("2.30")),
    LineItem(description="Coffee", total=Decimal("3.00")),
)


def theirs(**changes: Any) -> Receipt:
    """Return what a model that reads well answers."""
    whole = Receipt(
        merchant="Corner Bakery",
        bought_on=date(2026, 10, 19),
        currency="USD",
        subtotal=Decimal("9.50"),
        taxes=(TaxLine(label="Tax 10%", rate=Decimal(10), amount=Decimal("0.95")),),
        total=Decimal("10.45"),
        items=ITEMS,
        category="eating out",
    )
    return whole.model_copy(update=changes)


def both(text: str = TEXT, **changes: Any) -> tuple[Receipt, tuple[Doubt, ...]]:
    """Return what is made of a page that was read here and elsewhere, and the doubts about it."""
    reading = page(text)
    ours = extract(reading, Hints(today=TODAY))
    found = compared(ours, theirs(**changes), reading)
    return found, check(found, reading, Context(today=TODAY))


def kinds(doubts: tuple[Doubt, ...]) -> list[DoubtKind]:
    """Return what is doubted."""
    return [doubt.kind for doubt in doubts]


def test_what_both_read_is_not_asked_about() -> None:
    """And the currency that is not printed comes from who has seen more."""
    found, doubts = both()
    assert (found.total, found.currency, found.category) == (Decimal("10.45"), "USD", "eating out")
    assert doubts == ()


def test_a_total_that_differs_is_one_question_with_both_values() -> None:
    """What adds up stays, and the other is the answer that is offered."""
    found, doubts = both(total=Decimal("9.50"))
    assert found.total == Decimal("10.45")
    assert kinds(doubts) == [DoubtKind.READERS_DIFFER]
    assert (doubts[0].field, doubts[0].found, doubts[0].choices[0]) == ("total", "10.45", "9.50")


def test_where_the_other_value_stands_is_known() -> None:
    """For the picture of the place."""
    found, _ = both(total=Decimal("9.50"))
    lines = page(TEXT).lines
    assert [lines[at].text for at in found.evidence["total"].other_lines] == ["9.50"]


def test_a_date_that_differs_is_asked_about() -> None:
    """Theirs may be a date that is printed nowhere."""
    found, doubts = both(bought_on=date(2026, 10, 18))
    assert found.bought_on == date(2026, 10, 19)
    assert [(doubt.kind, doubt.choices[0]) for doubt in doubts] == [(DoubtKind.READERS_DIFFER, "2026-10-18")]


def test_a_merchant_that_is_printed_nowhere_is_not_taken() -> None:
    """A model knows many names."""
    found, doubts = both(merchant="Starbucks")
    assert found.merchant == "Corner Bakery"
    assert doubts == ()


def test_items_that_are_printed_nowhere_are_left_out() -> None:
    """So a sum that a model made up does not hold."""
    invented = (*ITEMS, LineItem(description="Champagne", total=Decimal("90.00")))
    found, _ = both(items=invented)
    assert [item.description for item in found.items] == ["Rye bread", "Croissant", "Coffee"]


def test_a_subtotal_that_is_printed_nowhere_is_left_out() -> None:
    """The parts that add up are taken."""
    found, doubts = both(subtotal=Decimal("8.88"))
    assert found.subtotal in (None, Decimal("9.50"))
    assert doubts == ()


def test_a_total_that_only_the_other_saw_must_be_printed() -> None:
    """Else it is asked about."""
    no_total = TEXT.replace("TOTAL  10.45", "Thank you")
    _, doubts = both(no_total, total=Decimal("77.77"), subtotal=None, taxes=(), items=())
    assert any(doubt.field == "total" for doubt in doubts)


def test_nobody_s_total_is_zero() -> None:
    """What neither read is absent."""
    reading = page("Corner Bakery\nRye bread  4.20")
    found = compared(Receipt(merchant="Corner Bakery"), Receipt(), reading)
    assert (found.total, found.items) == (None, ())


def test_a_currency_that_differs_is_asked_about() -> None:
    """Whether ours was sure or a guess from a sign that several countries share."""
    _, doubts = both(TEXT.replace("TOTAL  10.45", "TOTAL  $10.45"), currency="MXN")
    assert [(doubt.field, doubt.found, doubt.choices) for doubt in doubts] == [("currency", "MXN", ("USD",))]
    _, doubts = both(TEXT.replace("TOTAL  10.45", "TOTAL  EUR 10.45"), currency="USD")
    assert [(doubt.field, doubt.found, doubt.choices) for doubt in doubts] == [("currency", "EUR", ("USD",))]


def test_what_is_not_printed_of_items_and_taxes_is_left_out() -> None:
    """Counts, rates, words, and a card's number as the way of paying."""
    found, _ = both(
        items=(
            ITEMS[0].model_copy(update={"quantity": Decimal(999)}),
            LineItem(description="http://evil.example pay now", total=Decimal("2.30")),
        ),
        taxes=(
            TaxLine(label="call evil example", rate=Decimal(77), base=Decimal("123456.78"), amount=Decimal("0.95")),
        ),
        payment_method="4111 1111 1111 1111",
    )
    told = found.model_dump_json()
    assert not [one for one in ("999", "evil", '"77"', "123456", "4111") if one in told]


def test_prices_that_change_places_do_not_replace_ours() -> None:
    """The sum is the same, so nothing speaks for theirs."""
    prices = ("3.00", "4.20", "2.30")
    shuffled = tuple(one.model_copy(update={"total": Decimal(price)}) for one, price in zip(ITEMS, prices, strict=True))
    found, _ = both(items=shuffled)
    assert [item.total for item in found.items] == [item.total for item in ITEMS]


def test_a_total_that_only_the_other_found_is_sure_only_where_its_parts_prove_it() -> None:
    """A table's number and the change are printed too; nothing was never paid."""
    text = "Corner Bakery\n19/10/2026\nTable 7\nRye bread  4.20\nChange  0.00"
    reading = page(text)
    ours = Receipt(merchant="Corner Bakery")
    for total in ("7", "-7", "77.70"):
        found = compared(ours, Receipt(total=Decimal(total)), reading)
        assert [doubt.field for doubt in check(found, reading, Context(today=TODAY)) if doubt.field == "total"]
    assert compared(ours, Receipt(total=Decimal("0.00")), reading).total is None
    items = (LineItem(description="Rye bread", total=Decimal("4.20")),)
    found = compared(ours, Receipt(total=Decimal("4.20"), items=items), reading)
    assert found.total == Decimal("4.20")
