"""Answers a query from an account's ledger, with how the answer was found."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from core.accounts import Account
from core.asked_query import Query
from core.asking.fitting import Asking
from core.asking.item_answers import ItemAnswers
from core.asking.purchases import Purchases, Scope
from core.asking.receipt_answers import ReceiptAnswers
from core.asking.told import Told
from core.locales import locale_of
from core.ports import Figures
from core.receipt import Category


class Answering:
    """Answers from the figures, and from line items and receipts where these do not say it."""

    def __init__(self, figures: Figures, purchases: Purchases) -> None:
        """Take both."""
        self._of_receipts = ReceiptAnswers(figures, purchases)
        self._of_items = ItemAnswers(self._of_receipts)

    async def answer(self, account: Account, query: Query, today: date) -> Told:
        """Return what is told of a query. Raises Unavailable when the ledger does not answer."""
        scope = Scope(account.id, query.since or date.min, query.until or date.max)
        asking = Asking(query, scope, today, locale_of(account.language))
        told = await (self._of_items if query.item else self._of_receipts).answer(asking)
        item = _own_word(query)
        if told.is_found or item is None:
            return told
        # A category of one's own may be named like what was bought long before it was made.
        query = replace(query, categories=(), item=item)
        found = await self._of_items.answer(Asking(query, scope, today, locale_of(account.language)))
        return found if found.is_found else told


def _own_word(query: Query) -> str | None:
    """Return the one category that a query asks for when it is an account's own, which may be an item's name too."""
    is_plain = query.item is None and query.merchant is None and len(query.categories) == 1
    return query.categories[0] if is_plain and query.categories[0] not in set(Category) else None
