"""Printed dates: spellings, due dates, and whether the day or the month comes first."""

from datetime import date

import pytest

from core.checks import SURE_DATE
from core.extraction.dates import DatesFound, find_dates
from core.ports import Hints
from core.receipt import Box, Line, Reading

TODAY = date(2026, 6, 30)
FRESH = Hints(today=date(2026, 11, 27), home_currency="RWF")


def read(*texts: str, hints: Hints | None = None) -> DatesFound:
    """Return the dates in lines without boxes."""
    return find_dates(Reading(lines=tuple(Line(text=text) for text in texts)), hints or Hints(today=TODAY))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Date: 2024-03-17", date(2024, 3, 17)),
        ("17/03/2024 18:22", date(2024, 3, 17)),
        ("17/03/202418:22", date(2024, 3, 17)),
        ("2024/03/1718:22:09", date(2024, 3, 17)),
        ("20240317 1822", date(2024, 3, 17)),
        ("17.03.24/18:22", date(2024, 3, 17)),
        ("17.03.24", date(2024, 3, 17)),
        ("17Mar'24 6:22PM", date(2024, 3, 17)),
        ("Mar172024", date(2024, 3, 17)),
        ("17/03/'24", date(2024, 3, 17)),
        ("I7/03/2024", date(2024, 3, 17)),
        ("17/03/20Z4", date(2024, 3, 17)),
        ("R6年3月17日", date(2024, 3, 17)),
        ("Ngày 17 tháng 3 năm 2024", date(2024, 3, 17)),
        ("2024 m. kovo 17 d.", date(2024, 3, 17)),
        ("2024. gada 17. marts", date(2024, 3, 17)),
        ("2024. március 17.", date(2024, 3, 17)),
        ("17 березня 2024", date(2024, 3, 17)),
        ("17 септември 2024", date(2024, 9, 17)),
        ("17. srpnja 2024.", date(2024, 7, 17)),
        ("17 Nyakanga 2024", date(2024, 7, 17)),
        ("17 Machi 2024", date(2024, 3, 17)),
        ("17 مارس 2024", date(2024, 3, 17)),
        ("17 במרץ 2024", date(2024, 3, 17)),
        ("MAR 17, 2024", date(2024, 3, 17)),
        ("Sun Mar 17 18:22:09 2024", date(2024, 3, 17)),
        ("Sunday, 17th of March 2024", date(2024, 3, 17)),
        ("17 de marzo de 2024", date(2024, 3, 17)),
        ("17. März 2024", date(2024, 3, 17)),
        ("17 août 2024", date(2024, 8, 17)),
        ("17 Ağustos 2024", date(2024, 8, 17)),
        ("17 марта 2024", date(2024, 3, 17)),
        ("2024年3月17日", date(2024, 3, 17)),
        ("令和6年3月17日", date(2024, 3, 17)),
        ("17 มี.ค. 2567", date(2024, 3, 17)),
        ("วันที่ 17/03/2567", date(2024, 3, 17)),
        ("Date 20240317 18:22", date(2024, 3, 17)),
        ("Date: l7/O3/2024", date(2024, 3, 17)),
        ("17 / 03 / 2024", date(2024, 3, 17)),
        ("Tgl. 17-03-2024", date(2024, 3, 17)),
    ],
)
def test_a_date_is_read_in_many_spellings(text: str, day: date) -> None:
    """Each spelling gives the same calendar day."""
    assert read("CORNER SHOP", text).bought_on == day


@pytest.mark.parametrize(
    "text",
    [
        "Tel 01.42.36.12.34",
        "12 Mar 18:54",
        "Order 20240317",
        "1.50.25",
        "31/02/2024",
        "Valid until 31/12/2024",
        "Card expires 12/10/25",
        "Member since 01/02/2019",
        "IP 192.168.10.20",
        "Umtausch bis 12.03.2024",
        "Échange avant le 12/03/2024",
        "Devoluciones hasta 12/03/2024",
        "Öppet köp till 2024-03-12",
        "Zwrot do 12.03.2024",
        "Обмен до 12.03.2024",
        "Zamjena do 12.03.2024",
        "有効期限 2024年3月12日",
        "교환기한 2024-03-12",
        "Warranty until 12/03/2026",
        "Pack 12-12/72",
    ],
)
def test_what_is_no_day_of_purchase_is_not_taken_for_one(text: str) -> None:
    """Telephone numbers, times, codes, days that do not exist and expiry dates give None."""
    assert read("CORNER SHOP", text).bought_on is None


