"""The currency of invented receipts: printed, shared by several countries, told by words and places, or not known."""

from __future__ import annotations

import pytest

from core.checks import SURE_CURRENCY
from core.extraction.currency import find_currency
from core.extraction.tax_rates import currencies_of_rates
from core.receipt import Evidence, Line, Reading


def read(printed: str, home: str | None = None) -> tuple[str | None, Evidence]:
    """Return the currency in lines without boxes, which a stroke parts."""
    return find_currency(
        Reading(lines=tuple(Line(text=text.strip()) for text in printed.split("|"))), (home,) if home else ()
    )


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("Summe 12,50 €", "EUR"),
        ("TOTAL RM12.50", "MYR"),
        ("Total Rp 75.000", "IDR"),
        ("IGITERANYO 4,500 Frw", "RWF"),
        ("Total KSh 1,200.00", "KES"),
        ("JUMLA TSh 12,000", "TZS"),
        ("Total UGX 35,000", "UGX"),
        ("Total R 129.90 | VAT 15%", "ZAR"),
        ("Do zapłaty 12,50 zł", "PLN"),
        ("Celkem 125,00 Kč", "CZK"),
        ("Összesen 1 250 Ft", "HUF"),
        ("Общо 12,50 лв", "BGN"),
        ("TOTAL 12,50 LEI", "RON"),
        ("TOPLAM 125,00 TL", "TRY"),
        ("ИТОГ 125.00 руб", "RUB"),
        ("РАЗОМ 125,00 грн", "UAH"),
        ("Tổng cộng 125.000đ", "VND"),
        ("รวม ฿125.00", "THB"),
        ("Total ₱125.00", "PHP"),
        ("Total R$ 12,50", "BRL"),
        ("Total S/ 12.50", "PEN"),
        ("TOTAL CLP 12.500", "CLP"),
        ("Ukupno 1.250,00 RSD", "RSD"),
        ("סה״כ 125.00 ₪", "ILS"),
        ("합계 12,500원", "KRW"),
    ],
)
def test_a_sign_or_code_at_an_amount_is_the_currency(printed: str, code: str) -> None:
    """Each country's own sign decides, and surely."""
    found, why = read(f"CORNER SHOP | {printed}")
    assert found == code
    assert why.confidence is not None
    assert why.confidence >= 0.9
    assert why.lines


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("Fairview, OH 44126 | Sales Tax $0.80 | Total $10.80", "USD"),
        ("14 Elm St, Tulsa OK | Total $10.80", "USD"),
        ("Ph (918) 555-0100 | Total $10.80", "USD"),
        ("Ph (416) 555-0199 | Total $10.80", "CAD"),
        ("Ocean Rd, Kelowna BC V1Y 1A1 | Total $10.80", "CAD"),
        ("George St, Dubbo NSW 2830 | Total $10.80", "AUD"),
        ("GST incl. $1.00 | Total $11.00", "AUD"),
        ("Total $23.00 | includes GST of $3.00", "NZD"),
        ("Subtotal $40.00 | GST $3.60 | Total $43.60", "SGD"),
        ("Subtotal $40.00 | GST $2.00 | Total $42.00", "CAD"),
        ("NZBN 9429000000000 | Total $10.80", "NZD"),
        ("UEN 201912345K | Total $10.80", "SGD"),
        ("統一編號 12345678 | 總計 $108", "TWD"),
        ("港幣 $108 | 八達通", "HKD"),
        ("RUT 76.123.456-7 | Providencia, Santiago | Total $9.000", "CLP"),
        ("NIT 900.123.456-1 | Medellín | Total $9.000", "COP"),
        ("CUIT 30-12345678-9 | IVA 21% | Total $9.000", "ARS"),
        ("RNC 101-00000-1 | ITBIS $18.00 | Total $118.00", "DOP"),
        ("Nanjing Road, Shanghai | Total ¥90.00", "CNY"),
        ("Tel +86 21 5555 0100 | Total ¥90", "CNY"),
        ("上海市 | 合计 ¥90 | 微信支付", "CNY"),
        ("領収書 番号 12 | 合計 ¥900", "JPY"),
        ("3-1 Dogenzaka, Shibuya, Tokyo | Total ¥900", "JPY"),
        ("HST 13% $1.30 | Total $11.30", "CAD"),
        ("ABN 12 345 678 901 | GST 10% $1.00 | Total $11.00", "AUD"),
        ("Quiet Cafe Pte Ltd | GST 9% $0.90 | Total $10.90", "SGD"),
        ("Av. Juárez 4, Puebla, México | RFC ABC010203XY1 | Total $110.00", "MXN"),
        ("Kvitto | Varav moms 25% | Att betala 125 kr", "SEK"),
        ("Kvittering | Herav mva 25% | Å betale 125 kr", "NOK"),
        ("Heraf moms 25% | Dankort 125 kr", "DKK"),
        ("合計 ¥1,250 | お釣り ¥0", "JPY"),
        ("合计 ¥12.50 | 找零 ¥0.00", "CNY"),
        ("GSTIN 22AAAAA0000A1Z5 | Total Rs 1,250.00", "INR"),
        ("Galle Road, Colombo | Total Rs 1,250.00", "LKR"),
        ("Mall Road, Lahore | Total Rs. 1,250.00", "PKR"),
        ("Tel +250 788 000 111 | Total 12,500", "RWF"),
        ("www.corner-shop.co.nz | Total $11.50", "NZD"),
        ("BTW nr NL123456789B01 | Totaal 12,50", "EUR"),
        ("Y-tunnus 1234567-8 | Yhteensä 12,50", "EUR"),
        ("Jalan Cempaka 3, Taman Melati | Total 12.50", "MYR"),
    ],
)
def test_a_sign_of_several_countries_is_decided_by_the_rest(printed: str, code: str) -> None:
    """Taxes, places, telephone numbers, web addresses and the language tell whose dollar or crown it is."""
    assert read(f"CORNER SHOP | {printed}")[0] == code


