"""Subtotal, taxes, tip, discount and cash of invented receipts from many countries."""

from __future__ import annotations

from decimal import Decimal

import pytest

from core.proof import proof
from core.total_checks import total_doubts
from tests.core.extraction.pages import page, receipt


def taxes(text: str) -> list[tuple[str | None, str | None, str]]:
    """Return rate, base and amount of each tax of a page."""
    return [
        (None if tax.rate is None else str(tax.rate), None if tax.base is None else str(tax.base), str(tax.amount))
        for tax in receipt(text).taxes
    ]


def test_a_european_table_gives_rate_base_and_tax() -> None:
    """`A 19 %  net  tax  gross` is one tax a row, and none of its figures an item or the total."""
    text = """
Drogerie Enzian
Seife  1,95 A
Brot  3,21 B
SUMME EUR  5,16
MwSt  Netto  Steuer  Brutto
A 19,00%  1,64  0,31  1,95
B 7,00%  3,00  0,21  3,21
"""
    assert taxes(text) == [("19.00", "1.64", "0.31"), ("7.00", "3.00", "0.21")]
    assert receipt(text).total == Decimal("5.16")


def test_a_table_without_percent_signs_is_understood_by_its_sums() -> None:
    """Base, rate and tax whose sum is printed beside them."""
    text = """
Meson Alto
Paella  21,00
Agua  3,00
BASE  %IVA  CUOTA  TOTAL
21,82  10,00  2,18  24,00
TOTAL  24,00
"""
    assert ("10.00", "21.82", "2.18") in taxes(text)


def test_a_tax_before_its_words_and_what_contains_it() -> None:
    """`1.60 VAT 20 %  9.60` tells the tax first and then the sum that contains it."""
    text = """
Tea Rooms
1 Scone  4.80
1 Flat white  4.80
1.60 VAT 20 %  9.60
Total  9.60
"""
    assert [amount for *_, amount in taxes(text)] == ["1.60"]


def test_malaysian_summary_gives_one_tax() -> None:
    """The codes of a GST summary repeat the tax that is printed over the total."""
    text = """
Kedai Maju
LADDER 6FT  80.00 SR
PAINT  3.02 SR
Total Sales (Excluding GST)  83.02
Total GST  4.98
Total Sales (Inclusive of GST)  88.00
GST SUMMARY
Tax Code  %  Amt (RM)  Tax (RM)
SR  6  83.02  4.98
Total  83.02  4.98
"""
    read = receipt(text)
    assert (read.tax, read.subtotal, read.total) == (Decimal("4.98"), Decimal("83.02"), Decimal("88.00"))


def test_rwandan_totals_by_tax_are_no_subtotal() -> None:
    """An EBM till prints the total exempt and taxed by B, and the tax that the prices contain."""
    read = receipt(
        """
Ikawa House Ltd
Umugati  1,200.00B
Amata  1,800.00B
Icyayi  1,500.00A
TOTAL  4,500.00
TOTAL A-EX  1,500.00
TOTAL B-18.00%  3,000.00
TOTAL TAX B  457.63
TOTAL TAX  457.63
CASH  5,000.00
CHANGE  500.00
"""
    )
    assert (read.total, read.tax, read.subtotal) == (Decimal("4500.00"), Decimal("457.63"), None)
    assert read.taxes[0].included
    assert (read.cash, read.change) == (Decimal("5000.00"), Decimal("500.00"))


def test_restaurant_tax_is_no_change() -> None:
    """`Pajak Resto` has a word for change in Spanish; between subtotal and total it is the tax."""
    for label in ("Pajak Resto", "P.Resto 10%", "PB1 10% 10.000% AMOUNT"):
        read = receipt(f"\nWarung\nSate  30.000\nTeh  6.000\nSubtotal  36.000\n{label}  3.600\nTotal  39.600\n")
        assert read.tax == Decimal(3600), label


def test_a_base_called_by_the_tax_is_no_tax() -> None:
    """Beside a rate, what is far more than the rate allows is what was taxed."""
    text = """
Taverne du Port
Menu  € 32,00
Moules  € 28,50
Total  60,50
TVA 21 %  28,50
TVA 12 %  32,00
"""
    assert receipt(text).tax is None


