"""Answers about whole receipts: sums, counts and averages from the figures, and single receipts by total or day."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.asked_query import Ask
from core.asking.fitting import Asking, Fitting, fitting, how_found, nothing, subject
from core.asking.purchases import Order, Pick, Purchases, Slip
from core.asking.told import Told, amount, amounts, counted, line, sentence, slip_named
from core.insights import same_name
from core.ports import Figures, Sum

MOST_SHOWN = 5
MOST_ALIKE = 3
ORDERS = {
    Ask.LARGEST: Order.LARGEST,
    Ask.SMALLEST: Order.SMALLEST,
    Ask.LATEST: Order.LATEST,
    Ask.FIRST: Order.FIRST,
    Ask.LIST: Order.LATEST,
}
ADJECTIVES = {Ask.LARGEST: "Largest", Ask.SMALLEST: "Smallest", Ask.LATEST: "Latest", Ask.FIRST: "First"}


@dataclass(frozen=True)
class ReceiptAnswers:
    """Answers queries that name no item."""

    figures: Figures
    purchases: Purchases

    async def answer(self, asking: Asking) -> Told:
        """Return what is told."""
        scope = asking.scope
        sums = await self.figures.sums(scope.account, scope.since, scope.until)
        return await self.told(asking, fitting(sums, await self.purchases.untotalled(scope), asking.query))

    async def told(self, asking: Asking, found: Fitting) -> Told:
        """Return what is told of the receipts that fit."""
        ask = asking.query.ask
        if not found.receipts and not found.missing:
            return nothing(asking)
        if ask in ORDERS:
            return await self._slips(asking, found)
        if ask is Ask.MONTHLY:
            return await self._monthly(asking, found)
        if ask in (Ask.TOP_MERCHANT, Ask.TOP_CATEGORY):
            return _top(asking, found)
        return _added(asking, found)

    async def _slips(self, asking: Asking, found: Fitting) -> Told:
        """Name single receipts, the first by its total or day; of each currency apart."""
        query = asking.query
        merchants = found.merchants if query.merchant is not None else None
        categories = found.categories if query.categories else None
        limit = MOST_SHOWN if query.ask is Ask.LIST else MOST_ALIKE
        pick = Pick(ORDERS[query.ask], limit, merchants, categories)
        slips = await self.purchases.slips(asking.scope, pick)
        if not slips:
            return nothing(asking)
        how = how_found(asking, found, looked=True)
        return Told(_slip_lines(asking, slips, found), how, tuple(slips[: 2 * MOST_SHOWN]))

    async def _monthly(self, asking: Asking, found: Fitting) -> Told:
        first = asking.query.since
        if first is None:
            merchants = found.merchants if asking.query.merchant is not None else None
            pick = Pick(Order.FIRST, 1, merchants, found.categories if asking.query.categories else None)
            slips = await self.purchases.slips(asking.scope, pick)
            first = slips[0].day if slips else asking.today
        lines, how = monthly(asking, found.totals, first, subject(asking.query, found))
        return Told((lines,), (how, *how_found(asking, found)))


def monthly(asking: Asking, totals: dict[str | None, Decimal], first: date, on: str) -> tuple[str, str]:
    """Return the average a month from a day on, and how it was found; months under way count whole."""
    last = min(asking.query.until or asking.today, asking.today)
    months = max(1, (last.year - first.year) * 12 + last.month - first.month + 1)
    average = {currency: total / months for currency, total in totals.items()}
    said = sentence("You spent", amounts(average, asking.locale), "a month on average", on, asking.when)
    return said, f"{amounts(totals, asking.locale)} in {counted(months, 'month')}, from {first:%Y-%m} to {last:%Y-%m}."


def _added(asking: Asking, found: Fitting) -> Told:
    """Tell a sum, a count or an average."""
    on = subject(asking.query, found)
    if asking.query.ask is Ask.COUNT:
        count = counted(found.receipts + found.missing, "receipt")
        said = sentence("You have", count, on, asking.when)
        return Told((said,), (f"Their totals: {amounts(found.totals, asking.locale)}.", *how_found(asking, found)[1:]))
    if not found.receipts:
        return Told((sentence("I found no total", on, asking.when),), how_found(asking, found)[1:])
    if asking.query.ask is Ask.AVERAGE:
        counts: Counter[str | None] = Counter()
        for one in found.sums:
            counts[one.currency] += one.receipts
        average = {currency: total / counts[currency] for currency, total in found.totals.items()}
        said = sentence("You spent", amounts(average, asking.locale), "a receipt on average", on, asking.when)
        return Told((said,), (f"In all: {amounts(found.totals, asking.locale)}.", *how_found(asking, found)))
    return Told(
        (sentence("You spent", amounts(found.totals, asking.locale), on, asking.when),), how_found(asking, found)
    )


def _top(asking: Asking, found: Fitting) -> Told:
    """Tell where most was spent, or on what, in each currency apart."""
    by_category = asking.query.ask is Ask.TOP_CATEGORY
    name_of: Callable[[Sum], str | None] = (
        (lambda one: str(one.category)) if by_category else (lambda one: one.merchant)
    )
    if not found.receipts:
        return Told((sentence("I found no total", asking.when),), how_found(asking, found)[1:])
    lines = [f"Most {'on' if by_category else 'at'} {top}" for top in tops(found.sums, name_of, asking.locale)]
    return Told(tuple(lines), how_found(asking, found))


def tops(sums: tuple[Sum, ...], name_of: Callable[[Sum], str | None], locale: str) -> list[str]:
    """Return for each currency the largest shares with their names, the currency with most receipts first."""
    by_currency: dict[str | None, dict[str, list[Sum]]] = defaultdict(lambda: defaultdict(list))
    for one in sums:
        by_currency[one.currency][same_name(name_of(one)) or ""].append(one)
    lines = []
    ordered = sorted(
        by_currency.items(), key=lambda one: -sum(part.receipts for parts in one[1].values() for part in parts)
    )
    for currency, groups in ordered[:MOST_SHOWN]:
        shares = sorted(
            ((sum((one.total for one in parts), Decimal(0)), parts) for parts in groups.values()), key=_largest
        )
        written = [
            f"{line(name_of(parts[0])) or 'no name printed'}: {amount(total, currency, locale)}"
            for total, parts in shares[:MOST_SHOWN]
        ]
        lines.append(f"{written[0]}." + (f" Then {'; '.join(written[1:])}." if len(written) > 1 else ""))
    return lines


def _largest(share: tuple[Decimal, list[Sum]]) -> Decimal:
    return -share[0]


def _slip_lines(asking: Asking, slips: list[Slip], found: Fitting) -> tuple[str, ...]:
    """Name the first receipt of each currency, or all of a list."""
    query, locale = asking.query, asking.locale
    if query.ask is Ask.LIST:
        count = counted(found.receipts + found.missing, "receipt")
        return (
            sentence("You have", count, subject(query, found), asking.when),
            *(slip_named(one, locale) for one in slips),
        )
    apart = query.ask in (Ask.LARGEST, Ask.SMALLEST)
    firsts = list({one.currency: one for one in reversed(slips)}.values())[::-1] if apart else slips[:1]
    return tuple(f"{ADJECTIVES[query.ask]}: {slip_named(one, locale)}." for one in firsts[:MOST_SHOWN])
