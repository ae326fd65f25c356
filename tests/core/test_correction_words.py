"""What a reply corrects, as people write it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from core.correction_values import LINE_ITEM, RECEIPT, TAX_LINE
from core.correction_words import read_correction
from core.corrections import SeveralTaxes, corrected
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
    assert read_correction(text) == (field, value)


@pytest.mark.parametrize(
    "text", ["that is wrong", "no that is wrong", "total", "hello", "item 0 4.20", "remove it", ""]
)
def test_what_names_no_field_corrects_nothing(text: str) -> None:
    """It is told what works."""
    assert read_correction(text) is None


def test_each_field_that_a_page_corrects_is_corrected_here_too() -> None:
    """By its own name, or the one that the chat has for it."""
    names = {"bought_on": "date", "due_on": "due", "payment_method": "paid with"}
    assert {field: read_correction(f"{names.get(field, field)} X") for field in RECEIPT} == {
        field: (field, "X") for field in RECEIPT
    }
    for word, lines, parts in (("item", "items", LINE_ITEM), ("tax", "taxes", TAX_LINE)):
        said = {part: read_correction(f"{word} 1 {part.replace('_', ' ')} X") for part in parts}
        assert said == {part: (f"{lines}.0.{part}", "X") for part in parts}


def test_the_only_tax_is_meant_where_no_number_is_said() -> None:
    """Of several, one must be named."""
    one, other = (TaxLine(label=name, amount=Decimal(1)) for name in ("A", "B"))
    assert corrected(Receipt(taxes=(one,)), "taxes", "3.00").taxes[0].amount == Decimal("3.00")
    assert corrected(Receipt(taxes=(one,)), "taxes", "").taxes == ()
    with pytest.raises(SeveralTaxes, match="one of several taxes"):
        corrected(Receipt(taxes=(one, other)), "taxes", "3.00")


def test_a_line_that_is_added_has_its_words_and_its_amount() -> None:
    """As the page adds it."""
    field, value = read_correction("add item Rye bread 4.20") or ("", "")
    assert corrected(Receipt(), field, value).items == (LineItem(description="Rye bread", total=Decimal("4.20")),)
