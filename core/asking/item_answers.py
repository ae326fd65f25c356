"""Answers about line items: what they came to, how many there are, the dearest, the last; merchants' names apart."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace

from core.asked_query import Ask
from core.asking.fitting import Asking, Fitting, fitting
from core.asking.line_answers import Lines, told_of_lines, wanted_words
from core.asking.matching import Wording, merchant_fits, wording
from core.asking.purchases import MOST_RECEIPTS, Bought
from core.asking.receipt_answers import ReceiptAnswers
from core.asking.told import Told, amounts, counted, names, quoted, sentence

CUT = f"Only the latest {MOST_RECEIPTS:,} receipts with such words were looked at. Ask for a shorter time."
PRICELESS = (Ask.COUNT, Ask.LATEST, Ask.FIRST, Ask.LIST)
"""For these a line item needs no price."""


@dataclass(frozen=True)
class ItemAnswers:
    """Answers queries that name an item."""

    receipts: ReceiptAnswers

    async def answer(self, asking: Asking) -> Told:
        """Return what is told: of line items, else of merchants with the words in their name."""
        wanted = wording(asking.query.item or "")
        if wanted is None:
            return await self.receipts.answer(replace(asking, query=replace(asking.query, item=None)))
        lines = await self._lines(asking, wanted)
        named = await self._named(asking)
        if lines.found:
            told = told_of_lines(asking, lines)
            cut = (CUT,) if lines.is_cut else ()
            return replace(
                told, lines=(*told.lines, *cut), how=(*_how(asking, lines), *told.how, *_apart(asking, named))
            )
        if asking.query.merchant is None and (named.receipts or named.missing):
            return await self._of_merchants(asking, named)
        return Told(
            (sentence("I found nothing with", wanted_words(asking.query), asking.when),),
            ("I looked in the names of merchants and in the line items of your receipts.",),
            is_found=False,
        )

    async def _lines(self, asking: Asking, wanted: Wording) -> Lines:
        query, found = asking.query, asking.scope
        every, is_cut = await self.receipts.purchases.items(found, wanted.beginnings)
        categories = {category.casefold() for category in query.categories}

        def fits(one: Bought) -> bool:
            at_merchant = query.merchant is None or merchant_fits(one.slip.merchant, query.merchant)
            in_category = not categories or one.slip.category.casefold() in categories
            return wanted.fits(one.description) and at_merchant and in_category

        # Tens of thousands of line items take half a second: others are answered meanwhile.
        kept = await asyncio.to_thread(lambda: tuple(filter(fits, every)))
        return Lines(kept, wanted, is_cut)

    async def _named(self, asking: Asking) -> Fitting:
        """Return the receipts of merchants that have the words in their name."""
        scope, query = asking.scope, asking.query
        sums = await self.receipts.figures.sums(scope.account, scope.since, scope.until)
        lost = await self.receipts.purchases.untotalled(scope)
        found = fitting(sums, lost, query)
        return fitting(list(found.sums), list(found.lost), replace(query, merchant=query.item))

    async def _of_merchants(self, asking: Asking, named: Fitting) -> Told:
        query = replace(asking.query, merchant=asking.query.item, item=None)
        told = await self.receipts.told(replace(asking, query=query), named)
        return replace(told, how=(f"No line item has {quoted(asking.query.item or '')}.", *told.how))


def _how(asking: Asking, lines: Lines) -> tuple[str, ...]:
    """Say which line items were meant, and what is left out."""
    items = counted(len(lines.found), "line item")
    described = names(one.description for one in lines.found)
    on = counted(lines.receipts, "receipt")
    how = [f"{items} with {wanted_words(asking.query)} on {on}: {described}."]
    unpriced = len(lines.found) - len(lines.priced)
    if unpriced:
        has, is_left = ("has", "is") if unpriced == 1 else ("have", "are")
        left_out = "" if asking.query.ask in PRICELESS else f" and {is_left} left out"
        how.append(f"{unpriced} of them {has} no price{left_out}.")
    if len(lines.totals) > 1:
        how.append("Currencies are never added up.")
    return tuple(how)


def _apart(asking: Asking, named: Fitting) -> tuple[str, ...]:
    """Say what merchants with the words in their name came to; it is not added."""
    if not named.receipts:
        return ()
    words = quoted(asking.query.item or "")
    total = amounts(named.totals, asking.locale)
    return (
        f"Counted apart: {counted(named.receipts, 'receipt')} of merchants with {words} in their name"
        f" ({names(named.merchants)}), {total} in all.",
    )