def test_a_rate_glued_to_its_word_is_a_tax() -> None:
    """The OCR prints `GST7%` and `VAT20%` without the blank."""
    read = receipt("\nKopi Corner\nKaya toast  6.00\nKopi  4.00\nSUBTOTAL  10.00\nGST7%  0.70\nTOTAL  10.70\n")
    assert read.tax == Decimal("0.70")
    assert len(read.items) == 2


def test_the_sum_of_the_items_is_the_subtotal_without_its_word() -> None:
    """A row between the last item and the total that repeats what was bought is the subtotal."""
    read = receipt("\nNoodle Bar\nRamen  12.00\nGyoza  6.00\n2 pcs  18.00\nTax 10%  1.80\nTotal  19.80\n")
    assert (read.subtotal, read.tax, len(read.items)) == (Decimal("18.00"), Decimal("1.80"), 2)


def test_subtotal_tax_and_total_that_prove_each_other_are_taken() -> None:
    """Of several amounts called a subtotal, the one that comes to the total with the tax is the receipt's."""
    read = receipt(
        """
Kedai Maju
Item  Qty  S/Price  Amt
LADDER  1  80.00  80.00
NAILS  2  2.00  4.00
Sub Total  84.00
GST 6%  5.04
Total  89.04
"""
    )
    assert (read.subtotal, read.tax, read.total) == (Decimal("84.00"), Decimal("5.04"), Decimal("89.04"))
    assert [str(item.total) for item in read.items] == ["80.00", "4.00"]


def test_a_total_before_the_taxes_is_the_subtotal() -> None:
    """Fuel receipts print the total, the tax of nothing and the total again."""
    read = receipt("\nHill Fuels\nDIESEL TOTAL  $26.09\nTAX  $0.00\nTOTAL  $26.09\n")
    assert (read.subtotal, read.total) == (Decimal("26.09"), Decimal("26.09"))


def test_suggested_tips_are_not_given() -> None:
    """Several tips by percentage under the total are proposed; one above it was paid."""
    till = "\nBlue Door\n1 Omelette  11.00\nTax  0.88\nTotal  11.88\n15% Tip  1.78\n18% Tip  2.14\n20% Tip  2.38\n"
    assert receipt(till).tip is None
    paid = "\nBlue Door\n1 Omelette  11.00\nSubtotal  11.00\nTip  2.00\nTotal  13.00\n"
    assert receipt(paid).tip == Decimal("2.00")


def test_prices_that_contain_the_tax_are_known_by_the_items() -> None:
    """Items that come to the total contain the tax, though net and tax are printed over it."""
    read = receipt("\nLe Fournil\nPain  2,80\nTarte  30,20\nTOTAL HT  30,00\nTVA 10%  3,00\nTOTAL TTC  33,00\n")
    assert read.taxes[0].included


def test_a_sum_of_drinks_is_no_cash() -> None:
    """`Bar` is cash in German and a sum of drinks elsewhere: what is printed over the total was not paid."""
    read = receipt("\nTavern\n1 Pie  14.00\n2 Ale  12.00\nFood  14.00\nBar  12.00\nSubtotal  26.00\nTotal  26.00\n")
    assert read.cash is None


def test_a_discount_and_the_price_after_it_are_told_apart() -> None:
    """On a row with what was taken off and what is left, only the first is a discount."""
    read = receipt("\nApotek\nVitamin  28.60\nDISC  -2.90  25.70\nTOTAL  25.70\n")
    assert read.discount == Decimal("2.90")


def test_words_after_an_amount_tell_what_it_is() -> None:
    """`36.00 Total` and `3.60 VAT 10%` have their words on the right."""
    read = receipt("\nKedai\n1 Sate  20.00\n2 Teh  12.40\n32.40 Subtotal\n3.24 VAT 10%\n35.64 Total\n")
    assert (read.subtotal, read.tax, read.total) == (Decimal("32.40"), Decimal("3.24"), Decimal("35.64"))


def test_a_percentage_under_a_sum_is_no_item() -> None:
    """`Resto 10 %` under the net total is the tax that leads to the total."""
    read = receipt("\nKedai\n1 Sate  20.000\n1 Teh  7.272\nNet Total  27.272\nP.Resto 10%  2.727\nTotal  29.999\n")
    assert (len(read.items), read.subtotal, read.tax) == (2, Decimal(27272), Decimal(2727))


