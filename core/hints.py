"""What is known of a receipt beside its picture."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Hints:
    """What is known beside the picture: the day it was sent, the account's language, home currency and categories.

    `other_currencies` are those that its receipts are in beside the home currency, the likeliest first.
    """

    today: date
    language: str = "en"
    home_currency: str | None = None
    categories: tuple[str, ...] = ()
    other_currencies: tuple[str, ...] = ()

    @property
    def currencies(self) -> tuple[str, ...]:
        """Return the currencies that the account is known to spend in, the likeliest first."""
        return (self.home_currency, *self.other_currencies) if self.home_currency else self.other_currencies
