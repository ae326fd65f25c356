"""Summary: what was spent in a period by currency, category and merchant, against the one before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from core.periods import Period
from core.ports import Figures, Sum


@dataclass(frozen=True)
class Share:
    """What went to one category or merchant (None: no name was printed), in its spending's currency.

    `before` is what went to it in the period before, up to the same day of it while the period is under way.
    """

    name: str | None
    receipts: int
    total: Decimal
    before: Decimal | None = None


@dataclass(frozen=True)
class Spending:
    """A period in one currency (None: not printed), largest shares first.

    `before` is the total of the whole period before, and `before_by_now` its total up to the same day of it
    while the period is under way; each is None when nothing was spent then.
    """

    currency: str | None
    receipts: int
    total: Decimal
    categories: tuple[Share, ...]
    merchants: tuple[Share, ...]
    before: Decimal | None = None
    before_by_now: Decimal | None = None


@dataclass(frozen=True)
class Summary:
    """A period's spending, a currency each (never added), the one with most receipts first.

    `same_day` is the day of the period before that compares with today; None when the period is over.
    """

    period: Period
    spendings: tuple[Spending, ...]
    before: dict[str | None, Decimal]
    same_day: date | None = None


async def summary_of(figures: Figures, account: UUID, period: Period, today: date) -> Summary:
    """Return the summary of a period, asked from the ledger's figures."""
    previous = period.shifted(-1)
    same_day = _same_day(period, today)
    now = await figures.sums(account, period.first, period.last)
    before = await figures.totals(account, previous.first, previous.last)
    alike = await figures.sums(account, previous.first, same_day or previous.last)
    spendings = _spendings(now, before, _totals(alike) if same_day else {})
    compared = tuple(_with_shares_before(one, alike) for one in spendings)
    return Summary(period, compared, before, same_day)


def change(now: Decimal, before: Decimal | None) -> Decimal | None:
    """Return the change as a share of `before` (0.25: a quarter more), or None when that was nothing."""
    return (now - before) / before if before is not None and before > 0 else None


def _same_day(period: Period, today: date) -> date | None:
    if today not in period:
        return None
    previous = period.shifted(-1)
    return min(previous.first + (today - period.first), previous.last) if today < period.last else None


def _totals(sums: Iterable[Sum]) -> dict[str | None, Decimal]:
    totals: dict[str | None, Decimal] = defaultdict(Decimal)
    for part in sums:
        totals[part.currency] += part.total
    return dict(totals)


def _spendings(
    sums: list[Sum], before: dict[str | None, Decimal], by_now: dict[str | None, Decimal]
) -> tuple[Spending, ...]:
    by_currency: dict[str | None, list[Sum]] = defaultdict(list)
    for part in sums:
        by_currency[part.currency].append(part)
    found = [_spending(parts, before.get(one), by_now.get(one)) for one, parts in by_currency.items()]
    return tuple(sorted(found, key=lambda one: (-one.receipts, one.currency is None, one.currency or "")))


def _spending(sums: list[Sum], before: Decimal | None, by_now: Decimal | None) -> Spending:
    return Spending(
        currency=sums[0].currency,
        receipts=sum(part.receipts for part in sums),
        total=sum((part.total for part in sums), Decimal(0)),
        categories=_shares(sums, lambda part: part.category),
        merchants=_shares(sums, lambda part: part.merchant),
        before=before,
        before_by_now=by_now,
    )


def _with_shares_before(spending: Spending, before: Iterable[Sum]) -> Spending:
    """Put beside every share what went to the same name before."""
    alike = [part for part in before if part.currency == spending.currency]
    categories = {same_name(share.name): share.total for share in _shares(alike, lambda part: part.category)}
    merchants = {same_name(share.name): share.total for share in _shares(alike, lambda part: part.merchant)}
    return replace(
        spending,
        categories=tuple(replace(one, before=categories.get(same_name(one.name))) for one in spending.categories),
        merchants=tuple(replace(one, before=merchants.get(same_name(one.name))) for one in spending.merchants),
    )


def same_name(name: str | None) -> str | None:
    """Return what the spellings of a name share: case and spaces are no difference (LIDL, Lidl and lidl are one)."""
    return " ".join(name.casefold().split()) if name else None


def _shares(sums: Sequence[Sum], name_of: Callable[[Sum], str | None]) -> tuple[Share, ...]:
    """Add up by name, all spellings of it together."""
    names: dict[str | None, str | None] = {}
    receipts: dict[str | None, int] = defaultdict(int)
    totals: dict[str | None, Decimal] = defaultdict(Decimal)
    for part in sorted(sums, key=lambda part: -part.receipts):
        name = name_of(part)
        key = same_name(name)
        names.setdefault(key, name)
        receipts[key] += part.receipts
        totals[key] += part.total
    shares = [Share(names[key], receipts[key], totals[key]) for key in totals]
    return tuple(sorted(shares, key=lambda share: (-share.total, share.name or "")))
