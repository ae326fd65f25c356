"""Receipts of 44 countries, in the words of their tills: the day, the total, the currency, tax, cash and change."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from core.extraction.offline import extract
from core.ports import Hints
from core.receipt import Line, Reading, Receipt
from tests.core.extraction.receipts_of_the_world import WORLD, Printed

HINTS = Hints(today=date(2024, 6, 30))


def read(printed: Printed) -> Receipt:
    """Return what is read from the lines of an invented receipt, without boxes."""
    return extract(Reading(lines=tuple(Line(text=text) for text in printed.text.split("|"))), HINTS)


def amount(text: str | None) -> Decimal | None:
    """Return an expected amount."""
    return None if text is None else Decimal(text)


@pytest.mark.parametrize("printed", WORLD, ids=lambda printed: printed.place)
def test_a_receipt_is_read_in_the_language_of_its_country(printed: Printed) -> None:
    """What is printed comes out, and what is not stays None."""
    found = read(printed)
    said = (found.bought_on, found.total, found.currency, found.tax, found.cash, found.change)
    amounts = (amount(printed.tax), amount(printed.cash), amount(printed.change))
    assert said == (date.fromisoformat(printed.day), Decimal(printed.total), printed.currency, *amounts)


@pytest.mark.parametrize("printed", [one for one in WORLD if one.change], ids=lambda printed: printed.place)
def test_change_that_came_back_means_cash(printed: Printed) -> None:
    """Whatever the word for cash is."""
    assert read(printed).payment_method == "cash"
