"""What recurs is told from what happens often."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from core.advice import Month
from core.periods import Period, PeriodKind
from core.ports import Filed, State, Sum
from core.receipt import Category, Receipt
from core.regulars import Candidate, candidates, regular

TODAY = date(2026, 11, 24)
NETFLIX = Candidate("Netflix", "EUR")
FIFTHS = ["2026-09-05", "2026-10-05", "2026-11-05"]


def _filed(day: str, total: str = "10.99", merchant: str = "NETFLIX", currency: str | None = "EUR") -> Filed:
    receipt = Receipt(merchant=merchant, bought_on=date.fromisoformat(day), currency=currency, total=Decimal(total))
    return Filed(UUID(int=1), UUID(int=2), State.READ, "photo", TODAY, receipt)


def _months(*receipts: int) -> list[Month]:
    first = Period(PeriodKind.MONTH, date(2026, 8, 1))
    return [
        Month(first.shifted(place), (Sum("EUR", Category.LEISURE, "Netflix", count, Decimal(11)),) if count else ())
        for place, count in enumerate(receipts)
    ]


def test_what_comes_every_month_says_when_the_next_is_expected() -> None:
    """On the same day of the next month."""
    found = regular(NETFLIX, [_filed(day) for day in FIFTHS], TODAY)
    assert found is not None
    assert (found.times, found.amount, found.before, found.expected) == (3, Decimal("10.99"), None, date(2026, 12, 5))
    assert not found.is_late


def test_a_new_price_is_told_with_the_one_before() -> None:
    """It is nearly the same amount still."""
    found = regular(NETFLIX, [*map(_filed, FIFTHS[:2]), _filed(FIFTHS[2], "12.99")], TODAY)
    assert found is not None
    assert (found.amount, found.before) == (Decimal("12.99"), Decimal("10.99"))


@pytest.mark.parametrize(
    "receipts",
    [
        [_filed(day) for day in FIFTHS[1:]],
        [_filed("2026-11-01"), _filed("2026-11-08"), _filed("2026-11-15")],
        [_filed(FIFTHS[0]), _filed(FIFTHS[1], "50"), _filed(FIFTHS[2])],
        [_filed(FIFTHS[0]), _filed(FIFTHS[1], currency="USD"), _filed(FIFTHS[2])],
        [_filed(FIFTHS[0]), _filed(FIFTHS[1], merchant="Netto"), _filed(FIFTHS[2])],
        [_filed("2026-05-05"), _filed("2026-06-05"), _filed("2026-07-05")],
        [],
    ],
    ids=["twice", "weekly", "amounts", "currencies", "merchants", "long ago", "nothing"],
)
def test_what_does_not_recur_is_not_said_to(receipts: list[Filed]) -> None:
    """Three times, a month apart, at one merchant, for nearly the same amount, until now."""
    assert regular(NETFLIX, receipts, TODAY) is None


def test_what_was_expected_and_did_not_come_is_late() -> None:
    """After five days."""
    found = regular(NETFLIX, [_filed("2026-08-15"), _filed("2026-09-15"), _filed("2026-10-15")], TODAY)
    assert found is not None
    assert (found.expected, found.is_late) == (date(2026, 11, 15), True)


def test_a_month_without_that_day_has_it_on_its_last() -> None:
    """The 31st of November is the 30th."""
    found = regular(NETFLIX, [_filed("2026-08-31"), _filed("2026-09-30"), _filed("2026-10-31")], TODAY)
    assert found is not None
    assert found.expected == date(2026, 11, 30)


def test_candidates_have_one_receipt_in_three_of_four_months() -> None:
    """Shops that are visited often are none."""
    assert candidates(_months(1, 1, 1, 0)) == [NETFLIX]
    assert candidates(_months(0, 1, 1, 0)) == []
    assert candidates(_months(1, 1, 2, 1)) == []