def test_a_table_without_pennies_gives_its_tax() -> None:
    """Rwandan and Hungarian tills print whole amounts: rate, base, tax and their sum."""
    text = """
Resitora Ituze
Ibirayi  11,000
Amata  800
IGITERANYO  11,800
18%  10,000  1,800  11,800
"""
    assert taxes(text) == [("18", "10000", "1800")]


def test_two_taxes_called_alike_are_two() -> None:
    """`Total IVA` of one rate is no sum of the tax of another."""
    read = receipt("\nPadaria\nBica  5,40\nVinho  38,34\nTOTAL  43,74\nTotal IVA  0,31\nIVA 23%  7,17\n")
    assert read.tax == Decimal("7.48")


def test_a_total_before_discounts_is_not_taken_off() -> None:
    """Only what comes after it is."""
    text = """
Maison Claire
Robe  30,00
Jupe  20,00
TOTAL AVANT REMISE  50,00
REMISE  -5,00
TOTAL  45,00
"""
    found = receipt(text)
    assert (found.subtotal, found.discount, found.total) == (Decimal("50.00"), Decimal("5.00"), Decimal("45.00"))


def test_a_coupon_is_taken_off() -> None:
    """Tills write `CPN` for it; it is nothing that was bought."""
    text = """
Linden Foods
Eggs  6.00
Chips  4.00
MFR CPN  -2.00
TOTAL  8.00
"""
    found = receipt(text)
    assert (found.discount, [item.description for item in found.items]) == (Decimal("2.00"), ["Eggs", "Chips"])


def test_savings_told_again_below_the_sum_are_counted_once() -> None:
    """The prices come to the subtotal without what was saved on each."""
    text = """
Fell Stores
Milk  1.45
Cheddar  4.75
  Club Price  -1.25
Wine  9.00
SUBTOTAL  15.20
PROMOTIONS  -1.25
COUPON  -2.00
TOTAL  11.95
"""
    found = receipt(text)
    assert (found.discount, sum(item.total or 0 for item in found.items)) == (Decimal("3.25"), Decimal("15.20"))


@pytest.mark.parametrize("fee", ["Shipping", "Delivery fee", "Versandkosten", "Livraison", "Envío", "Spedizione"])
def test_a_fee_below_the_subtotal_is_a_line_item(fee: str) -> None:
    """It belongs to the sum and is neither a tax nor a tip."""
    text = f"""
Nimbus Outdoor
Lamp  25.00
Rug  15.00
Subtotal  40.00
{fee}  10.00
Tax  5.00
Total  55.00
"""
    found = receipt(text)
    assert (found.subtotal, found.tax, found.tip) == (Decimal("40.00"), Decimal("5.00"), None)
    assert [item.description for item in found.items] == ["Lamp", "Rug", fee]
    assert not list(total_doubts(found, page(text)))


def test_a_subtotal_and_a_fee_prove_the_total_where_no_item_is_printed() -> None:
    """Confirmations of orders often tell the sums alone."""
    text = """
Nimbus Outdoor
Subtotal  40.00
Shipping  10.00
Total  50.00
"""
    shown = proof(receipt(text))
    assert shown is not None
    assert ([term.name for term in shown.terms], shown.holds) == (["subtotal", "fees"], True)


def test_a_service_charge_stays_a_tip() -> None:
    """A restaurant's charge for service goes to who served."""
    text = """
Gilded Heron
Fish  25.00
Soup  15.00
Subtotal  40.00
Service charge 10%  4.00
Total  44.00
"""
    assert receipt(text).tip == Decimal("4.00")


def test_discounts_before_and_after_the_subtotal_are_all_taken_off() -> None:
    """The subtotal is without the first of them, as the items show."""
    text = """
Acorn Foods
Milk  5.00
Bread  6.00
Discount  -1.00
Subtotal  10.00
Discount  -0.40
Total  9.60
"""
    found = receipt(text)
    shown = proof(found)
    assert found.discount == Decimal("1.40")
    assert shown is not None
    assert shown.holds


def test_a_tax_is_named_without_the_brackets_of_its_rate() -> None:
    """`SR (@ 6%)` is called SR."""
    found = receipt("Corner Pub\nBeer  190.00\nTOTAL  190.00\nGST SR (@ 6%) incl.  179.25  10.75")
    assert [tax.label for tax in found.taxes if "(" in tax.label or "@" in tax.label] == []
    assert found.taxes
