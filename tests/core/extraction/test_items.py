"""Line items of invented receipts, in the layouts that tills have, and what is none."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.core.extraction.pages import receipt


def bought(text: str) -> list[tuple[str, str]]:
    """Return names and prices of the line items of a page."""
    return [(item.description, str(item.total)) for item in receipt(text).items]


def counts(text: str) -> list[tuple[str, str]]:
    """Return quantities and unit prices of the line items of a page."""
    return [(str(item.quantity), str(item.unit_price)) for item in receipt(text).items]


LANGUAGES = {
    "German": (
        """
Biomarkt Lindenblatt
Artikel  Menge  EUR
Vollkornbrot  3,49 A
Apfelsaft trüb  1,99 B
2 x 1,25
Joghurt Heidelbeere  2,50 A
SUMME  7,98
Bar  10,00
Rückgeld  2,02
""",
        ["Vollkornbrot", "Apfelsaft trüb", "Joghurt Heidelbeere"],
        ["3.49", "1.99", "2.50"],
    ),
    "French": (
        """
Le Petit Fournil
DESIGNATION  QTE  P.U.  MONTANT
Croissant  3  1,10  3,30
Menu du jour  2  14,50  29,00
TOTAL HT  29,36
TVA 10%  2,94
TOTAL TTC  32,30
CB  32,30
""",
        ["Croissant", "Menu du jour"],
        ["3.30", "29.00"],
    ),
    "Spanish": (
        """
Bar La Esquina
CANT  DESCRIPCION  PRECIO  IMPORTE
2  Caña  1,80  3,60
3  Croquetas  1,50  4,50
BASE IMPONIBLE  7,36
I.V.A. 10%  0,74
TOTAL  8,10
""",
        ["Caña", "Croquetas"],
        ["3.60", "4.50"],
    ),
    "Italian": (
        """
Trattoria da Gino
2 X COPERTO  4,00
ACQUA NAT.  2,50
RAVIOLI BURRO E SALVIA  11,00
SUBTOTALE  17,50
SCONTO  -1,75
TOTALE EURO  15,75
di cui IVA  1,43
""",
        ["COPERTO", "ACQUA NAT", "RAVIOLI BURRO E SALVIA"],
        ["4.00", "2.50", "11.00"],
    ),
    "Polish": (
        """
Sklep Pod Kasztanem
Chleb razowy  1 x 5,20  5,20C
Masło ekstra  2 x 7,49  14,98C
Woda gazowana 1,5l  3 x 2,15  6,45A
PTU A 23%  1,21
PTU C 5%  0,96
SUMA PLN  26,63
""",
        ["Chleb razowy", "Masło ekstra", "Woda gazowana 1,5l"],
        ["5.20", "14.98", "6.45"],
    ),
    "Dutch": (
        """
Bakkerij De Molen
2  Bolus  0,95  1,90
1  Brood  3,15  3,15
SUBTOTAAL  5,05
TOTAAL  5,05
BTW 9%  4,63  0,42  5,05
""",
        ["Bolus", "Brood"],
        ["1.90", "3.15"],
    ),
    "Indonesian": (
        """
Warung Bu Tini
2 Nasi Goreng  25.000  50.000
1 Es Jeruk    12.000
Subtotal  62.000
PB1 10%  6.200
Total  68.200
Tunai  70.000
Kembali  1.800
""",
        ["Nasi Goreng", "Es Jeruk"],
        ["50000", "12000"],
    ),
    "Turkish": (
        """
Yildiz Market
EKMEK %1  *12,50
DETERJAN %20  *89,00
TOPKDV  *14,95
TOPLAM  *101,50
""",
        ["EKMEK %1", "DETERJAN %20"],
        ["12.50", "89.00"],
    ),
    "Portuguese": (
        """
