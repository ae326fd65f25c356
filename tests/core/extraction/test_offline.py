"""From rows of text to a receipt: the total among the other amounts, its parts, and the items."""

import time
from contextlib import suppress
from decimal import Decimal

import pytest

from core.errors import NotAReceipt
from core.extraction.offline import extract
from core.ports import Hints
from core.receipt import Box, Line, Reading
from tests.core.extraction.pages import TODAY, page, receipt

LUNCH = """
THE GREEN CORNER
12 Hill Street
2 Soup of the day  9.00
1 Lemon tart  4.50
Subtotal  13.50
VAT 10%  1.35
TOTAL  14.85
Cash  20.00
Change  5.15
"""


def test_the_total_is_neither_cash_nor_change_nor_subtotal() -> None:
    """Larger and smaller amounts around the total are told apart by their words."""
    found = receipt(LUNCH)
    assert (found.subtotal, found.tax, found.total, found.cash, found.change) == tuple(
        Decimal(text) for text in ("13.50", "1.35", "14.85", "20.00", "5.15")
    )


def test_the_rate_of_a_tax_is_read() -> None:
    """A printed percentage is the tax line's rate, and the tax stands apart from the prices."""
    tax = receipt(LUNCH).taxes[0]
    assert (tax.rate, tax.amount, tax.included) == (Decimal(10), Decimal("1.35"), False)


def test_items_have_name_quantity_and_price() -> None:
    """A leading count is the quantity and no part of the name."""
    items = [(item.description, item.quantity, item.total) for item in receipt(LUNCH).items]
    assert items == [
        ("Soup of the day", Decimal(2), Decimal("9.00")),
        ("Lemon tart", Decimal(1), Decimal("4.50")),
    ]


@pytest.mark.parametrize(
    ("word", "amount"),
    [
        ("TOTAL", "48.20"),
        ("Gesamtbetrag", "48,20"),
        ("SOMME À PAYER", "48,20"),
        ("Importe total", "48,20"),
        ("Totale", "48,20"),
        ("Totaal", "48,20"),
        ("RAZEM", "48,20"),
        ("ИТОГО", "48,20"),
        ("合計", "¥4,820"),
        ("JUMLAH", "48.20"),
        ("Igiteranyo", "48,200"),
        ("Amount due", "48.20"),
        ("T0TAI", "48.20"),
    ],
)
def test_the_total_is_called_by_many_names(word: str, amount: str) -> None:
    """The word for the total is known in many languages, and through a slip of the OCR."""
    whole = amount in {"¥4,820", "48,200"}
    first, second = (
        ("¥2,000", "¥2,820") if amount == "¥4,820" else ("20,000", "28,200") if whole else ("20.00", "28.20")
    )
    paid = "100,000" if whole else "100.00"
    found = receipt(f"CORNER\nApples  {first}\nPears  {second}\n{word}  {amount}\nCash  {paid}")
    wanted = {"¥4,820": "4820", "48,200": "48200"}.get(amount, "48.20")
    assert found.total == Decimal(wanted)


def test_a_count_of_items_is_no_total() -> None:
    """`Total items 12` counts; the total is an amount of money."""
    found = receipt("SHOP\nBread  3.00\nMilk  2.00\nTotal items  12\nTOTAL  5.00\nTotal qty  12.00")
    assert found.total == Decimal("5.00")


def test_a_table_of_taxes_does_not_hide_the_total() -> None:
    """The bases and sums in a summary of taxes are no totals."""
    found = receipt(
        "SHOP\nBread  10.60\nTotal incl GST  10.60\nCash  20.00\nChange  9.40\n"
        "GST Summary  Amount  Tax\nSR 6%  10.00  0.60\nTotal  10.00  0.60"
    )
    assert found.total == Decimal("10.60")


def test_the_rounded_total_is_what_was_paid() -> None:
    """Where a rounding stands between two totals, the later one counts."""
    found = receipt("SHOP\nRice  20.02\nTOTAL  20.02\nRounding adj  -0.02\nTotal rounded  20.00\nCash  20.00")
    assert (found.total, found.rounding) == (Decimal("20.00"), Decimal("-0.02"))


def test_a_name_over_its_numbers_is_one_item() -> None:
    """Count, price and sum on the line under the name belong to it."""
    found = receipt("SHOP\nBlue paint\n2  4.00  8.00\nSmall brush\n1  3.00  3.00\nTOTAL  11.00")
    assert [(item.description, item.quantity, item.unit_price, item.total) for item in found.items] == [
        ("Blue paint", Decimal(2), Decimal("4.00"), Decimal("8.00")),
        ("Small brush", Decimal(1), Decimal("3.00"), Decimal("3.00")),
    ]


