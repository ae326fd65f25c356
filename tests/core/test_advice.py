"""Advice from figures: what grew, what is unusual, what is owed; and nothing where too little is known."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

from core.advice import Month, Spent, by_currency, doubles, grown, known_months, owed, unusual
from core.periods import Period, PeriodKind
from core.ports import Filed, State, Sum
from core.receipt import Category, Doubt, DoubtKind, Receipt

TODAY = date(2026, 11, 24)
NOVEMBER = Period(PeriodKind.MONTH, date(2026, 11, 1))


def _sum(total: str, category: Category = Category.GROCERIES, receipts: int = 1, merchant: str | None = "Lidl") -> Sum:
    return Sum("EUR", category, merchant, receipts, Decimal(total))


def _history(*months: list[Sum]) -> list[Month]:
    """Return months that end with November."""
    return [Month(NOVEMBER.shifted(place - len(months) + 1), tuple(sums)) for place, sums in enumerate(months)]


def _filed(total: str | None, **facts: object) -> Filed:
    given = {
        "merchant": "Lidl",
        "currency": "EUR",
        "category": Category.GROCERIES,
        "total": total and Decimal(total),
        **facts,
    }
    return Filed(UUID(int=1), UUID(int=2), State.READ, "photo", TODAY, Receipt.model_validate(given))


def test_a_category_grew_when_it_took_a_quarter_more_than_the_average_of_three_months() -> None:
    """With both amounts, and saying that the month is not over."""
    (found,) = grown(_history([_sum("90")], [_sum("100")], [_sum("110")], [_sum("125")]), TODAY)
    assert (found.category, found.now, found.usual, found.so_far) == ("groceries", Decimal(125), Decimal(100), True)


def test_a_little_more_is_no_growth() -> None:
    """Less than a quarter, or little beside all that is spent."""
    assert grown(_history(*[[_sum("100")]] * 3, [_sum("124")]), TODAY) == []
    rent, gum = Category.HOME, Category.OTHER
    months = [[_sum("1000", rent), _sum("1", gum)]] * 3
    assert grown(_history(*months, [_sum("1000", rent), _sum("40", gum)]), TODAY) == []


def test_a_category_that_was_not_there_before_has_grown_from_nothing() -> None:
    """Zero is a figure too."""
    (found,) = grown(_history(*[[_sum("100")]] * 3, [_sum("50", Category.TRAVEL)]), TODAY)
    assert (found.category, found.usual) == ("travel", Decimal(0))


def test_without_receipts_in_each_of_three_months_nothing_is_said_to_grow() -> None:
    """An account that has just begun spends more every month."""
    assert grown(_history([], [_sum("1")], [_sum("1")], [_sum("500")]), TODAY) == []
    assert grown(_history([_sum("1")], [_sum("500")]), TODAY) == []
    assert known_months(_history([], [_sum("1")], [_sum("1")], [_sum("500")])) == 2


def test_what_grew_in_the_last_whole_month_is_told_too() -> None:
    """Unless it grew this month as well."""
    months = _history(*[[_sum("100")]] * 3, [_sum("200")], [_sum("10")])
    (found,) = grown(months, TODAY)
    assert (found.month.key, found.so_far) == ("2026-10", False)
    (found,) = grown(_history(*[[_sum("100")]] * 3, [_sum("200")], [_sum("500")]), TODAY)
    assert found.month == NOVEMBER


def test_a_receipt_is_unusual_beside_those_of_its_merchant() -> None:
    """Two and a half times the average of four or more."""
    (found,) = unusual([_filed("50"), _filed("49")], [_sum("80", receipts=4, merchant="LIDL")])
    assert (found.filed.receipt and found.filed.receipt.total, found.usual, found.is_merchant) == (50, 20, True)
    assert unusual([_filed("500")], [_sum("60", receipts=3)]) == []


def test_at_a_new_merchant_a_receipt_is_unusual_beside_its_category() -> None:
    """Four times the average of ten or more."""
    before = [_sum("200", receipts=10, merchant="Aldi")]
    (found,) = unusual([_filed("80")], before)
    assert (found.place, found.is_merchant, found.receipts) == ("groceries", False, 10)
    assert unusual([_filed("79")], before) == []
    assert unusual([_filed("80", currency="USD")], before) == []


def test_credits_and_receipts_without_a_total_are_never_unusual() -> None:
    """Nor is anything where only credits came before."""
    before = [_sum("80", receipts=4)]
    assert unusual([_filed("-500"), _filed(None)], before) == []
    assert unusual([_filed("500")], [_sum("-80", receipts=4)]) == []


def test_currencies_are_told_apart_and_never_added() -> None:
    """In sums and in bills."""
    dollars = Sum("USD", Category.GROCERIES, None, 3, Decimal(9))
    assert by_currency(_history([_sum("5"), dollars], [_sum("6")])) == [
        Spent("USD", 3, Decimal(9)), Spent("EUR", 2, Decimal(11)),
    ]  # fmt: skip
    assert owed([_filed("5"), _filed("6"), _filed(None)]) == [Spent("EUR", 3, Decimal(11))]


def test_a_possible_double_is_told_until_it_is_settled() -> None:
    """Other doubts are none."""
    double = _filed("5", doubts=(Doubt(kind=DoubtKind.DUPLICATE, field=""),))
    other = _filed("5", doubts=(Doubt(kind=DoubtKind.DATE_MISSING, field="bought_on"),))
    settled = Filed(**{**vars(double), "settled": (DoubtKind.DUPLICATE,)})
    assert doubles([double, other, settled]) == [double]
