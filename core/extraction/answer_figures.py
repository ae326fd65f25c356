"""Figures in a model's answer: plain numbers as asked for, and amounts as they are printed all over the world."""

from __future__ import annotations

import re
from decimal import Decimal

from babel.numbers import get_currency_precision

from core.extraction.model_json import Unquoted
from core.extraction.numerals import find_numerals
from core.extraction.visible import visible
from core.money import read_amount

LONGEST_FIGURE = 60
_PLAIN = re.compile(r"-?\d{1,12}(?:\.\d{1,6})?", re.ASCII)
_MOST_DIGITS = 15
_EXPONENT = re.compile(r"\d\s*[eE][+-]?\d")
_ABSENT = frozenset({"", "-", "—", "n/a", "na", "none", "null", "nil", "unknown", "not printed", "not visible"})


def is_absent(text: str) -> bool:
    """Tell whether a text only says that there is nothing."""
    return text.casefold() in _ABSENT


def figure_of(value: object, currency: str | None = None, counts: bool = False) -> Decimal | None:
    """Return a number that is written like `12.50`, `RM 12.50` or `1.234,56 €`, or None when it is absent.

    With `counts` three decimals are decimals (0.345 kg), else thousands unless the currency has three.
    Raises ValueError when it is no number, or has more than fifteen digits.
    """
    if value is None:
        return None
    if not isinstance(value, str) or len(value) > LONGEST_FIGURE:
        raise ValueError("is not a plain number")
    text = visible(value, LONGEST_FIGURE)
    if is_absent(text):
        return None
    found = _figure(text, counts or isinstance(value, Unquoted) or _has_three_decimals(currency))
    if found is None or (isinstance(value, Unquoted) and not _PLAIN.fullmatch(text)):
        raise ValueError("is not a plain number")
    return found


def _figure(text: str, decimals: bool) -> Decimal | None:
    if decimals and _PLAIN.fullmatch(text) and sum(sign.isdigit() for sign in text) <= _MOST_DIGITS:
        return Decimal(text)
    found = read_amount(text)
    if found is not None:
        return found
    numerals = find_numerals(text)
    # "12.50 incl. GST" means one number; an exponent's base means none.
    if len(numerals) != 1 or _EXPONENT.search(text):
        return None
    return numerals[0].value


def _has_three_decimals(currency: str | None) -> bool:
    return currency is not None and get_currency_precision(currency) == 3
