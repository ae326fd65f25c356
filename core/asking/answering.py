"""Answers a query from an account's ledger, with how the answer was found."""

from __future__ import annotations

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
        return await (self._of_items if query.item else self._of_receipts).answer(asking)
