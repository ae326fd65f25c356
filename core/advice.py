"""Advice: what an account's own figures say that is worth a look; facts alone, computed here and never guessed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.insights import same_name
from core.periods import Period
from core.ports import Filed, Sum
from core.receipt import Category, DoubtKind

MONTHS_BEFORE = 3
"""So many whole months are what is usual."""
LEAST_GROWTH = Decimal("1.25")
LEAST_PART = Decimal("0.05")
"""What a category grew by counts from this part of all that is spent in a month."""
RECEIPTS_AT_MERCHANT, TIMES_AT_MERCHANT = 4, Decimal("2.5")
RECEIPTS_IN_CATEGORY, TIMES_IN_CATEGORY = 10, Decimal(4)
"""From so many receipts on it is known what is usual there, and so many times that is unusual."""


@dataclass(frozen=True)
class Month:
    """A month's sums."""

    period: Period
    sums: tuple[Sum, ...]


@dataclass(frozen=True)
class Grown:
    """A category that took more in a month (`so_far`: it is not over) than in the three before on average."""

    category: str
    currency: str | None
    month: Period
    so_far: bool
    now: Decimal
    usual: Decimal


@dataclass(frozen=True)
class Unusual:
    """A receipt much larger than usual at its merchant, or in its category where the merchant is new."""

    filed: Filed
    usual: Decimal
    receipts: int
    place: str
    is_merchant: bool


@dataclass(frozen=True)
class Spent:
    """What was spent in one currency."""

    currency: str | None
    receipts: int
    total: Decimal


def grown(history: Sequence[Month], today: date) -> list[Grown]:
    """Return what grew this month, and what had grown in the month before; `history` ends with this month."""
    found: list[Grown] = []
    for place in (len(history) - 1, len(history) - 2):
        if place >= MONTHS_BEFORE:
            known = {(one.category, one.currency) for one in found}
            fresh = _grown_in(history[place], history[place - MONTHS_BEFORE : place], today)
            found += [one for one in fresh if (one.category, one.currency) not in known]
    return found


def known_months(history: Sequence[Month]) -> int:
    """Return how many of the three months before this one have receipts."""
    return sum(1 for month in history[-MONTHS_BEFORE - 1 : -1] if month.sums)


def unusual(receipts: Sequence[Filed], before: Iterable[Sum]) -> list[Unusual]:
    """Return which of the receipts are unusually large against sums of the time before, most unusual first."""
    merchants: defaultdict[tuple[str | None, str | None], list[Sum]] = defaultdict(list)
    categories: defaultdict[tuple[str | None, str | None], list[Sum]] = defaultdict(list)
    for part in before:
        merchants[part.currency, same_name(part.merchant)].append(part)
        categories[part.currency, part.category].append(part)
    found = []
    for filed in receipts:
        receipt = filed.receipt
        if receipt is None or receipt.total is None:
            continue
        there = merchants[receipt.currency, same_name(receipt.merchant)] if receipt.merchant else []
        if there:
            one = _unusual(filed, there, (RECEIPTS_AT_MERCHANT, TIMES_AT_MERCHANT), receipt.merchant or "")
        else:
            category = receipt.category or Category.OTHER.value
            alike = categories[receipt.currency, category]
            one = _unusual(filed, alike, (RECEIPTS_IN_CATEGORY, TIMES_IN_CATEGORY), category)
        found += [one] if one else []
    return sorted(found, key=lambda one: -_times(one))


def by_currency(history: Iterable[Month]) -> list[Spent]:
    """Return what was spent in each currency, the one with most receipts first."""
    return _spent((part.currency, part.receipts, part.total) for month in history for part in month.sums)


def owed(bills: Iterable[Filed]) -> list[Spent]:
    """Return what bills come to, a currency each."""
    receipts = [filed.receipt for filed in bills if filed.receipt]
    return _spent((one.currency, 1, one.total or Decimal(0)) for one in receipts)


def doubles(doubted: Iterable[Filed]) -> list[Filed]:
    """Return the receipts that may have been sent twice and that nobody said anything about yet."""
    return [filed for filed in doubted if _is_double(filed)]


def _grown_in(month: Month, before: Sequence[Month], today: date) -> list[Grown]:
    """Return what grew in a month; a currency counts that was used in each month before."""
    always = set.intersection(*({part.currency for part in one.sums} for one in before))
    usual: defaultdict[tuple[str | None, str], Decimal] = defaultdict(Decimal)
    whole: defaultdict[str | None, Decimal] = defaultdict(Decimal)
    for part in (part for one in before for part in one.sums):
        usual[part.currency, part.category] += part.total / len(before)
        whole[part.currency] += part.total / len(before)
    now: defaultdict[tuple[str | None, str], Decimal] = defaultdict(Decimal)
    for part in month.sums:
        now[part.currency, part.category] += part.total
    so_far = today < month.period.last
    found = [
        Grown(category, currency, month.period, so_far, total, usual[currency, category])
        for (currency, category), total in now.items()
        if currency in always
        and total >= max(usual[currency, category], Decimal(0)) * LEAST_GROWTH
        and total - usual[currency, category] >= whole[currency] * LEAST_PART > 0
    ]
    return sorted(found, key=lambda one: (one.currency or "~", one.usual - one.now))


def _unusual(filed: Filed, alike: Sequence[Sum], needed: tuple[int, Decimal], place: str) -> Unusual | None:
    receipts, times = needed
    count = sum(part.receipts for part in alike)
    total = sum((part.total for part in alike), Decimal(0))
    paid = filed.receipt.total if filed.receipt else None
    if count < receipts or total <= 0 or paid is None or paid * count < total * times:
        return None
    return Unusual(filed, total / count, count, place, receipts == RECEIPTS_AT_MERCHANT)


def _times(one: Unusual) -> Decimal:
    paid = one.filed.receipt.total if one.filed.receipt else None
    return (paid or Decimal(0)) / one.usual


def _is_double(filed: Filed) -> bool:
    doubts = filed.receipt.doubts if filed.receipt else ()
    return DoubtKind.DUPLICATE not in filed.settled and any(one.kind is DoubtKind.DUPLICATE for one in doubts)


def _spent(parts: Iterable[tuple[str | None, int, Decimal]]) -> list[Spent]:
    found: dict[str | None, Spent] = {}
    for currency, receipts, total in parts:
        one = found.get(currency, Spent(currency, 0, Decimal(0)))
        found[currency] = Spent(currency, one.receipts + receipts, one.total + total)
    return sorted(found.values(), key=lambda one: (-one.receipts, one.currency is None, one.currency or ""))
