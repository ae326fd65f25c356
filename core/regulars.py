"""What recurs: the same merchant, nearly the same amount, about a month apart."""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from core.advice import Month
from core.insights import same_name
from core.ports import Filed

LEAST_TIMES = 3
MONTHS_LOOKED_AT = 4
NEAR = Decimal("0.2")
"""Amounts are nearly the same when one is at most a fifth more or less than the one before."""
SHORTEST, LONGEST = timedelta(days=24), timedelta(days=38)
GIVEN_UP = timedelta(days=40)
"""What has been expected for longer than this recurs no more."""
PATIENCE = timedelta(days=5)


@dataclass(frozen=True)
class Candidate:
    """A merchant with one receipt a month, which is what recurring ones have."""

    merchant: str
    currency: str | None


@dataclass(frozen=True)
class Regular:
    """What recurs every month: the last amount, the one before where it was another, and when the next is expected."""

    merchant: str
    currency: str | None
    times: int
    amount: Decimal
    before: Decimal | None
    last: date
    expected: date
    is_late: bool


def candidates(history: Sequence[Month], most: int = 8) -> list[Candidate]:
    """Return merchants with exactly one receipt in three of the last four months and never more, dearest first."""
    counts: defaultdict[tuple[str | None, str], list[int]] = defaultdict(list)
    totals: defaultdict[tuple[str | None, str], Decimal] = defaultdict(Decimal)
    names: dict[tuple[str | None, str], str] = {}
    for month in history[-MONTHS_LOOKED_AT:]:
        there: defaultdict[tuple[str | None, str], int] = defaultdict(int)
        for part in month.sums:
            if part.merchant and (name := same_name(part.merchant)):
                there[part.currency, name] += part.receipts
                totals[part.currency, name] += part.total
                names[part.currency, name] = part.merchant
        for key, count in there.items():
            counts[key].append(count)
    found = [key for key, times in counts.items() if len(times) >= LEAST_TIMES and set(times) == {1}]
    found.sort(key=lambda key: (-totals[key], key[1]))
    return [Candidate(names[key], key[0]) for key in found[:most]]


def regular(candidate: Candidate, receipts: Sequence[Filed], today: date) -> Regular | None:
    """Return what recurs at a merchant, from its receipts of the last months, or None when nothing does."""
    paid = sorted(_paid(candidate, receipts))
    steady = paid[-1:]
    for (day, amount), (next_day, next_amount) in reversed(list(pairwise(paid))):
        if not SHORTEST <= next_day - day <= LONGEST or abs(next_amount - amount) > amount * NEAR:
            break
        steady.append((day, amount))
    if len(steady) < LEAST_TIMES:
        return None
    (last, amount), (_, before) = steady[0], steady[1]
    expected = _month_after(last)
    if today - expected > GIVEN_UP:
        return None
    changed = before if before != amount else None
    return Regular(
        candidate.merchant,
        candidate.currency,
        len(steady),
        amount,
        changed,
        last,
        expected,
        today > expected + PATIENCE,
    )


def _paid(candidate: Candidate, receipts: Sequence[Filed]) -> list[tuple[date, Decimal]]:
    """Return the days and amounts of the merchant's receipts."""
    found = []
    for filed in receipts:
        receipt = filed.receipt
        if receipt is None or receipt.total is None or receipt.total <= 0 or receipt.currency != candidate.currency:
            continue
        if same_name(receipt.merchant) == same_name(candidate.merchant):
            found.append((filed.counted_on, receipt.total))
    return found


def _month_after(day: date) -> date:
    """Return the same day of the next month, or its last day when it has none of that number."""
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    return date(year, month, min(day.day, monthrange(year, month)[1]))
