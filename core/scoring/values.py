"""What a truth file or a prediction may write for an amount, a date or a name, and what that means."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation

from babel.numbers import get_currency_precision

from core.money import read_amount

_PLAIN = re.compile(r"-?\d+(?:\.\d+)?")
_MOST_DIGITS = 15
"""Before the decimals, and behind the point."""
_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ].*)?", re.DOTALL)


def printed_amount(value: object, currency: str | None) -> Decimal | None:
    """Return the amount that people wrote down: a number, or text as printed (`1,234.50`, `75.000`, `RM 12.50`).

    One separator with three digits after it groups thousands, unless the currency has three decimals.
    Raises ValueError.
    """
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        raise ValueError("is neither a number nor text")
    text = str(value).strip()
    if not isinstance(value, str) or (_has_three_decimals(currency) and re.fullmatch(r"\d+\.\d{3}", text)):
        return _decimal(text)
    amount = read_amount(text)
    return _decimal(text) if amount is None else amount


def plain_amount(value: object) -> Decimal | None:
    """Return the amount that a program wrote: a number, or text with a point before the decimals; None for others."""
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        return None
    text = str(value).strip()
    amount = Decimal(text) if _PLAIN.fullmatch(text) else read_amount(text)
    return amount if amount is None or _is_written_out(amount) else None


def printed_day(value: object) -> date | None:
    """Return the date that an ISO text means. Raises ValueError."""
    if value is None or value == "":
        return None
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d\d-\d\d", value.strip()):
        raise ValueError("is no date like 2026-04-18")
    try:
        return date.fromisoformat(value.strip())
    except ValueError:
        raise ValueError("is no day of the calendar") from None


def plain_day(value: object) -> str | None:
    """Return the day that a program wrote, without a time after it; what is no ISO date stays as it is (wrong)."""
    if value is None or not str(value).strip():
        return None
    found = _DAY.fullmatch(str(value).strip())
    return found[1] if found else str(value).strip()


def plain_text(value: object) -> str:
    """Return the text, or a number as text, without halves of characters: JSON may hold such, files may not."""
    return str(value).encode("utf-8", "replace").decode("utf-8")


def _decimal(text: str) -> Decimal:
    try:
        amount = Decimal(text)
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or not _is_written_out(amount):
        raise ValueError("is no amount")
    return amount


def _is_written_out(amount: Decimal) -> bool:
    """Return whether an amount has as many digits as may be printed: `1e99` has not, whatever its sum."""
    return -_MOST_DIGITS <= amount.adjusted() <= _MOST_DIGITS and len(amount.as_tuple().digits) <= 2 * _MOST_DIGITS


def _has_three_decimals(currency: str | None) -> bool:
    return currency is not None and get_currency_precision(currency.strip().upper()) == 3
