"""The currencies that an account spends in: they decide what a bare `$` and the date 03/04 mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from babel.core import get_global

from core.accounts import Account
from core.extraction.contacts import currency_of
from core.ports import Filed
from core.receipt import DoubtKind, Receipt

LATEST = 20
"""So many of the account's newest receipts are looked at."""
_LEAST = 3


def likely_currency(account: Account, newest: Sequence[Filed]) -> str | None:
    """Return what the account chose, else what most of its newest receipts say, else what its country pays.

    Its country is that of its time zone, or of its language where that names one (`en-AU`). None when none of them
    tells: the reader then judges by the receipt alone.
    """
    if account.home_currency:
        return account.home_currency
    found = _counted(newest)
    for currency, times in found.most_common(1):
        if times >= _LEAST and 2 * times > found.total():
            return currency
    country = get_global("zone_territories").get(account.time_zone or "") or country_of(account.language)
    return currency_of(country) if country else None


def other_currencies(newest: Sequence[Filed]) -> tuple[str, ...]:
    """Return the currencies of the newest receipts: those that the person said, latest first, then the commonest.

    One answer to "Is it USD?" is enough: the next receipt with the same sign is not asked about.
    """
    said = [one.receipt.currency for one in newest if one.receipt and _is_said(one, one.receipt)]
    return tuple(dict.fromkeys(code for code in (*said, *(code for code, _ in _counted(newest).most_common())) if code))


def _is_said(filed: Filed, receipt: Receipt) -> bool:
    """Return whether the person wrote the currency, or answered that it is right."""
    return "currency" not in receipt.evidence or DoubtKind.CURRENCY_UNCLEAR in filed.settled


def country_of(language: str) -> str | None:
    """Return the country that a language tag names: `AU` of `en-AU` and `en_AU.UTF-8`; None of `en` and `zh-hant`."""
    parts = language.partition(".")[0].replace("_", "-").split("-")[1:]
    return next((part.upper() for part in parts if len(part) == 2 and part.isalpha()), None)


def _counted(newest: Sequence[Filed]) -> Counter[str]:
    """Count the receipts in each currency; one that is still asked about says nothing."""
    return Counter(
        one.receipt.currency
        for one in newest
        if one.receipt and one.receipt.currency and not any(doubt.field == "currency" for doubt in one.receipt.doubts)
    )
