"""What fits a query: its sums and the receipts without a total, and how these are told of."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.asked_query import Query
from core.asking.matching import merchant_fits
from core.asking.purchases import Scope, Untotalled
from core.asking.told import Told, counted, listed, names, quoted, sentence, when
from core.insights import same_name
from core.ports import Sum

MOST_NAMED = 3


@dataclass(frozen=True)
class Asking:
    """A query with whose it is, of which days, on which day and for which locale."""

    query: Query
    scope: Scope
    today: date
    locale: str

    @property
    def when(self) -> str:
        """Return the days in words."""
        return when(self.query, self.locale)


@dataclass(frozen=True)
class Fitting:
    """The sums that fit a query, and the receipts without a total that do."""

    sums: tuple[Sum, ...]
    lost: tuple[Untotalled, ...]

    @property
    def receipts(self) -> int:
        """Return how many receipts are added up."""
        return sum(one.receipts for one in self.sums)

    @property
    def missing(self) -> int:
        """Return how many receipts have no total."""
        return sum(one.receipts for one in self.lost)

    @property
    def merchants(self) -> list[str | None]:
        """Return the merchants' names as they were printed, those with most receipts first."""
        counts: Counter[str | None] = Counter()
        for one in self.sums:
            counts[one.merchant] += one.receipts
        for lost in self.lost:
            counts[lost.merchant] += lost.receipts
        return [name for name, _ in counts.most_common()]

    @property
    def categories(self) -> list[str]:
        """Return the categories, as they are written on the receipts."""
        return list(dict.fromkeys([*(str(one.category) for one in self.sums), *(one.category for one in self.lost)]))

    @property
    def totals(self) -> dict[str | None, Decimal]:
        """Return the sum in each currency."""
        totals: dict[str | None, Decimal] = defaultdict(Decimal)
        for one in self.sums:
            totals[one.currency] += one.total
        return dict(totals)


def fitting(sums: list[Sum], lost: list[Untotalled], query: Query) -> Fitting:
    """Return what fits a query's merchant and categories."""
    wanted = {category.casefold() for category in query.categories}

    def fits(merchant: str | None, category: str) -> bool:
        at_merchant = query.merchant is None or merchant_fits(merchant, query.merchant)
        return at_merchant and (not wanted or category.casefold() in wanted)

    return Fitting(
        tuple(one for one in sums if fits(one.merchant, str(one.category))),
        tuple(one for one in lost if fits(one.merchant, one.category)),
    )


def nothing(asking: Asking) -> Told:
    """Say that nothing fits."""
    return Told((sentence("I found no receipts", subject(asking.query, None), asking.when),), is_found=False)


def subject(query: Query, found: Fitting | None) -> str:
    """Return what a sum is of: `on groceries at Lidl`."""
    on = f"on {listed(query.categories)}" if query.categories else ""
    if query.merchant is None:
        return on
    different = {same_name(name) for name in found.merchants} if found else set()
    at = names(found.merchants) if found and 0 < len(different) <= MOST_NAMED else quoted(query.merchant)
    return " ".join(part for part in (on, f"at {at}") if part)


def how_found(asking: Asking, found: Fitting, looked: bool = False) -> tuple[str, ...]:
    """Say from how many receipts it was found, which merchants were meant, and what is left out."""
    count = counted(found.receipts + (found.missing if looked else 0), "receipt")
    base = f"{'Looked for among' if looked else 'Added up from'} {count}"
    how = [sentence(base, asking.when)]
    if asking.query.merchant is not None:
        how.append(f"Merchants with {quoted(asking.query.merchant)} in their name: {names(found.merchants)}.")
    if found.missing and not looked:
        has = "has no total and is" if found.missing == 1 else "have no total and are"
        how.append(f"{counted(found.missing, 'more receipt')} {has} left out.")
    if len(found.totals) > 1 and not looked:
        how.append("Currencies are never added up.")
    return tuple(how)