def test_whole_amounts_are_read_where_no_decimals_are_printed() -> None:
    """Rupiah and yen have thousands, not decimals."""
    found = receipt("WARUNG\nNasi goreng  25.000\nEs teh  5.000\nTOTAL  30.000\nTUNAI  50.000\nKEMBALI  20.000")
    assert (found.total, found.currency, len(found.items)) == (Decimal(30000), "IDR", 2)


def test_a_table_of_taxes_gives_rate_base_and_amount() -> None:
    """German tills print a row for each rate; the arithmetic tells base from tax, and prices contain it."""
    found = receipt(
        "BÄCKEREI\nBrot  4,20 B\nKaffee  3,10 A\nSUMME EUR  7,30\nBar  10,00\nRückgeld  2,70\n"
        "MwSt%  Netto  MwSt  Brutto\nA 19%  2,61  0,49  3,10\nB 7%  3,93  0,27  4,20"
    )
    assert [(tax.rate, tax.base, tax.amount, tax.included) for tax in found.taxes] == [
        (Decimal(19), Decimal("2.61"), Decimal("0.49"), True),
        (Decimal(7), Decimal("3.93"), Decimal("0.27"), True),
    ]


def test_items_go_on_after_a_subtotal_of_a_part() -> None:
    """A receipt in two parts has two subtotals; all its items are found when together they come to the total."""
    found = receipt("SHOP\nBread  3.00\nMilk  2.00\nSubtotal food  5.00\nSoap  4.00\nSubtotal other  4.00\nTOTAL  9.00")
    assert [item.description for item in found.items] == ["Bread", "Milk", "Soap"]


def test_a_measure_stays_in_the_name() -> None:
    """`1,5L` tells how much is in it and is no price."""
    assert receipt("ICA\nMjölk 1,5L  18,90\nBröd  32,00\nTotalt  50,90").items[0].description == "Mjölk 1,5L"


def test_a_bad_tilt_is_settled_by_arithmetic() -> None:
    """Paper that leans more than its lines show still gives the right items."""
    bent = page(LUNCH, 0.04)
    level = tuple(
        line.model_copy(update={"box": line.box.model_copy(update={"tilt": 0.0})}) for line in bent.lines if line.box
    )
    found = extract(bent.model_copy(update={"lines": level}), Hints(today=TODAY))
    assert (found.total, found.subtotal) == (Decimal("14.85"), Decimal("13.50"))


def test_a_discount_is_told_apart_from_items() -> None:
    """What was taken off is no item, and leads from the items to the total."""
    found = receipt("SHOP\nCoat  80.00\nHat  20.00\nSubtotal  100.00\nDiscount 10%  -10.00\nTOTAL  90.00")
    assert (found.discount, found.total, len(found.items)) == (Decimal("10.00"), Decimal("90.00"), 2)


def test_evidence_names_the_line_and_the_rivals() -> None:
    """The total's evidence points at its line, is sure, and names what else it could be."""
    why = receipt(LUNCH).evidence["total"]
    assert page(LUNCH).lines[why.lines[0]].text == "14.85"
    assert why.confidence is not None
    assert why.confidence > 0.9


def test_a_page_without_amounts_is_no_receipt() -> None:
    """A sign or a letter gives a clear answer instead of an invented total."""
    with pytest.raises(NotAReceipt):
        receipt("NO PARKING\nMonday to Friday\n8 to 18")


def test_nothing_read_is_no_receipt() -> None:
    """An empty reading gives the same answer."""
    with pytest.raises(NotAReceipt):
        extract(Reading(), Hints(today=TODAY))


@pytest.mark.parametrize("text", ["9" * 5000, "TOTAL 9" + "9" * 400 + ".00", "1,1 " * 2000, "total " * 3000])
def test_hostile_text_is_done_in_time(text: str) -> None:
    """Hundreds of lines made to be slow are done within seconds."""
    lines = [Line(text=text, box=Box(left=0, top=9 * n, right=500, bottom=9 * n + 8)) for n in range(400)]
    lines.append(Line(text="Total 5.00", box=Box(left=0, top=9000, right=90, bottom=9010)))
    start = time.perf_counter()
    with suppress(NotAReceipt):
        extract(Reading(lines=tuple(lines)), Hints(today=TODAY))
    assert time.perf_counter() - start < 20