@pytest.mark.parametrize("words", ["Cashier: BOB", "CLOTH 2.50 MT", "AMD FAN"])
def test_what_is_no_amount_is_no_currency(words: str) -> None:
    """A name, a measure."""
    assert read(f"CORNER SHOP | {words} | Total 9.00")[0] is None


def test_a_companys_form_before_its_number_is_no_currency() -> None:
    """BHD is Bahrain's dinar, too; the form itself tells Malaysia."""
    assert read("CORNER SHOP | QUIET HILL SDN BHD 100200 | Total 9.00")[0] == "MYR"


@pytest.mark.parametrize("item", ["BLUEBERRY USA 170GM", "CANADA DRY 330ML", "LONDON BROIL STEAK", "TAU SAR BUN (S)"])
def test_a_countrys_word_inside_an_item_is_none(item: str) -> None:
    """What is bought may come from anywhere; no other word says where it was sold."""
    assert read(f"CORNER SHOP | {item} | 2 x 4.50 9.00 | Total 9.00")[0] is None


def test_an_item_from_afar_does_not_outweigh_the_address() -> None:
    """A shop in Malaysia sells American fruit in ringgit."""
    assert read("Jalan Cempaka 3 | 53100 Kuala Lumpur | BLUEBERRY USA 170GM 9.90 | Total 9.90")[0] == "MYR"


def test_the_accounts_own_dollar_is_taken_where_nothing_else_tells() -> None:
    """A bare $ is the account's own dollar, and is told as unsure, with the others as rivals."""
    found, why = read("CORNER SHOP | Total $9.00", home="AUD")
    assert found == "AUD"
    assert why.confidence is not None
    assert why.confidence < 0.9
    assert "USD" in why.rivals


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("Calle Sierpes 12 | 41001 Sevilla | Total 9,00", "EUR"),
        ("Via Roma 3 | 50123 Firenze FI | Totale 9,00", "EUR"),
        ("14 Elm St | Tulsa OK | Total 9.00", "USD"),
        ("Kigali | TIN 101234567 | TOTAL 9,000", "RWF"),
        ("P.O. Box 12, Eldoret Kenya | TOTAL 900.00", "KES"),
        ("ul. Prosta 1 | 00-001 Warszawa | 9,00", "PLN"),
        ("Quay Road, Kowloon. Hong Kong | Total 9.00", "HKD"),
        ("info@corner.com.au | Total 9.00", "AUD"),
    ],
)
def test_a_place_tells_the_currency_where_no_sign_is_printed(printed: str, code: str) -> None:
    """A large city, a state or a country in the address, or a country's web address."""
    assert read(f"CORNER SHOP | {printed}")[0] == code


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("гр. Пловдив | ЕИК 123456789 | 10.05.2026 | Обща сума 33.20", "EUR"),
        ("гр. Пловдив | ЕИК 123456789 | Обща сума 33.20", "EUR"),
        ("гр. Пловдив | 10.05.2024 | Обща сума 33.20", "BGN"),
        ("гр. Пловдив | 10.05.2026 | Обща сума 33.20 лв", "BGN"),
        ("Zadar | 10.05.2026 | Ukupno 33,20", "EUR"),
    ],
)
def test_a_country_that_took_the_euro_pays_in_it_since_then(printed: str, code: str) -> None:
    """What is printed counts first, then the year."""
    assert read(f"CORNER SHOP | {printed}")[0] == code


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("Marrakech | Thé 50,00 | Total TTC DH | 145,00", "MAD"),
        ("Fès | TVA 20% | Total TTC 145,00 DH", "MAD"),
        ("Dubai | Tea 45.00 | Total Dhs | 145.00", "AED"),
        ("Tunis | Brik 20,000 | Total TTC DT | 24,500", "TND"),
        ("Montevideo RUT 211122330019 | TOTAL $U | 1.250,00", "UYU"),
        ("г. Алматы | ИТОГО 14 500 тг", "KZT"),
        ("Asunción RUC 80012233-4 | TOTAL Gs. | 145.000", "PYG"),
        ("NIT 1023344 | TOTAL Bs | 145.00", "BOB"),
        ("Maracaibo, Venezuela | TOTAL Bs. 145,00", "VES"),
        ("NIT 1023344 | TOTAL Q145.00", "GTQ"),
        ("Main Street, Killarney, Co. Kerry | Total 23.40", "EUR"),
        ("Casello Orte | Pedaggio 8,40 | Totale 8,40", "EUR"),
    ],
)
def test_a_sign_and_a_place_beat_words_that_several_countries_print(printed: str, code: str) -> None:
    """French tax words stand in Morocco and Tunisia, Russian ones in Kazakhstan."""
    assert read(f"CORNER SHOP | {printed}")[0] == code


