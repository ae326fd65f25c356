"""The currency that an account most likely spends in: it decides what a bare `$` and the date 03/04 mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from babel.core import get_global
from babel.numbers import get_territory_currencies

from core.accounts import Account
from core.ports import Filed

LATEST = 20
"""So many of the account's newest receipts are looked at."""
_LEAST = 3


def likely_currency(account: Account, newest: Sequence[Filed]) -> str | None:
    """Return what the account chose, else what most of its newest receipts say, else what its time zone's country pays.

    None when none of them tells: the reader then judges by the receipt alone.
    """
    if account.home_currency:
        return account.home_currency
    found = Counter(one.receipt.currency for one in newest if one.receipt and one.receipt.currency)
    for currency, times in found.most_common(1):
        if times >= _LEAST and 2 * times > found.total():
            return currency
    country = get_global("zone_territories").get(account.time_zone or "")
    paid = get_territory_currencies(country) if country else []
    return str(paid[0]) if paid else None
