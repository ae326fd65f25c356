"""Budgets: what an account wants to spend at most in a month, and where this month is heading."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol
from uuid import UUID

from core.advice import Month, Unusual
from core.errors import Unusable
from core.insights import same_name
from core.periods import Period
from core.regulars import Regular

LEAST_DAYS = 5
"""After fewer days of a month nothing is said of its end."""
MOST_BUDGETS = 60


class TooManyBudgets(Unusable):
    """There are {count} budgets already, which is all I keep. Please remove one first."""


@dataclass(frozen=True)
class Budget:
    """At most `amount` of a currency a month, for a category or ("") for everything."""

    category: str
    currency: str
    amount: Decimal


@dataclass(frozen=True)
class Heading:
    """Where a budget is heading in the month under way.

    `expected` is what will be spent at its end when all goes on as so far, None while it is too early to tell;
    `until` is the last day that it was told from.
    """

    budget: Budget
    month: Period
    until: date
    spent: Decimal
    expected: Decimal | None

    @property
    def left(self) -> Decimal:
        """Return the room that is left, below 0 when the budget is overspent already."""
        return self.budget.amount - self.spent

    @property
    def gap(self) -> Decimal | None:
        """Return by how much it is expected to end below (or, less than 0, above) the budget."""
        return None if self.expected is None else self.budget.amount - self.expected


class Budgets(Protocol):
    """Keeps an account's budgets. Every method raises Unavailable."""

    async def of(self, account: UUID) -> list[Budget]:
        """Return an account's budgets: those for everything first, then by category."""
        ...

    async def put(self, account: UUID, budget: Budget) -> None:
        """Keep a budget in place of the one for the same category and currency. Raises TooManyBudgets."""
        ...

    async def drop(self, account: UUID, category: str, currency: str | None = None) -> int:
        """Remove the budgets of a category, in one currency or in all of them, and count them."""
        ...


@dataclass(frozen=True)
class Once:
    """Something that does not go on at the month's pace: a monthly bill or an unusual receipt.

    `is_paid` tells whether it is among what was spent, or still to come this month.
    """

    category: str
    currency: str | None
    amount: Decimal
    is_paid: bool


def headings(budgets: Iterable[Budget], month: Month, once: Sequence[Once], today: date) -> list[Heading]:
    """Return where budgets are heading in a month that is under way; the most overspent comes first."""
    found = [_heading(budget, month, once, today) for budget in budgets]
    return sorted(found, key=_urgency)


def once_of(history: Sequence[Month], regulars: Iterable[Regular], odd: Iterable[Unusual], today: date) -> list[Once]:
    """Return what does not go on at the pace of the month under way, which `history` ends with.

    A monthly bill that was paid counts as it is, one that is expected yet is added; an unusual receipt counts once.
    """
    month, found = history[-1].period, []
    bills = {(same_name(one.merchant), one.currency) for one in regulars}
    for one in regulars:
        paid = one.last in month
        if paid or (one.expected in month and one.expected >= today):
            found.append(Once(_category_of(one, history), one.currency, one.amount, paid))
    for filed, receipt in ((one.filed, one.filed.receipt) for one in odd):
        if receipt is None or receipt.total is None or filed.counted_on not in month:
            continue
        if (same_name(receipt.merchant), receipt.currency) not in bills:
            found.append(Once(str(receipt.category or "other"), receipt.currency, receipt.total, True))
    return found


def _heading(budget: Budget, month: Month, once: Sequence[Once], today: date) -> Heading:
    spent = sum((part.total for part in month.sums if _counts(budget, str(part.category), part.currency)), Decimal(0))
    mine = [one for one in once if _counts(budget, one.category, one.currency)]
    days, gone = (month.period.last - month.period.first).days + 1, (today - month.period.first).days + 1
    expected = None
    if gone >= LEAST_DAYS:
        apart = sum((one.amount for one in mine if one.is_paid), Decimal(0))
        coming = sum((one.amount for one in mine if not one.is_paid), Decimal(0))
        expected = spent + max(spent - apart, Decimal(0)) * (days - gone) / gone + coming
    return Heading(budget, month.period, min(today, month.period.last), spent, expected)


def _counts(budget: Budget, category: str, currency: str | None) -> bool:
    return currency == budget.currency and budget.category in ("", category)


def _category_of(bill: Regular, history: Sequence[Month]) -> str:
    """Return the category that a monthly bill was last counted in."""
    name = same_name(bill.merchant)
    parts = (part for month in reversed(history) for part in month.sums)
    return next(
        (str(part.category) for part in parts if part.currency == bill.currency and same_name(part.merchant) == name),
        "other",
    )


def _urgency(one: Heading) -> tuple[Decimal, str, str]:
    """Sort by the share of the budget that will be used, the largest first."""
    used = one.spent if one.expected is None else one.expected
    return -used / one.budget.amount, one.budget.category, one.budget.currency
