"""Summaries: what is added, what never is, and what it is compared with."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from core.insights import Summary, change, summary_of
from core.periods import read_period
from core.ports import DaySum, Sum
from core.receipt import Category

TODAY = date(2026, 10, 18)
ACCOUNT = UUID(int=1)


class DatedSums:
    """The port Figures over sums that each have a day."""

    def __init__(self, *spent: tuple[date, Sum]) -> None:
        """Begin with these."""
        self.spent = spent

    async def sums(self, account: UUID, since: date, until: date) -> list[Sum]:
        """Return the sums of those days."""
        return [one for day, one in self.spent if since <= day <= until]

    async def by_day(self, account: UUID, since: date, until: date) -> list[DaySum]:
        """Return the sums of those days."""
        return [DaySum(day, one.currency, one.total) for day, one in self.spent if since <= day <= until]

    async def totals(self, account: UUID, since: date, until: date) -> dict[str | None, Decimal]:
        """Return the sums of those days in each currency."""
        totals: dict[str | None, Decimal] = {}
        for day in await self.by_day(account, since, until):
            totals[day.currency] = totals.get(day.currency, Decimal(0)) + day.total
        return totals


def _spent(day: str, total: str, merchant: str | None = "Shop", currency: str | None = "EUR") -> tuple[date, Sum]:
    return date.fromisoformat(day), Sum(currency, Category.GROCERIES, merchant, 1, Decimal(total))


async def _summary(text: str, *spent: tuple[date, Sum]) -> Summary:
    period = read_period(text, TODAY)
    assert period is not None
    return await summary_of(DatedSums(*spent), ACCOUNT, period, TODAY)


async def test_currencies_are_never_added() -> None:
    """Each has its own total, the one with most receipts first."""
    found = await _summary(
        "", _spent("2026-10-01", "5", currency="USD"), _spent("2026-10-02", "7"), _spent("2026-10-03", "1")
    )
    assert [(one.currency, one.total) for one in found.spendings] == [("EUR", Decimal(8)), ("USD", Decimal(5))]


async def test_amounts_without_a_currency_stay_by_themselves() -> None:
    """None is not a euro."""
    found = await _summary("", _spent("2026-10-01", "5", currency=None), _spent("2026-10-02", "7"))
    assert [one.currency for one in found.spendings] == ["EUR", None]


async def test_a_merchants_spellings_are_one_merchant() -> None:
    """Tills print it in capitals or not."""
    found = await _summary("", _spent("2026-10-01", "5", "LIDL"), _spent("2026-10-02", "7", "Lidl "))
    assert [(share.receipts, share.total) for share in found.spendings[0].merchants] == [(2, Decimal(12))]


async def test_the_largest_share_comes_first() -> None:
    """And a receipt without a merchant is a share of its own."""
    found = await _summary("", _spent("2026-10-01", "5", "A"), _spent("2026-10-02", "7", None))
    assert [share.name for share in found.spendings[0].merchants] == [None, "A"]


async def test_a_finished_period_is_compared_with_the_whole_one_before() -> None:
    """September with August."""
    found = await _summary("2026-09", _spent("2026-09-30", "6"), _spent("2026-08-31", "4"))
    assert (found.spendings[0].before, found.same_day) == (Decimal(4), None)


async def test_a_period_under_way_is_compared_with_the_same_days_before() -> None:
    """On 18 October only what was spent by 18 September is a fair measure; the whole of it is told too."""
    found = await _summary("", _spent("2026-10-01", "6"), _spent("2026-09-18", "4"), _spent("2026-09-19", "90"))
    assert found.same_day == date(2026, 9, 18)
    assert (found.spendings[0].before_by_now, found.spendings[0].before) == (Decimal(4), Decimal(94))


async def test_the_31st_is_compared_with_the_last_of_a_shorter_month() -> None:
    """30 March stands against all of February."""
    period = read_period("2026-03", TODAY)
    assert period is not None
    found = await summary_of(DatedSums(), ACCOUNT, period, date(2026, 3, 30))
    assert found.same_day == date(2026, 2, 28)


async def test_nothing_before_is_none_and_not_zero() -> None:
    """There is nothing to compare with."""
    assert (await _summary("", _spent("2026-10-01", "6"))).spendings[0].before is None


async def test_an_empty_period_still_knows_what_was_before() -> None:
    """So that the answer can say more than "nothing"."""
    found = await _summary("", _spent("2026-09-01", "6"))
    assert (found.spendings, found.before) == ((), {"EUR": Decimal(6)})


@pytest.mark.parametrize(
    ("now", "before", "share"),
    [
        ("15", "10", Decimal("0.5")),
        ("5", "10", Decimal("-0.5")),
        ("5", "0", None),
        ("5", "-3", None),
        ("5", None, None),
    ],
)
def test_a_change_is_a_share_of_what_was_before(now: str, before: str | None, share: Decimal | None) -> None:
    """Of nothing (or of money given back) there is no share."""
    assert change(Decimal(now), Decimal(before) if before is not None else None) == share


async def test_a_share_knows_what_went_to_its_name_by_the_same_day_before() -> None:
    """Spellings are one name; a name that is new has nothing before."""
    found = await _summary(
        "", _spent("2026-10-01", "5", "LIDL"), _spent("2026-10-02", "4", "New"), _spent("2026-09-03", "7", "Lidl"),
        _spent("2026-09-30", "90", "Lidl"), _spent("2026-09-02", "1", "Lidl", "USD"),
    )  # fmt: skip
    assert [(one.name, one.before) for one in found.spendings[0].merchants] == [("LIDL", Decimal(7)), ("New", None)]
    assert found.spendings[0].categories[0].before == Decimal(7)
