"""What a reply corrects, as people write it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from core.correction_values import LINE_ITEM, RECEIPT, TAX_LINE, WrongValue
from core.correction_words import read_corrections
from core.corrections import NoName, SeveralTaxes, corrected, corrected_all
from core.receipt import LineItem, Receipt, TaxLine


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("total 12.50", "total", "12.50"),
        ("change the total to 12.50", "total", "12.50"),
        ("change 5", "change", "5"),
        ("tax 3.00", "taxes", "3.00"),
        ("tax 2 3.00", "taxes.1.amount", "3.00"),
        ("tax 1 rate 8", "taxes.0.rate", "8"),
        ("tip none", "tip", ""),
        ("remove tip", "tip", ""),
        ("Zwischensumme: 9,50", "subtotal", "9,50"),
        ("descuento 1,00", "discount", "1,00"),
        ("mata uang IDR", "currency", "IDR"),
        ("item 2 4.20", "items.1.total", "4.20"),
        ("item 2 Rye bread", "items.1.description", "Rye bread"),
        ("item 12 7up 330ml", "items.11.description", "7up 330ml"),
        ("item #2 quantity 3", "items.1.quantity", "3"),
        ("add item Rye bread 4.20", "items.+", "Rye bread | 4.20"),
        ("remove item 2", "items.1.-", ""),
        ("tax 1 none", "taxes.0.-", ""),
        ("merchant Corner: Café", "merchant", "Corner: Café"),
        ("merchant is Corner Café", "merchant", "Corner Café"),
        ("Merchant: To Go Coffee", "merchant", "To Go Coffee"),
    ],
)
def test_a_field_and_its_value_are_read(text: str, field: str, value: str) -> None:
    """In the order in which people write them, in seven languages."""
    assert read_corrections(text) == {field: value}


@pytest.mark.parametrize(
    "text", ["that is wrong", "no that is wrong", "total", "hello", "item 0 4.20", "remove it", "", "total 1.00\nhello"]
)
def test_what_names_no_field_corrects_nothing(text: str) -> None:
    """It is told what works."""
    assert read_corrections(text) is None


def test_each_field_that_a_page_corrects_is_corrected_here_too() -> None:
    """By its own name, or the one that the chat has for it."""
    names = {"bought_on": "date", "due_on": "due", "payment_method": "paid with"}
    assert {field: read_corrections(f"{names.get(field, field)} X") for field in RECEIPT} == {
        field: {field: "X"} for field in RECEIPT
    }
    for word, lines, parts in (("item", "items", LINE_ITEM), ("tax", "taxes", TAX_LINE)):
        said = {part: read_corrections(f"{word} 1 {part.replace('_', ' ')} X") for part in parts}
        assert said == {part: {f"{lines}.0.{part}": "X"} for part in parts}


def test_the_only_tax_is_meant_where_no_number_is_said() -> None:
    """Of several, one must be named."""
    one, other = (TaxLine(label=name, amount=Decimal(1)) for name in ("A", "B"))
    assert corrected(Receipt(taxes=(one,)), "taxes", "3.00").taxes[0].amount == Decimal("3.00")
    assert corrected(Receipt(taxes=(one,)), "taxes", "").taxes == ()
    with pytest.raises(SeveralTaxes, match="one of several taxes"):
        corrected(Receipt(taxes=(one, other)), "taxes", "3.00")


def test_a_line_that_is_added_has_its_words_and_its_amount() -> None:
    """As the page adds it."""
    said = read_corrections("add item Rye bread 4.20\nadd item Tea 2.00") or {}
    assert corrected_all(Receipt(), said).items == (
        LineItem(description="Rye bread", total=Decimal("4.20")),
        LineItem(description="Tea", total=Decimal("2.00")),
    )


def test_an_item_without_a_name_is_not_added() -> None:
    """It says how to write it; a tax needs no name."""
    said = read_corrections("add item 4.20") or {}
    with pytest.raises(NoName) as refused:
        corrected(Receipt(), "items.+", said["items.+"])
    assert refused.value.sentence == "Please write the item's name, too, as in: add item Rye bread 4.20."
    (tax,) = corrected_all(Receipt(), read_corrections("add tax 3.00") or {}).taxes
    assert (tax.label, tax.amount) == ("Tax", Decimal("3.00"))


def test_each_line_of_a_message_is_a_correction_of_its_own() -> None:
    """Places of lines count in the receipt as it was."""
    assert read_corrections("item 1 4.20\n\ntax 1.00\nremove item 2") == {
        "items.0.total": "4.20",
        "taxes": "1.00",
        "items.1.-": "",
    }


@pytest.mark.parametrize(
    ("said", "name", "price"),
    [
        ("Rye loaf 3.00", "Rye loaf", "3.00"),
        ("Tea 3.00", "Tea", "3.00"),
        ("Rye loaf €3.00", "Rye loaf", "€3.00"),
        ("Coke 0,5l", "Coke 0,5l", None),
        ("Tea 2", "Tea 2", None),
        ("RM 4.20", None, "RM 4.20"),
        ("4.20 kr", None, "4.20 kr"),
    ],
)
def test_an_items_name_and_its_price_are_told_apart(said: str, name: str | None, price: str | None) -> None:
    """Where the last word is an amount with decimals; a currency's word is no name."""
    wanted = {"items.0.description": name, "items.0.total": price}
    assert read_corrections(f"item 1 {said}") == {field: value for field, value in wanted.items() if value}


@pytest.mark.parametrize("taxes", [(), (TaxLine(label="VAT", amount=Decimal(1)),)])
def test_a_taxs_rate_may_stand_before_its_amount(taxes: tuple[TaxLine, ...]) -> None:
    """Of the one tax, or of a first one; alone it leaves the amount as it is."""
    (tax,) = corrected_all(Receipt(taxes=taxes), read_corrections("tax 10% 3.00") or {}).taxes
    assert (tax.rate, tax.amount) == (Decimal(10), Decimal("3.00"))
    (tax,) = corrected(Receipt(taxes=taxes), "taxes", "10%").taxes
    assert (tax.rate, tax.amount) == (Decimal(10), taxes[0].amount if taxes else None)
    assert read_corrections("tax 2 10% 3.00") == {"taxes.1.rate": "10", "taxes.1.amount": "3.00"}


@pytest.mark.parametrize(
    ("written", "code"), [("€", "EUR"), ("£", "GBP"), ("eur", "EUR"), ("RM", "MYR"), ("US$", "USD")]
)
def test_a_currency_may_be_its_sign(written: str, code: str) -> None:
    """Where one country alone has it."""
    assert corrected(Receipt(), "currency", written).currency == code


@pytest.mark.parametrize("written", ["XXX", "XTS", "$", "kr", "Paris", "banana", "ZZZ"])
def test_what_no_country_pays_with_is_no_currency(written: str) -> None:
    """Nor is a sign that several share."""
    with pytest.raises(WrongValue):
        corrected(Receipt(), "currency", written)
