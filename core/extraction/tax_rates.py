"""Whose goods and services tax it is that a receipt prints: its rate differs from country to country."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from core.money import read_amount

_RATES = {"AUD": (10,), "NZD": (15,), "SGD": (7, 8, 9), "CAD": (5,)}
_TAX = re.compile(r"\bgst\b", re.IGNORECASE)
_OF = re.compile(r"total|amount|balance|\bdue\b|nett?\b", re.IGNORECASE)
_AMOUNT = re.compile(r"(?<![\d.,])\d{1,3}(?:,?\d{3})*\.\d\d(?![\d.,%])")
_CENT = Decimal("0.01")
_LEAST = Decimal("0.20")
"""Of a smaller tax the rate cannot be told: a cent is too much of it."""


def currencies_of_rates(rows: Sequence[str]) -> frozenset[str]:
    """Return the currencies of the countries at whose rate the printed GST is a part of a printed total.

    The tax may be in the total (a tenth on top is an eleventh of it) or come on top of it. Of several countries that
    fit none is told.
    """
    taxes = [amount for row in rows if _TAX.search(row) for amount in _amounts(row) if amount >= _LEAST]
    totals = [amount for row in rows if _OF.search(row) and not _TAX.search(row) for amount in _amounts(row)]
    found = {
        currency
        for currency, rates in _RATES.items()
        if any(_fits(tax, total, rate) for rate in rates for tax in taxes for total in totals)
    }
    return frozenset(found if len(found) == 1 else ())


def _fits(tax: Decimal, total: Decimal, rate: int) -> bool:
    return any(abs(tax - total * rate / whole) <= _CENT * 3 / 4 for whole in (100, 100 + rate))


def _amounts(row: str) -> list[Decimal]:
    return [amount for amount in map(read_amount, _AMOUNT.findall(row)[-3:]) if amount]