def test_a_due_date_is_told_from_the_date_of_the_invoice() -> None:
    """Both dates of an invoice are found, each under its own name."""
    found = read("Rechnung", "Rechnungsdatum: 03.02.2025", "Fällig am 17.02.2025")
    assert (found.bought_on, found.due_on) == (date(2025, 2, 3), date(2025, 2, 17))


def test_a_due_date_alone_is_no_day_of_purchase() -> None:
    """Nothing is invented: the invoice's own date was not printed."""
    found = read("Invoice 77", "Payable by 17 Feb 2025")
    assert (found.bought_on, found.due_on) == (None, date(2025, 2, 17))


def test_dates_under_a_table_head_take_their_names_from_it() -> None:
    """The words above a date count when nothing stands in front of it."""
    words = (("Invoice date", 10, 10), ("Due date", 200, 10), ("03/02/2025", 10, 35), ("17/02/2025", 200, 35))
    lines = tuple(
        Line(text=text, box=Box(left=left, top=top, right=left + 100, bottom=top + 18)) for text, left, top in words
    )
    found = find_dates(Reading(lines=lines, pages=((400, 600),)), Hints(today=TODAY))
    assert (found.bought_on, found.due_on) == (date(2025, 2, 3), date(2025, 2, 17))


def test_the_month_comes_first_beside_an_american_address() -> None:
    """A state with its ZIP code decides 03/04 for March 4."""
    assert read("JOE'S DINER", "Austin, TX 78701", "03/04/2024 1:15 PM").bought_on == date(2024, 3, 4)


def test_the_day_comes_first_where_the_currency_says_so() -> None:
    """Euros decide 03/04 for 3 April."""
    assert read("Bäckerei Moll", "03/04/2024 13:15", "Summe EUR 4,20").bought_on == date(2024, 4, 3)


def test_another_date_with_a_part_over_twelve_decides_the_order() -> None:
    """One date that makes sense in one order only settles the others."""
    found = read("SHOP", "Date: 03/04/2024 1:15 PM", "Return by 04/18/2024")
    assert found.bought_on == date(2024, 3, 4)


def test_an_order_that_cannot_be_known_gives_low_confidence_and_the_other_day() -> None:
    """Both days are offered when nothing on the receipt tells them apart."""
    found = read("SHOP", "03/04/2024")
    why = found.evidence["bought_on"]
    days = {found.bought_on and found.bought_on.isoformat(), *why.rivals}
    assert days == {"2024-03-04", "2024-04-03"}
    assert why.confidence is not None
    assert why.confidence < 0.9


def test_the_accounts_home_helps_where_the_receipt_is_silent() -> None:
    """An American account reads 03/04 as March 4."""
    american = Hints(today=TODAY, language="en-US", home_currency="USD")
    assert read("SHOP", "03/04/2024", hints=american).bought_on == date(2024, 3, 4)


def test_a_day_in_the_future_is_not_believed_when_the_other_order_lies_in_the_past() -> None:
    """On 30 June 2026 a receipt of 5/7/2026 is of May 7."""
    assert read("SHOP", "5/7/2026").bought_on == date(2026, 5, 7)


def test_the_evidence_names_the_line() -> None:
    """The line of the chosen date is told by its index."""
    assert read("SHOP", "Milk 1.20", "17/03/2024 18:22").evidence["bought_on"].lines == (2,)


def test_the_number_of_the_till_is_no_day_until() -> None:
    """A British till above the date or before it says nothing about the date."""
    assert read("CORNER SHOP", "Till 0011", "17/03/2024 18:22").bought_on == date(2024, 3, 17)
    assert read("CORNER SHOP", "Till 11 17/03/2024 18:22").bought_on == date(2024, 3, 17)


def sure(found: DatesFound) -> float:
    """Return how sure the day of purchase is."""
    return found.evidence["bought_on"].confidence or 0.0


def test_a_city_with_its_state_puts_the_month_first() -> None:
    """A state without a ZIP code decides, too, however the prices are written."""
    found = read("PRAIRIE DINER", "12 Elm St", "Springfield IL", "11/02/2026 6:05", "Total 9.00", hints=FRESH)
    assert found.bought_on == date(2026, 11, 2)
    assert sure(found) > SURE_DATE


@pytest.mark.parametrize("place", ["Springfield, IL", "Portland, OR 97201", "Dayton OH"])
def test_american_addresses_put_the_month_first(place: str) -> None:
    """City and state as they are printed, with a comma, with a ZIP code, with neither."""
    assert read("CORNER SHOP", place, "05/04/2024").bought_on == date(2024, 5, 4)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Thursday 07-12-2023", date(2023, 12, 7)),
        ("Wed 07-12-2023", date(2023, 7, 12)),
        ("07.12.2023 18:20 Donnerstag", date(2023, 12, 7)),
        ("mercredi 12/07/2023", date(2023, 7, 12)),
        ("Rabu, 07-12-2023", date(2023, 7, 12)),
        ("2023年12月7日(木)", date(2023, 12, 7)),
    ],
)
def test_the_weekday_beside_it_tells_the_day_from_the_month(text: str, day: date) -> None:
    """Only one order falls on the printed weekday, so no doubt is left."""
    found = read("CORNER SHOP", text)
    assert found.bought_on == day
    assert sure(found) > SURE_DATE


