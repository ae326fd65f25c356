"""Telephone numbers and web addresses on a receipt, and the currencies of the countries that they belong to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice

from babel.numbers import get_territory_currencies
from phonenumbers import Leniency, PhoneNumberMatcher, region_code_for_number

_MOST = 8
_MUCH = 1.5
_LEAST_PARTS = 3
_DOMAIN = re.compile(r"(?:www\.|@|https?:)[\w.\-/]*?\.([a-z]{2})(?![\w.])", re.IGNORECASE)
_COUNTRY_DOMAIN = re.compile(r"\.(?:com?|org|net|gov|go|or|ne)\.([a-z]{2})(?![\w.])", re.IGNORECASE)
"""`corner-shop.com.au` is a web address without `www.`, too."""
_SOLD_TO_ANYBODY = frozenset(
    {"ac", "ag", "ai", "am", "cc", "co", "fm", "gg", "io", "la", "ly", "me", "nu", "sh", "st", "to", "tv", "ws"}
)
"""Countries' domains that shops elsewhere use."""
_TERRITORIES = {"uk": "GB"}


def currencies_of_contacts(text: str) -> Iterator[tuple[str, float]]:
    """Yield a currency and how much speaks for it: international and North American numbers, countries' domains."""
    for region in dict.fromkeys((*_regions(text), *_domains(text))):
        currency = currency_of(region)
        if currency:
            yield currency, _MUCH


@cache
def currency_of(territory: str) -> str | None:
    """Return what is paid in a territory (ISO 3166, two letters) today, or None."""
    paid = get_territory_currencies(territory)
    return str(paid[0]) if paid else None


def _regions(text: str) -> Iterator[str]:
    """Yield where the numbers are that say so: by `+`, or three groups of North America, which area codes part.

    A run of ten figures may be anything, so North American numbers need something between their groups.
    """
    for found in islice(PhoneNumberMatcher(text, "US", Leniency.STRICT_GROUPING), _MOST):
        is_clear = found.raw_string.startswith("+") or len(re.findall(r"\d+", found.raw_string)) >= _LEAST_PARTS
        region = region_code_for_number(found.number)
        if region and is_clear:
            yield region


def _domains(text: str) -> Iterator[str]:
    for pattern in (_DOMAIN, _COUNTRY_DOMAIN):
        for match in islice(pattern.finditer(text), _MOST):
            domain = match[1].casefold()
            if domain not in _SOLD_TO_ANYBODY:
                yield _TERRITORIES.get(domain, domain.upper())