Padaria Estrela
3  Pastel  1,20  3,60
1  Galao  1,50  1,50
TOTAL  5,10
Entregue  10,00
Troco  4,90
IVA 13%  4,51  0,59  5,10
""",
        ["Pastel", "Galao"],
        ["3.60", "1.50"],
    ),
    "Russian": (
        """
ООО Ромашка
Хлеб ржаной  1 x 45.50  45.50
Молоко 3,2%  2 x 79.90  159.80
Сыр 0.345 кг x 780.00  269.10
ИТОГ  474.40
НДС 10%  43.13
""",
        ["Хлеб ржаной", "Молоко 3,2%", "Сыр"],
        ["45.50", "159.80", "269.10"],
    ),
    "Japanese": (
        """
さくら商店
おにぎり鮭  150
緑茶 2点  @130  260
小計  410
消費税 8%  32
合計  442
""",
        ["おにぎり鮭", "緑茶 2点"],
        ["150", "260"],
    ),
    "Kinyarwanda": (
        """
Ikawa House Ltd
Umugati  1x 1,200  1,200.00B
Amata  2x 900  1,800.00B
Icyayi  1x 1,500  1,500.00A
TOTAL  4,500.00
TOTAL A-EX  1,500.00
TOTAL B-18.00%  3,000.00
TOTAL TAX B  457.63
CASH  5,000.00
""",
        ["Umugati", "Amata", "Icyayi"],
        ["1200.00", "1800.00", "1500.00"],
    ),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_items_are_read_in_many_languages(language: str) -> None:
    """Names and prices stand between the heads of the columns and the sum, whatever these are called."""
    text, names, prices = LANGUAGES[language]
    assert bought(text) == list(zip(names, prices, strict=True))


def test_a_head_of_columns_is_no_item() -> None:
    """`Item  Qty  S/Price` names nothing that was bought, though a price stands in the row under it."""
    text = """
Kedai Maju
Item  Qty  S/Price  Amount
1187  1  80.00  80.00
LADDER 6FT
1190  2  1.50  3.00
NAILS (PER PACK) - 5.00
Total  83.00
"""
    assert bought(text) == [("LADDER 6FT", "80.00"), ("NAILS (PER PACK)", "3.00")]


def test_a_head_of_columns_is_known_through_slips() -> None:
    """`Iten  Qty  S/Price  Arnount` is a head, too; a price is not tied to it."""
    text = """
Kedai Bunga
Iten  Qty.  S/Price Arnount
80.00
ROSES WHITE
Total  80.00
"""
    assert bought(text) == [("ROSES WHITE", "80.00")]


def test_a_dish_that_sounds_like_a_head_is_an_item() -> None:
    """`Coke` is a letter from code, and `Rice` from price."""
    assert [name for name, _ in bought("\nDiner\nCoke  2.00\nRice  3.00\nTotal  5.00\n")] == ["Coke", "Rice"]


def test_a_name_under_its_price_is_found() -> None:
    """Where no name is left under the last price, prices belong to the names over them; here to those under them."""
    text = """
Handy Stores
1 x  7.50
Extension cord
2 x 3.25  6.50
Light bulb
Total  14.00
"""
    assert bought(text) == [("Extension cord", "7.50"), ("Light bulb", "6.50")]


def test_prices_on_the_left_belong_to_the_words_after_them() -> None:
    """Tills that write from the right print the price first."""
    text = """
Shuk Cafe
12.00 Falafel plate
8.50 Hummus
4.00 Mint tea
24.50 Total
30.00 Cash
5.50 Change
"""
    assert bought(text) == [("Falafel plate", "12.00"), ("Hummus", "8.50"), ("Mint tea", "4.00")]


def test_sums_of_groups_are_no_items() -> None:
    """`Food` and `Bar` after what was eaten and drunk repeat it."""
    text = """
