"""All facts of an account's advice, gathered from its ledger; for the chat and the pages alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from core.accounts import Account
from core.advice import MONTHS_BEFORE, Grown, Month, Spent, Unusual, by_currency, doubles, grown, known_months, owed
from core.advice import unusual as unusual_of
from core.budgets import Budgets, Heading, headings, once_of
from core.months import Largest
from core.periods import PeriodKind, period_of
from core.ports import Figures, Filed, Ledger
from core.regulars import Regular, candidates, regular
from core.searching import Found, Search, Wanted

MONTHS_LOOKED_AT = 8
LARGEST_LOOKED_AT = 20
MOST_SHOWN = 5
MOST_BILLS = 100
MOST_DOUBTED = 100
MOST_VISITS = 40
DUE_DAYS = 30


@dataclass(frozen=True)
class Sources:
    """Where the facts come from."""

    ledger: Ledger
    figures: Figures
    search: Search
    largest: Largest
    budgets: Budgets


@dataclass(frozen=True)
class Facts:
    """What an account's own figures say on a day: each list has what is worth a look, and may be empty.

    `history` are the last months' sums, the month under way last. `due` are bills to pay within 30 days, overdue ones
    too; `doubled` are receipts that may be there twice, `doubted` those with any open question.
    """

    today: date
    has_receipts: bool
    history: tuple[Month, ...]
    grown: tuple[Grown, ...]
    regulars: tuple[Regular, ...]
    unusual: tuple[Unusual, ...]
    budgets: tuple[Heading, ...]
    due: tuple[Filed, ...]
    doubled: tuple[Filed, ...]
    doubted: Found

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing is worth a look."""
        return not (self.grown or self.regulars or self.unusual or self.budgets or self.due or self.doubled)

    @property
    def overdue(self) -> int:
        """Return how many bills should have been paid by now."""
        return sum(1 for one in self.due if one.receipt and one.receipt.due_on and one.receipt.due_on < self.today)

    @property
    def owed(self) -> list[Spent]:
        """Return what the bills to pay come to, a currency each."""
        return owed(self.due)

    @property
    def doubled_sums(self) -> list[Spent]:
        """Return what the receipts come to that may be there twice."""
        return owed(self.doubled)

    @property
    def known_months(self) -> int:
        """Return how many of the three months before this one have receipts."""
        return known_months(self.history)

    @property
    def currencies(self) -> list[Spent]:
        """Return what was spent in each currency lately, the one with most receipts first."""
        return by_currency(self.history[-MONTHS_BEFORE:])


async def gather(sources: Sources, account: Account, today: date) -> Facts:
    """Return all facts of an account. Raises Unavailable."""
    history = await _history(sources, account.id, today)
    doubted = await sources.search.search(account.id, Wanted(doubted=True, limit=MOST_DOUBTED))
    regulars = await _regulars(sources, account.id, history, today)
    odd = await _unusual(sources, account.id, history, today)
    budgets = await sources.budgets.of(account.id)
    once = once_of(history, regulars, odd, today)
    return Facts(
        today=today,
        has_receipts=bool((await sources.ledger.newest(account.id, 1, 0))[1]),
        history=tuple(history),
        grown=tuple(grown(history, today)[:MOST_SHOWN]),
        regulars=tuple(regulars),
        unusual=tuple(odd[:MOST_SHOWN]),
        budgets=tuple(headings(budgets, history[-1], once, today)),
        due=tuple(await sources.ledger.due(account.id, today + timedelta(days=DUE_DAYS), MOST_BILLS)),
        doubled=tuple(doubles(doubted.receipts)),
        doubted=doubted,
    )


async def heading_of(sources: Sources, account: Account, today: date) -> list[Heading]:
    """Return where the account's budgets are heading. Raises Unavailable."""
    budgets = await sources.budgets.of(account.id)
    if not budgets:
        return []
    history = await _history(sources, account.id, today)
    regulars = await _regulars(sources, account.id, history, today)
    once = once_of(history, regulars, await _unusual(sources, account.id, history, today), today)
    return headings(budgets, history[-1], once, today)


async def usual_currency(sources: Sources, account: Account, today: date) -> str | None:
    """Return the account's home currency, or the one that it used most lately, or None. Raises Unavailable."""
    if account.home_currency:
        return account.home_currency
    spent = by_currency(await _history(sources, account.id, today))
    return next((one.currency for one in spent if one.currency), None)


async def _history(sources: Sources, account: UUID, today: date) -> list[Month]:
    """Return the sums of the last months, this one last."""
    now = period_of(PeriodKind.MONTH, today)
    months = [now.shifted(steps) for steps in range(1 - MONTHS_LOOKED_AT, 1)]
    return [Month(one, tuple(await sources.figures.sums(account, one.first, one.last))) for one in months]


async def _regulars(sources: Sources, account: UUID, history: Sequence[Month], today: date) -> list[Regular]:
    """Return what recurs, soonest expected first."""
    found = []
    for candidate in candidates(history):
        wanted = Wanted(
            text=candidate.merchant, currency=candidate.currency, since=history[0].period.first, limit=MOST_VISITS
        )
        visits = (await sources.search.search(account, wanted)).receipts
        fact = regular(candidate, visits, today)
        found += [fact] if fact else []
    return sorted(found, key=lambda one: (one.expected, one.merchant))


async def _unusual(sources: Sources, account: UUID, history: Sequence[Month], today: date) -> list[Unusual]:
    """Return unusually large receipts of this month and the last, against the months before those."""
    largest = await sources.largest.largest(account, history[-2].period.first, today, LARGEST_LOOKED_AT)
    before = [part for month in history[:-2] for part in month.sums]
    return unusual_of(largest, before)
