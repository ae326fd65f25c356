"""A person's locale, and how amounts, days and percentages are written in it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from babel import negotiate_locale
from babel.dates import format_date, format_skeleton
from babel.localedata import locale_identifiers
from babel.numbers import format_decimal, format_percent


def locale_of(language: str | None) -> str:
    """Return the locale for a language tag as Telegram sends it (`pt-br`, `zh-hans`), or `en`."""
    wanted = (language or "en").replace("-", "_")
    return negotiate_locale([wanted], locale_identifiers()) or "en"


def written_day(day: date, locale: str, year: bool = True) -> str:
    """Return a day as people write it: `Oct 3, 2026`, or `Oct 3` without its year."""
    if year:
        return format_date(day, "medium", locale=locale)
    return format_skeleton("MMMd", day, locale=locale)


def written_percent(share: Decimal, locale: str) -> str:
    """Return a share (0.125 for an eighth) in whole percent: `12%`, `12 %`."""
    return format_percent(share, locale=locale)


def written_rate(rate: Decimal, locale: str) -> str:
    """Return a tax's rate in percent with the decimals that it has: `20%`, `5.5%`, `8.875 %`."""
    return format_percent(rate / 100, locale=locale, decimal_quantization=False)


def written_bare(amount: Decimal, decimals: int, locale: str) -> str:
    """Return an amount without its currency, with that many decimals: `1,234.50`, `1.234,50`."""
    places = "." + "0" * decimals if decimals else ""
    return format_decimal(amount, format=f"#,##0{places}", locale=locale)


def decimals_of(amount: Decimal) -> int:
    """Return how many decimals an amount is written with: 12.50 has two, 75000 none."""
    exponent = amount.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
