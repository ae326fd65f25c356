"""Whether every number in a text is one that was given: as an amount, a count, a day or a month."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import lru_cache

from babel.core import get_global
from babel.dates import format_date, format_skeleton
from babel.numbers import get_currency_symbol

from core.periods import Period
from core.telling import Given
from core.written_numbers import Number, numbers, plain_digits

_NEXT_TO = re.compile(r"[^\W\d_]+|\S")
_BEFORE = re.compile(r"(?:[^\w\s]?[^\W\d_]+[^\w\s]?|[^\w\s])$")
_AFTER = re.compile(r"[^\W\d_]+[^\w\s]?|[^\w\s][^\W\d_]*")
_LARGE_SIGNS = frozenset("十百千万萬億亿兆백천만억")
_LARGE_WORDS = (
    *("hundred", "thousand", "million", "billion", "dozen", "hundert", "tausend", "milli", "mille", "mil ", "cien"),
    *("lakh", "crore", "тыс", "млн", "млрд", "tys", "tisíc", "ezer", "bin ", "mln", "mlrd", "mrd", "mio", "tsd"),
    *("percent", "per cent", "prozent", "procent", "pct", "pour cent", "por cien", "por cento", "процент", "cent"),
)
"""Beginnings of words that would make another number, or a percentage, of the number before them."""
_JOINTS = re.compile(r"\d\s?[/:^×⁄∶÷]\s?\d|\d[.,'’]?\s?[-−–]?\s?[%‰٪]|[%‰٪]\s?\d|[+]\s?\d|\d\s?[°½]")
"""What makes a fraction, a time, a ratio or a percentage of numbers: none of these are ever given."""


def are_given(text: str, given: Given) -> bool:
    """Tell whether every number in a text was given, whatever digits, separators and order of a day it is written in.

    An amount must be one of the currency whose sign or code stands at it; days and months are taken where they are
    written as their languages write them; any other number must be an amount, a count or a year that was given.
    """
    plain = plain_digits(text)
    if plain is None:
        return False
    rest = _without_days(plain, given)
    if _JOINTS.search(rest) or any(_is_marked(rest, place) for place in range(len(rest))):
        return False
    signs = _signs(given)
    return all(_is_given(rest, number, given, signs) for number in numbers(rest, given.locale))


def _is_given(text: str, number: Number, given: Given, signs: dict[str, frozenset[Decimal]]) -> bool:
    if number.value is None or _grows(text, number):
        return False
    if number.is_negative and number.value not in given.negatives:
        return False
    money = [sign for sign in _neighbours(text, number) if _is_money(sign)]
    if money:
        return all(number.value in signs.get(sign, frozenset()) for sign in money)
    years = {day.year for day in given.days} | {month.first.year for month in given.months}
    amounts = frozenset[Decimal]().union(*given.amounts.values())
    return number.value in amounts or number.value in given.counts or number.value in years


def _neighbours(text: str, number: Number) -> Iterator[str]:
    """Yield the words and signs right before and right after a number: of `CA$5` the sign and the letters at it."""
    before = text[max(0, number.start - 24) : number.start].rstrip(" \u00a0\u202f-−–")
    after = text[number.end : number.end + 24].lstrip(" \u00a0\u202f")
    for near in (_BEFORE.search(before), _AFTER.match(after)):
        yield from _NEXT_TO.findall(near[0]) if near else ()


def _is_money(word: str) -> bool:
    """Tell whether a word stands for a currency: its sign, or its code in capitals."""
    return unicodedata.category(word[0]) == "Sc" or (len(word) == 3 and word in get_global("all_currencies"))


def _signs(given: Given) -> dict[str, frozenset[Decimal]]:
    """Return the amounts that were given by the signs and codes that may stand at them."""
    found: dict[str, frozenset[Decimal]] = {}
    for currency, amounts in given.amounts.items():
        if currency is None:
            continue
        names = {currency, *(_symbols(currency, given.locale))}
        for name in names:
            found[name] = found.get(name, frozenset()) | amounts
    return found


@lru_cache(256)
def _symbols(currency: str, locale: str) -> frozenset[str]:
    """Return a currency's signs alone: `$` of `CA$`."""
    written = {get_currency_symbol(currency, locale=one) for one in (locale, "en")}
    folded = unicodedata.normalize("NFKC", "".join(written))
    return frozenset(sign for sign in folded if unicodedata.category(sign) == "Sc")


def _grows(text: str, number: Number) -> bool:
    """Tell whether what follows a number makes another one of it: `12k`, `3万`, `2 million`; or a letter joins it."""
    after = text[number.end : number.end + 24]
    if after[:1].isascii() and after[:1].isalpha() and not _is_money(after[:3]):
        return True
    words = after.lstrip(" \u00a0\u202f").casefold()
    return (words[:1] != "" and words[:1] in _LARGE_SIGNS) or words.startswith(_LARGE_WORDS)


def _is_marked(text: str, place: int) -> bool:
    """Tell whether a digit carries a mark that would change or hide it."""
    return text[place].isdigit() and unicodedata.category(text[place + 1 : place + 2] or " ") in ("Mn", "Me")


def _without_days(text: str, given: Given) -> str:
    """Return the text without the days and months that were given, the longest way of writing them first."""
    forms = {form for day in given.days for form in _day_forms(day, given.locale)}
    forms |= {form for month in given.months for form in _month_forms(month, given.locale)}
    for form in sorted(forms, key=len, reverse=True):
        text = re.sub(rf"(?<![\d.,/-]){re.escape(form)}(?!\d|[.,/-]\d)", " ; ", text, flags=re.IGNORECASE)
    return text


@lru_cache(512)
def _day_forms(day: date, locale: str) -> frozenset[str]:
    """Return how a day is written: by the person's language and in English, with and without its year."""
    found = {day.isoformat()}
    for one in (locale, "en", "en_GB"):
        found |= {format_date(day, form, locale=one) for form in ("medium", "long", "full")}
        found |= {format_skeleton(form, day, locale=one) for form in ("MMMd", "MMMMd", "yMMMd", "yMMMMd", "yMd")}
    found |= {format_date(day, "short", locale=locale), f"{day.year}年{day.month}月{day.day}日"}
    return frozenset(folded for form in found if (folded := plain_digits(form)) and any(map(str.isdigit, folded)))


@lru_cache(512)
def _month_forms(month: Period, locale: str) -> frozenset[str]:
    """Return how a month and its year are written."""
    found = {format_skeleton(form, month.first, locale=one) for form in ("yMMMM", "yMMM") for one in (locale, "en")}
    found |= {format_skeleton("MMMM", month.first, locale=locale)}
    return frozenset(folded for form in found if (folded := plain_digits(form)) and any(map(str.isdigit, folded)))