Harbor Tavern
1 Fish and chips  14.00
2 Pale ale  12.00
1 Cola  3.00
Food  14.00
Bar  15.00
Subtotal  29.00
Tax  2.61
Total  31.61
"""
    assert [name for name, _ in bought(text)] == ["Fish and chips", "Pale ale", "Cola"]


def test_what_is_called_like_a_sum_may_be_bought() -> None:
    """A counted row is an item though it has a word of the total, the card or the tip in its name."""
    text = """
Corner Grill
1 Grande Salad  8.00
1 Delivery Charge  3.00
2 Lemonade  5.00
Subtotal  16.00
Tax  1.28
Total  17.28
"""
    assert bought(text) == [("Grande Salad", "8.00"), ("Delivery Charge", "3.00"), ("Lemonade", "5.00")]


def test_weights_and_counts_over_or_under_a_name_belong_to_it() -> None:
    """`0,345 kg x 2,99` is how much was bought, and no item."""
    text = """
Frutas del Sol
Tomate rama
0,345 kg x 2,99 EUR/kg  1,03
2 x 1,25
Yogur natural  2,50
Bolsa  0,10
TOTAL  3,63
"""
    assert [name for name, _ in bought(text)] == ["Tomate rama", "Yogur natural", "Bolsa"]
    assert counts(text)[:2] == [("0.345", "2.99"), ("2", "1.25")]


def test_codes_are_no_part_of_a_name() -> None:
    """Bar codes before and after the name, and articles' numbers in a cell of their own, are left out."""
    text = """
Home Plus
4006381333931 Marker black  2.49
Marker red 4006381333948  2.49
HX2201  Folding chair  19.90
Total  24.88
"""
    assert [name for name, _ in bought(text)] == ["Marker black", "Marker red", "Folding chair"]


def test_a_name_over_two_rows_is_one_name() -> None:
    """Where each item begins with a count, a row without one goes on with the name above it."""
    text = """
Thai Corner
1 Fried noodles with
prawns and basil  13.50
1 Green curry  12.00
1 Jasmine rice  3.00
Total  28.50
"""
    assert bought(text)[0] == ("Fried noodles with prawns and basil", "13.50")


def test_signs_of_a_currency_are_no_part_of_a_name() -> None:
    """Codes and signs before or after the price go with it."""
    text = """
Oasis Cafe
1 Lentil soup  AED 18.00
2 Karak tea  10.00 kr
Apfelschorle à  4.50 CHF
Total  32.50
"""
    assert [name for name, _ in bought(text)] == ["Lentil soup", "Karak tea", "Apfelschorle"]


def test_what_comes_after_the_total_is_no_item() -> None:
    """Payment, points, vouchers and the table of taxes follow the total."""
    text = """
Drogerie Enzian
Seife  1,95
Shampoo  3,45
SUMME EUR  5,40
VISA  5,40
MwSt  Netto  Steuer  Brutto
19%  4,54  0,86  5,40
Treuepunkte  54
Gutschein nächster Einkauf  2,00
"""
    assert bought(text) == [("Seife", "1.95"), ("Shampoo", "3.45")]


def test_whole_amounts_without_separators_are_prices() -> None:
    """A page that writes `60000` has its prices in the column of the total."""
    text = """
Burger Siang
4  Keju Ganda  60000
1  Kentang  15000
NET SALES  75000
TAX  7500
AMOUNT DUE  82500
"""
    assert bought(text) == [("Keju Ganda", "60000"), ("Kentang", "15000")]


def test_the_column_that_adds_up_is_the_price() -> None:
    """Behind the amounts a column of taxes may stand; the one before it comes to the total."""
    text = """
Depot Nord
Schrauben  8.00  0.48
Leiter  80.00  4.80
Haken  4.50  0.27
Total  92.50
"""
    assert bought(text) == [("Schrauben", "8.00"), ("Leiter", "80.00"), ("Haken", "4.50")]