@pytest.mark.parametrize("words", ["Server: DH", "KS 12 DT", "Cashier DT"])
def test_initials_are_no_dirham_and_no_dinar(words: str) -> None:
    """A waiter's, or a drive-through's."""
    assert read(f"CORNER SHOP | {words} | Total 9.00")[0] is None


@pytest.mark.parametrize(
    "printed",
    [
        *("Server: Austin", "Cashier: Paris", "Trattoria Firenze", "Paris Street", "MADISON", "Tel 6505550100"),
        *("TOYOTA", "Tyre, fitted", "BANAN"),
    ],
)
def test_a_name_that_a_city_bears_too_is_no_address(printed: str) -> None:
    """People, shops, goods and streets are called like cities; ten figures in a run may be anything."""
    assert read(f"CORNER SHOP | {printed} | Total 9.00")[0] is None


@pytest.mark.parametrize(
    ("printed", "code", "others"),
    [
        ("Total $9.00", "USD", ("CAD", "AUD", "MXN")),
        ("Total ¥900", "JPY", ("CNY",)),
        ("Total 125 kr", "SEK", ("NOK", "DKK", "ISK")),
        ("Tax invoice | GST $1.00 | Total $9.90", "CAD", ("AUD", "NZD", "SGD")),
        ("Gracias por su compra | Total $90.00", "MXN", ("COP", "CLP", "ARS")),
    ],
)
def test_a_sign_of_several_countries_alone_is_a_guess(printed: str, code: str, others: tuple[str, ...]) -> None:
    """The likeliest is told so unsurely that it is asked about, with the next ones as answers."""
    found, why = read(f"CORNER SHOP | {printed}")
    assert (found, why.rivals) == (code, others)
    assert why.confidence is not None
    assert why.confidence < SURE_CURRENCY


def test_the_accounts_own_sign_is_not_asked_about() -> None:
    """Home has it, or another of the currencies that it is known to spend in."""
    for known in (("USD",), ("AUD",), ("EUR", "CAD")):
        found, why = find_currency(Reading(lines=(Line(text="SHOP"), Line(text="Total $9.00"))), known)
        assert found == known[-1]
        assert why.confidence is not None
        assert why.confidence >= SURE_CURRENCY


def test_the_accounts_own_currency_is_not_put_in_for_one_that_was_not_printed() -> None:
    """No sign, no word, no place: None, never the home currency."""
    assert read("CORNER SHOP | Milk 1.20 | Total 1.20", home="AUD")[0] is None


@pytest.mark.parametrize("row", ["a" * 20_000 + " Paris", "Paris St " * 3_000, "1 " * 10_000 + "Paris"])
def test_a_row_as_long_as_a_page_is_looked_through_at_once(row: str) -> None:
    """No place stands there as in an address; a PDF can have such a line."""
    assert read(f"SHOP | {row} | Total 1.20")[0] is None


def test_a_tax_that_fits_two_countries_tells_none() -> None:
    """An item may be called a total, too: then it is asked."""
    found = currencies_of_rates(["Total 11.00", "Total A 6.67", "GST 1.00"])
    assert found == frozenset()
