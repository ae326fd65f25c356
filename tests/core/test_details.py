"""Kind, number, payment method and category."""

import pytest

from core.extraction.categories import find_category
from core.extraction.details import find_kind, find_number, find_payment_method
from core.receipt import Category, Kind, Line, Reading


def lines(*texts: str) -> Reading:
    """Return a reading of lines without boxes."""
    return Reading(lines=tuple(Line(text=text) for text in texts))


def test_a_bill_that_asks_for_a_transfer_is_an_invoice() -> None:
    """A title, a due date and bank details make an invoice."""
    reading = lines("Otter GmbH", "Rechnung Nr. 2025-118", "Fällig am 17.02.2025", "IBAN DE00 1234", "BIC ABCDEF")
    assert find_kind(reading) is Kind.INVOICE


def test_a_till_slip_headed_tax_invoice_is_a_receipt() -> None:
    """The word invoice alone decides nothing."""
    reading = lines("BLUE HERON SDN BHD", "TAX INVOICE", "Cashier: Ana", "TOTAL 5.50", "CASH 10.00", "CHANGE 4.50")
    assert find_kind(reading) is Kind.RECEIPT


@pytest.mark.parametrize("title", ["CREDIT NOTE", "Gutschrift", "Nota de crédito", "Avoir"])
def test_a_credit_note_is_known_by_its_title(title: str) -> None:
    """In several languages."""
    assert find_kind(lines("Otter Ltd", title, "Total 5.50")) is Kind.CREDIT_NOTE


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Invoice No: INV-2025/0042", "INV-2025/0042"),
        ("Receipt #: 00118887", "00118887"),
        ("Rechnungs-Nr. 2025-118", "2025-118"),
        ("Facture n° FA00123", "FA00123"),
        ("Bon-Nr.: 4471", "4471"),
        ("Chk 7196", "7196"),
        ("Check #37767-8018", "37767-8018"),
        ("Bill No LCS03908", "LCS03908"),
    ],
)
def test_the_number_stands_behind_its_label(text: str, number: str) -> None:
    """Receipts, invoices, bills and checks have numbers."""
    assert find_number(lines("SHOP", text, "TOTAL 5.50")) == number


@pytest.mark.parametrize("text", ["Receipt 17/03/2024", "Bill 12.50", "Tel No: 03-5550 1234", "Check in 14:00"])
def test_what_is_no_number_is_left(text: str) -> None:
    """Dates, amounts, telephones and times are not numbers of receipts."""
    assert find_number(lines("SHOP", text, "TOTAL 5.50")) is None


@pytest.mark.parametrize(
    ("text", "method"),
    [
        ("CASH 10.00", "cash"),
        ("VISA XXXXXXXX1234 5.50", "Visa"),
        ("Paid by: Mastercard", "Mastercard"),
        ("Efectivo 10,00", "cash"),
        ("Kartenzahlung 5,50", "card"),
        ("Apple Pay 5.50", "Apple Pay"),
        ("Credit Card 5.50", "card"),
    ],
)
def test_the_payment_method_is_named(text: str, method: str) -> None:
    """Cash, cards and wallets, by the row that says so."""
    assert find_payment_method(lines("SHOP", "Milk 5.50", "TOTAL 5.50", text)) == method


@pytest.mark.parametrize("text", ["CASH 0.00", "Cashier 12", "Snack bar 5.50", "We accept Visa Mastercard Amex JCB"])
def test_what_only_sounds_like_paying_is_left(text: str) -> None:
    """Nothing paid, or nothing said about paying."""
    assert find_payment_method(lines("SHOP", "Milk 5.50", "TOTAL 5.50", text)) is None


@pytest.mark.parametrize(
    ("merchant", "category"),
    [
        ("ALDI SÜD", Category.GROCERIES),
        ("Shell Tankstelle Nord", Category.FUEL),
        ("Restoran Seri Angsana", Category.EATING_OUT),
        ("Pizzeria da Otto", Category.EATING_OUT),
        ("Farmacia Central", Category.HEALTH),
        ("IKEA Berlin", Category.HOME),
        ("Parkhaus am Markt", Category.TRANSPORT),
        ("Hotel Otter", Category.TRAVEL),
        ("Vodafone GmbH", Category.UTILITIES),
        ("Otter Florist", Category.GIFTS),
        ("Zyx Qrs", Category.OTHER),
    ],
)
def test_the_category_follows_the_merchants_trade(merchant: str, category: Category) -> None:
    """Chains and words for a trade in several languages; what says nothing is OTHER."""
    assert find_category(merchant, lines(merchant, "TOTAL 5.50")) is category


def test_goods_tell_the_trade_when_the_name_does_not() -> None:
    """Litres of unleaded at a pump are fuel."""
    reading = lines("Zyx Qrs", "Pump 3", "Unleaded", "Litres 31.20", "Price/gal 3.59", "TOTAL 48.00")
    assert find_category("Zyx Qrs", reading) is Category.FUEL
