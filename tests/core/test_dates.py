"""Printed dates: spellings, due dates, and whether the day or the month comes first."""

from datetime import date

import pytest

from core.extraction.dates import DatesFound, find_dates
from core.ports import Hints
from core.receipt import Box, Line, Reading

TODAY = date(2026, 6, 30)


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
        ("17.03.24", date(2024, 3, 17)),
        ("17Mar'24 6:22PM", date(2024, 3, 17)),
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


def test_an_empty_reading_has_no_dates() -> None:
    """No lines, no dates, no evidence."""
    assert read() == DatesFound()
