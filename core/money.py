"""Money: a Decimal and an ISO 4217 currency; reads printed amounts and writes them for a reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from babel.numbers import format_currency, format_decimal


@dataclass(frozen=True)
class Money:
    """An amount in units (not cents) of `currency` (ISO 4217, None when it was not printed)."""

    amount: Decimal
    currency: str | None

    def written(self, locale: str = "en") -> str:
        """Return the amount as people of `locale` write it (CLDR, through Babel): `€1,234.50`, `1.234,50 €`."""
        if self.currency is None:
            return format_decimal(self.amount, format="#,##0.00##", locale=locale)
        return format_currency(self.amount, self.currency, locale=locale, currency_digits=True)


def read_amount(text: str) -> Decimal | None:
    """Return the amount that `text` is, or None: `1.234,56`, `1,234.56`, `1 234,56`, `42'987.56`, `¥1,200`, `12.50-`."""
    raise NotImplementedError