def test_a_weekday_that_does_not_fit_is_a_reason_to_ask() -> None:
    """25 December 2023 was a Monday: one of the figures was misread."""
    assert sure(read("CORNER SHOP", "Friday 25/12/2023 10:15")) < SURE_DATE


def test_a_letter_among_the_figures_is_a_reason_to_ask() -> None:
    """A year like 202o may be 2020 or 2026; it is read, and asked about."""
    found = read("CORNER SHOP", "Date: 25-03-202o")
    assert found.bought_on == date(2020, 3, 25)
    assert sure(found) < SURE_DATE


def test_a_months_name_that_is_a_letter_off_is_read_and_asked_about() -> None:
    """01 Avg 2024 is August 1."""
    found = read("CORNER SHOP", "Date 01 Avg 2024")
    assert found.bought_on == date(2024, 8, 1)
    assert sure(found) < SURE_DATE


def test_an_order_that_is_open_is_asked_with_both_days() -> None:
    """A dollar sign alone says little: the other day is the first choice."""
    found = read("SHOP", "03/04/2024", "Total 9.00")
    assert sure(found) < SURE_DATE
    assert len(found.evidence["bought_on"].rivals) == 1


def test_tomorrow_is_less_likely_than_the_other_order() -> None:
    """On 4 May 2026 a receipt of 05/04/2026 is of 5 April, where nothing else speaks."""
    assert read("SHOP", "05/04/2026", hints=Hints(today=date(2026, 5, 3))).bought_on == date(2026, 4, 5)


def test_two_figures_of_the_year_come_first_where_the_country_writes_so() -> None:
    """Swedish tills print 25-03-20."""
    assert read("BAGERI", "Kvitto", "25-03-20 18:00", "Att betala 125 kr", "Moms 25%").bought_on == date(2025, 3, 20)


def test_the_philippines_write_the_month_first() -> None:
    """The peso decides, although VAT is a word of countries that write the day first."""
    found = read("CARINDERIA", "VAT REG TIN 123-456-789-000", "04-02-2023 15:39", "Total ₱175.00")
    assert found.bought_on == date(2023, 4, 2)


def test_an_empty_reading_has_no_dates() -> None:
    """No lines, no dates, no evidence."""
    assert read() == DatesFound()


@pytest.mark.parametrize(("home", "day"), [("AUD", date(2024, 4, 3)), ("USD", date(2024, 3, 4))])
def test_a_bare_dollar_is_the_accounts_own_and_orders_the_date(home: str, day: date) -> None:
    """An Australian's $ puts the day first, an American's the month."""
    assert read("SHOP", "03/04/2024", "Total $9.00", hints=Hints(today=TODAY, home_currency=home)).bought_on == day


@pytest.mark.parametrize(
    "words", ["TIN 101234567 | SDC ID SDC010000001 | MRC ABC1234", "TPIN 1001234567 | VSDC", "NUIT 400123456"]
)
def test_fiscal_words_of_africa_put_the_day_first(words: str) -> None:
    """Devices of the tax offices there print it so, and name themselves."""
    found = read("GREEN HILL", *words.split(" | "), "05/03/2026", "TOTAL 900.00")
    assert found.bought_on == date(2026, 3, 5)
    assert (found.evidence["bought_on"].confidence or 0) >= SURE_DATE


def test_a_month_that_is_named_tells_what_figures_mean() -> None:
    """The day that was printed twice, once in words, is sure; a weekday that contradicts takes the words' say."""
    found = read("Printed 05/06/2026", "Wednesday 6 May 2026", "Total £12.50")
    assert found.bought_on == date(2026, 5, 6)
    assert (found.evidence["bought_on"].confidence or 0) >= SURE_DATE
    assert read("Printed 05/06/2026", "Monday 6 May 2026", "Total £12.50").evidence["bought_on"].rivals


@pytest.mark.parametrize("place", ["Quito, Ecuador", "RUC 1790012345001", "San Salvador, El Salvador"])
def test_who_pays_in_dollars_abroad_writes_the_day_first(place: str) -> None:
    """Only the United States write the month first."""
    assert read("CORNER CAFE", place, "04/03/2026", "Total USD 12.50").bought_on == date(2026, 3, 4)
