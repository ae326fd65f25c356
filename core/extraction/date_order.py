"""Whether a receipt writes the day or the month first, judged by everything else that is printed on it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from math import exp

from core.extraction.currency import find_currency
from core.extraction.date_formats import Printed
from core.extraction.date_spellings import Order
from core.extraction.plain import find_words, plain
from core.ports import Hints
from core.receipt import Reading

_WORDS = "order_words.json"
_STATES = (
    "AL|AK|AZ|AR|CA|CO|CT|DE|FL|GA|HI|ID|IL|IN|IA|KS|KY|LA|ME|MD|MA|MI|MN|MS|MO|MT|NE|NV|NH|NJ|NM|NY|NC|ND|OH|OK|OR|"
    "PA|RI|SC|SD|TN|TX|UT|VT|VA|WA|WV|WI|WY|DC|PR|GU"
)
_STATE_AND_ZIP = re.compile(rf"\b(?:{_STATES})[\s,.]{{1,3}}\d{{5}}(?:-\d{{4}})?\b")
_CITY_AND_STATE = re.compile(rf"[A-Za-z]{{3,}},\s?(?:{_STATES})\.?\s*(?:USA|U\.S\.A\.?)?$", re.MULTILINE)
_PLAIN_STATES = "AZ|CA|CT|FL|GA|IA|IL|KS|KY|MI|MN|MO|MT|NC|ND|NE|NH|NJ|NM|NV|NY|OH|RI|SC|SD|TN|TX|UT|VA|VT|WI|WV|WY"
"""States that are no words: they may end an address without a comma before them."""
_STATE_AT_THE_END = re.compile(rf"^[A-Za-z .\d]*[A-Za-z]{{3,}}\s(?:{_PLAIN_STATES})$", re.MULTILINE)
_AMERICAN_PHONE = re.compile(r"(?<![\d-])(?:1[-. ])?(?:\(\d{3}\)\s?|\d{3}[-. ])\d{3}[-. ]\d{4}(?!\d)")
_BRITISH_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}\b")
_DOTTED = re.compile(r"(?<![\d.])\d\d?\.\d\d?\.(?:\d{4}|\d\d)(?![\d.])")
"""Full stops stand between the parts of a date where the day comes first, from Germany to Russia."""
_FOREIGN = re.compile(r"[äöüßñçàèéêìòùåøæłśżźčřšžőűğışа-яα-ωก-๛]")
"""Found in lower-case text: letters that differ in case alone would count `i` as a Turkish ı."""
_HALF_DAY_CLOCK = re.compile(r"\d\s?[ap]\.?m\b", re.IGNORECASE)
_MONTH_FIRST_HOMES = frozenset({"USD", "PHP"})
_YEAR_FIRST = frozenset({"SEK", "JPY", "CNY", "KRW", "TWD", "HUF"})
_DASHED = re.compile(r"(?<![\d-])\d\d-\d\d-\d\d(?![\d-])")
"""Where years come first they do so in two figures, too, with dashes between."""

Leanings = dict[Order, float]


def leanings(reading: Reading, seen: Iterable[Printed], hints: Hints) -> Leanings:
    """Return how much speaks for each order (natural logarithms of odds: only their differences mean something).

    A date elsewhere on the receipt that makes sense in one order only decides; then come places, telephone
    numbers, tax words and currencies, and last the account's home currency and language.
    """
    text = plain(reading.text)
    month = -0.7 + _by_dates(seen) + _by_place(reading.text)
    month += min(3.0, 1.5 * _different(text, "month first")) - min(4.5, 1.5 * _different(text, "day first"))
    currency, why = find_currency(reading, hints.currencies)
    sure = why.confidence or 0.0
    abroad = currency == "USD" and bool(_different(text, "dollars abroad"))
    month += (-4.0 * sure**2 if abroad else _by_currency(currency, sure)) + _by_account(hints)
    year = -3.0 + min(6.0, 3.0 * _different(text, "year first"))
    if currency in _YEAR_FIRST and _DASHED.search(text):
        year += 6.0 * sure
    return {"day first": 0.0, "month first": month, "year first": year, "named": 0.0}


def likelihoods(printed: Printed, lean: Leanings, today: date, fits: Callable[[date], float]) -> dict[date, float]:
    """Return how likely each day is that the printed date could mean; they add up to 1.

    `fits` says how many times likelier a day is by what is printed of it elsewhere.
    """
    weights: dict[date, float] = {}
    for order, day in printed.readings:
        weights[day] = weights.get(day, 0.0) + exp(lean[order]) * plausible(day, today) * fits(day)
    whole = sum(weights.values())
    return {day: weight / whole for day, weight in sorted(weights.items(), key=lambda item: -item[1])}


def plausible(day: date, today: date) -> float:
    """Return from 0 to 1 how well a day fits a receipt that was sent today: seldom old, never in the future.

    Tomorrow is possible, since the earth is round, but not likely.
    """
    if day > today:
        return 0.2 if day == today + timedelta(days=1) else 0.01
    if day > today - timedelta(days=60):
        return 1.0
    return 0.5 if day > today - timedelta(days=365 * 25) else 0.05


def _by_dates(seen: Iterable[Printed]) -> float:
    """Return what the dates with a part over 12 say."""
    sure = 0.0
    for printed in seen:
        orders = {order for order, _ in printed.readings}
        if len(printed.dates) == 1 or "year first" in orders:
            sure += 6.0 * (("month first" in orders) - ("day first" in orders))
    return max(-6.0, min(6.0, sure))


def _by_place(text: str) -> float:
    american = 3.5 * bool(_STATE_AND_ZIP.search(text) or _CITY_AND_STATE.search(text))
    american += 1.5 * bool(_AMERICAN_PHONE.search(text)) + 3.5 * bool(not american and _STATE_AT_THE_END.search(text))
    if _DOTTED.search(text):
        american -= 2.0
    if len(_FOREIGN.findall(text.lower())) > 2:
        american -= 1.5
    return american + 0.6 * bool(_HALF_DAY_CLOCK.search(text)) - 3.0 * bool(_BRITISH_POSTCODE.search(text))


def _by_currency(currency: str | None, sure: float) -> float:
    """Return what the country says whose currency it is; Canada writes both orders."""
    if currency is None or currency == "CAD":
        return 0.0
    return 4.0 * sure**2 if currency in _MONTH_FIRST_HOMES else -4.0 * sure**2


def _by_account(hints: Hints) -> float:
    month = 0.0
    if hints.home_currency:
        month += 1.0 if hints.home_currency.upper() in _MONTH_FIRST_HOMES else -1.0
    language = hints.language.replace("_", "-").casefold()
    if language == "en-us":
        return month + 1.0
    return month if language.startswith("en") else month - 1.0


def _different(text: str, name: str) -> int:
    """Return how many different words of a list stand in the text."""
    return len({found.word for found in find_words(text, _WORDS, name)})
