"""Line items that fit a query, and what is told of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.asked_query import Ask, Query
from core.asking.fitting import Asking
from core.asking.matching import Wording
from core.asking.purchases import Bought, Slip
from core.asking.receipt_answers import MOST_SHOWN, monthly, tops
from core.asking.told import Told, amount, amounts, counted, dated, line, listed, quoted, sentence
from core.ports import Sum


@dataclass(frozen=True)
class Lines:
    """The line items that fit, latest first, what they were looked for by, and whether there are older ones."""

    found: tuple[Bought, ...]
    wording: Wording
    is_cut: bool

    @property
    def priced(self) -> tuple[Bought, ...]:
        """Return those with a price."""
        return tuple(one for one in self.found if one.total is not None)

    @property
    def receipts(self) -> int:
        """Return on how many receipts they stand."""
        return len({one.slip.id for one in self.found})

    @property
    def totals(self) -> dict[str | None, Decimal]:
        """Return what they come to in each currency."""
        totals: dict[str | None, Decimal] = defaultdict(Decimal)
        for one in self.priced:
            totals[one.slip.currency] += one.total or Decimal(0)
        return dict(totals)


def wanted_words(query: Query) -> str:
    """Return what was looked for in the person's words: `“coffee” at “Lidl”`."""
    at = f"at {quoted(query.merchant)}" if query.merchant is not None else ""
    on = f"in {listed(query.categories)}" if query.categories else ""
    return " ".join(part for part in (quoted(query.item or ""), at, on) if part)


def told_of_lines(asking: Asking, lines: Lines) -> Told:
    """Tell of line items what is asked for."""
    query, words, locale = asking.query, wanted_words(asking.query), asking.locale
    if query.ask in (Ask.LARGEST, Ask.SMALLEST) and lines.priced:
        return _extreme(asking, lines)
    if query.ask in (Ask.LATEST, Ask.FIRST):
        return _by_day(asking, lines)
    if query.ask is Ask.LIST:
        shown = lines.found[:MOST_SHOWN]
        return Told(tuple(_named_item(one, locale) for one in shown), (), _slips(shown))
    if query.ask is Ask.COUNT:
        return Told((sentence("You bought", words, _times(lines), asking.when),))
    if not lines.priced:
        return Told((sentence("I found no price for", words, asking.when),))
    if query.ask is Ask.AVERAGE:
        return Told(
            (sentence("You spent", amounts(_average(lines), locale), "a line item on average on", words, asking.when),)
        )
    if query.ask is Ask.MONTHLY:
        first = query.since or min(one.slip.day for one in lines.found)
        said, how = monthly(asking, lines.totals, first, f"on {words}")
        return Told((said,), (how,))
    if query.ask is Ask.TOP_MERCHANT:
        return Told(tuple(f"Most {words} at {top}" for top in tops(_sums(lines), lambda one: one.merchant, locale)))
    if query.ask is Ask.TOP_CATEGORY:
        return Told(
            tuple(f"Most {words} on {top}" for top in tops(_sums(lines), lambda one: str(one.category), locale))
        )
    return Told((sentence("You spent", amounts(lines.totals, locale), "on", words, asking.when),))


def _extreme(asking: Asking, lines: Lines) -> Told:
    """Name the dearest or cheapest line item of each currency."""
    largest = asking.query.ask is Ask.LARGEST
    ordered = sorted((one for one in lines.priced if (one.total or 0) > 0), key=lambda one: one.total or Decimal(0))
    firsts: dict[str | None, Bought] = {}
    for one in reversed(ordered) if largest else ordered:
        firsts.setdefault(one.slip.currency, one)
    shown = list(firsts.values())[:MOST_SHOWN]
    word = "Dearest" if largest else "Cheapest"
    return Told(tuple(f"{word}: {_named_item(one, asking.locale)}." for one in shown), (), _slips(shown))


def _by_day(asking: Asking, lines: Lines) -> Told:
    """Name the line item that was bought last, or first."""
    latest = asking.query.ask is Ask.LATEST
    one = (max if latest else min)(lines.found, key=lambda one: one.slip.day)
    return Told((f"{'Last' if latest else 'First'}: {_named_item(one, asking.locale)}.",), (), (one.slip,))


def _named_item(one: Bought, locale: str) -> str:
    price = "no price" if one.total is None else amount(one.total, one.slip.currency, locale)
    at = line(one.slip.merchant) or "a merchant without a name"
    return f"{line(one.description)}, {price}, at {at} {dated(one.slip, locale)}"


def _times(lines: Lines) -> str:
    """Return how often: on how many receipts, and how many pieces where all line items say so."""
    quantities = [one.quantity for one in lines.found]
    pieces = [one for one in quantities if one is not None and one == one.to_integral_value() and one > 0]
    times = counted(len(lines.found), "time")
    on = f"{times}, on {counted(lines.receipts, 'receipt')}"
    if len(pieces) == len(quantities) and sum(pieces) > len(pieces):
        on += f" ({counted(int(sum(pieces)), 'piece')})"
    return on


def _average(lines: Lines) -> dict[str | None, Decimal]:
    counts = Counter(one.slip.currency for one in lines.priced)
    return {currency: total / counts[currency] for currency, total in lines.totals.items()}


def _sums(lines: Lines) -> tuple[Sum, ...]:
    return tuple(
        Sum(one.slip.currency, one.slip.category, one.slip.merchant, 1, one.total or Decimal(0)) for one in lines.priced
    )


def _slips(bought: Sequence[Bought]) -> tuple[Slip, ...]:
    return tuple({one.slip.id: one.slip for one in bought}.values())