def test_a_modifier_without_a_price_is_no_item() -> None:
    """`+ no onion` tells how the item over it is made, with nothing or with nought behind it."""
    text = """
Corner Grill
1 Cheeseburger  9.50
- no onion  0.00
+ extra napkins
2 Lemonade  5.00
Total  14.50
"""
    assert bought(text) == [("Cheeseburger", "9.50"), ("Lemonade", "5.00")]


def test_an_item_knows_how_many_were_bought() -> None:
    """Count and unit price come from the row, from the row under the name and from the row over it."""
    text = """
Corner Shop
3  Postcard  1.20  3.60
Notebook
2 x 4.50  9.00
Total  12.60
"""
    assert [item.quantity for item in receipt(text).items] == [Decimal(3), Decimal(2)]


def test_what_a_unit_costs_is_no_price() -> None:
    """`1,80 EUR/kg` is told beside the weight, with or without the sum."""
    text = """
Frutas del Sol
1,250 kg
Platano  2,25
1,80 EUR/kg
Pan  1,00
TOTAL  3,25
"""
    assert bought(text) == [("Platano", "2.25"), ("Pan", "1.00")]


def test_a_refund_has_its_minus_behind_the_amount() -> None:
    """Tills print `2.00- H`: less than nothing, with the letter of its tax."""
    assert ("Bottle return", "-2.00") in bought("\nMart\nMilk  3.00 H\nBottle return  2.00- H\nTotal  1.00\n")


def test_a_sum_without_words_ends_the_items() -> None:
    """A bare amount that is the sum of what stands over it is no price for the thanks under it."""
    text = "\nBar Azul\n2 Copa  4,00\n1 Tapa  2,50\n1 Pan  0,50\n1 Cafe  1,20\n8.20\nGRACIAS POR SU VISITA\n"
    assert [name for name, _ in bought(text)] == ["Copa", "Tapa", "Pan", "Cafe"]


def test_two_of_the_same_with_one_free_are_two_items() -> None:
    """The second coffee is no sum of the first, though the total after the discount is the same."""
    text = "\nCafe\nCoffee  2.00\nCoffee  2.00\nDISCOUNT  -2.00\nTotal  2.00\n"
    assert len(bought(text)) == 2


def test_a_short_name_beside_a_currency_is_no_count() -> None:
    """`2 Cola` counts two colas, though a currency stands with its price."""
    assert bought("\nKiosk\n2 Cola  5,00 EUR\n1 Keks  1,20 EUR\nSumme  6,20 EUR\n") == [
        ("Cola", "5.00"),
        ("Keks", "1.20"),
    ]


def test_a_unit_price_in_the_name_is_multiplied_by_the_count_under_it() -> None:
    """A name that ends in what one costs has its price in the row of code, count and amount under it."""
    text = """
Hillside Wholesale
Rice sack 20KG  @42.50
9555000111222 *3  127.50 ZR
Chili powder  6.40
9555000111223 *5  32.00 ZR
Net total  159.50
"""
    assert bought(text) == [("Rice sack 20KG", "127.50"), ("Chili powder", "32.00")]


def test_columns_of_count_and_unit_price_show_that_a_sum_is_a_name() -> None:
    """What is called a total is bought where count and unit price stand before its price."""
    text = """
Granite Grocers
Iced tea  1  19.64  19.64
Total cereal  2  29.20  58.40
Sub-Total  78.04
Tax 5%  3.90
Grand Total  81.94
"""
    assert bought(text) == [("Iced tea", "19.64"), ("Total cereal", "58.40")]


def test_litres_are_no_price() -> None:
    """How much was tanked is no amount of money, though it is written like one."""
    text = """
Green Hill Fuel
Diesel
28.40L  1.550/L  44.02
TOTAL  44.02
"""
    assert bought(text) == [("Diesel", "44.02")]


def test_a_count_read_as_a_letter_is_no_part_of_a_name() -> None:
    """Where rows begin with a count, a lone `I` or `l` at their head is a one."""
    text = """
Saffron House
1 Chicken korma  9.75
I Lamb thali  15.75
2 Plain naan  5.80
Total  31.30
"""
    assert bought(text) == [("Chicken korma", "9.75"), ("Lamb thali", "15.75"), ("Plain naan", "5.80")]


