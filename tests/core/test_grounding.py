"""Where a figure that somebody else read is printed: found in any spelling, and never where it is not."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from core.grounding import Print, same_name
from core.receipt import Line, Reading


def printed(*lines: str, second: tuple[str, ...] = ()) -> Print:
    """Return what is printed in these lines."""
    return Print(Reading(lines=tuple(Line(text=text) for text in lines), second=second))


@pytest.mark.parametrize(
    ("line", "amount"),
    [
        ("TOTAL 28.70", "28.70"),
        ("TOTAL 28,70 EUR", "28.7"),
        ("SUMME 1.234,50", "1234.50"),
        ("Total RM 2B.7O", "28.70"),
        ("TOTAL l2.S0", "12.50"),
        ("28 70", "28.70"),
        ("2870", "28.70"),
        ("DISCOUNT -3.00", "3.00"),
        ("75.000", "75000"),
    ],
)
def test_an_amount_is_found_as_it_is_printed(line: str, amount: str) -> None:
    """In any way of writing, with letters that look like figures, or with its point lost."""
    assert printed("CORNER", line).amount(Decimal(amount)) == (1,)


@pytest.mark.parametrize("line", ["TOTAL 28.71", "TOTAL 23.70", "item 2870 x", "28:70", "Solo 1O"])
def test_another_amount_is_not_it(line: str) -> None:
    """One figure read for another is never assumed."""
    assert printed(line).amount(Decimal("28.70")) is None


def test_what_only_the_second_reader_saw_is_not_printed() -> None:
    """It may be just what is to be checked."""
    assert printed("CORNER", second=("TOTAL 28.70",)).amount(Decimal("28.70")) is None


@pytest.mark.parametrize("line", ["Date 03/04/2026", "04.03.26 12:11", "2026-03-04", "4 March 2026", "O3/O4/2026"])
def test_a_date_is_found_in_any_order(line: str) -> None:
    """Whether day or month is first is for others to say."""
    assert printed("x", line).day(date(2026, 3, 4)) == (1,)


def test_another_date_is_not_it() -> None:
    """Not even one day beside it."""
    assert printed("Date 03/04/2026").day(date(2026, 3, 5)) is None


@pytest.mark.parametrize("name", ["Corner Bakery", "CORNER BAKERY LTD", "Corner Bakary Ltd", "corner-bakery"])
def test_a_name_is_found_with_a_slip_and_over_two_lines(name: str) -> None:
    """As OCRs read names, and printers break them."""
    assert printed("CORNER BAKERY", "LTD", "TOTAL 3.00").name(name) is not None


def test_a_name_that_is_nowhere_is_not_found() -> None:
    """However plausible it is."""
    assert printed("CORNER BAKERY", "TOTAL 3.00").name("Central Garage") is None


def test_names_are_the_same_but_for_a_slip_or_an_ending() -> None:
    """And short ones must be whole."""
    assert same_name("Corner Bakery", "CORNER BAKERY SDN BHD")
    assert same_name("Comer Bakery", "Corner Bakery")
    assert not same_name("Aldi", "Lidl")
    assert not same_name("", "Lidl")