def test_what_is_added_stays_apart_from_an_instruction_over_it() -> None:
    """Where items are counted, a price with a plus belongs to its own words, not to a note over them."""
    text = """
Corner Deli
1 Ham roll  7.20
Toast both sides
+ Blue cheese  0.95
1 Pea soup  4.85
Total  13.00
"""
    assert bought(text)[1] == ("+ Blue cheese", "0.95")


def test_a_sum_that_is_taken_off_and_put_on_again_is_no_item() -> None:
    """Carrying a sum over from one part of a bill to the next changes nothing."""
    text = """
Station Inn
2x SOUP  4.30  8.60
Gnocchi  7.40
-FOOD  16.00-
Carried over  16.00
SUBTOTAL  16.00
"""
    assert bought(text) == [("SOUP", "8.60"), ("Gnocchi", "7.40")]


def test_a_currency_between_two_amounts_calls_neither_the_total() -> None:
    """Columns in which each amount has its currency behind it are unit price and price."""
    text = """
Mavi Lokanta
Simit  1  303,05 TL  303,05 TL
Ayran  2  20,79 TL  41,58 TL
TOPLAM  344,63 TL
"""
    assert bought(text) == [("Simit", "303.05"), ("Ayran", "41.58")]


def test_regular_prices_and_what_a_card_saved_are_no_items() -> None:
    """Groceries print under an item what it costs without the card, and what that saves."""
    text = """
Hilltop Grocery
Salted almonds  8.00 F
RegPrice 11.50  CardSav 3.50
Dish soap  3.25 T
RegPrice 4.75  CardSav 1.50
TOTAL  11.25
"""
    assert bought(text) == [("Salted almonds", "8.00"), ("Dish soap", "3.25")]


def test_a_card_slip_over_the_receipt_is_no_item() -> None:
    """What was charged is printed first on some receipts, and is not bought once more."""
    text = """
Sunny Foods
Purchase $  3.05
VISA  #XXXXXXXXX4711
Raisin loaf  1.60 F
Green pear  1.20 F
Reusable sack  0.25 F
BALANCE DUE  3.05
"""
    assert [name for name, _ in bought(text)] == ["Raisin loaf", "Green pear", "Reusable sack"]


def test_goods_without_a_name_of_their_own_are_items() -> None:
    """A till without names numbers them."""
    text = """
Blue Yarrow
Item 1  10.00
Item 2  20.00
TOTAL  30.00
"""
    assert bought(text) == [("Item 1", "10.00"), ("Item 2", "20.00")]


def test_what_is_called_like_a_sum_or_a_tax_is_bought_amid_the_items() -> None:
    """Most of its label is another word, and items follow."""
    text = """
Blue Yarrow
Cash box  14.80
Tax guide 2026  6.00
Total body wash  4.00
TOTAL  24.80
"""
    assert [name for name, _ in bought(text)] == ["Cash box", "Tax guide 2026", "Total body wash"]
    assert not receipt(text).taxes


def test_a_tax_under_the_items_is_no_item() -> None:
    """It is counted once."""
    text = """
Bluebird Cab
FARE  22.04
EXTRAS  3.00
AIRPORT TAX  1.00
TIP  5.21
TOTAL  31.25
"""
    assert bought(text) == [("FARE", "22.04"), ("EXTRAS", "3.00")]
    assert receipt(text).tax == Decimal("1.00")


def test_a_tax_among_the_items_does_not_end_them() -> None:
    """Hotels print it under the room."""
    text = """
Loon Lake Lodge
Room  100.00
HST  13.00
Parking  16.00
Total  129.00
"""
    assert bought(text) == [("Room", "100.00"), ("Parking", "16.00")]
