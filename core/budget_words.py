"""What a person writes to set a budget: `800`, `groceries 300`, `groceries 300 EUR`, `groceries off`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from babel.numbers import get_currency_precision

from core.budgets import Budget
from core.choices import currency_codes
from core.errors import Unusable
from core.insights import same_name
from core.money import read_amount

LARGEST = Decimal("1e12")
LONGEST = 200
EVERYTHING = ("", "everything", "all", "total")
_AMOUNT = re.compile(r"^(?P<before>.*?)(?P<amount>\S*\d(?:\S*(?:\s\d{3}\b)*\S*))(?P<after>\D*)$")
_CODE = re.compile(r"[A-Za-z]{3}")


class WrongBudget(Unusable):
    """I don't understand this budget."""


class NoAmount(WrongBudget):
    """Please write an amount above zero, like 300 or 120.50."""


class NoCurrency(WrongBudget):
    """I don't know in which currency. Please write it along, as in 300 EUR."""


class NoCategory(WrongBudget):
    """I don't know the category “{category}”. There are: {categories}."""


@dataclass(frozen=True)
class Wish:
    """What was asked for: a budget of this amount, or (None) none any more; the category is as it was written."""

    category: str
    amount: str | None
    currency: str | None


def read_wish(text: str) -> Wish | None:
    """Return what a text asks for, or None when it asks for nothing that is known."""
    words = " ".join(text[:LONGEST].split())
    if found := re.fullmatch(r"(?:(?P<before>.*?) )?(?:off|none)(?: (?P<code>[A-Za-z]{3}))?", words, re.IGNORECASE):
        code, rest = _split_code(found["before"] or "")
        return Wish(rest, None, (found["code"] or code or "").upper() or None)
    match = _AMOUNT.fullmatch(words)
    if match is None or len(match["after"].split()) > 1:
        return None
    code, category = _split_code(match["before"].strip())
    after = match["after"].strip()
    if after and not _is_code(after):
        return None
    return Wish(category, match["amount"], (after or code or "").upper() or None)


def category_of(words: str, known: Sequence[str]) -> str:
    """Return the category that was meant, "" for everything; a beginning will do. Raises NoCategory."""
    wanted = same_name(words) or ""
    if wanted in EVERYTHING:
        return ""
    same = [one for one in known if same_name(one) == wanted]
    alike = same or [one for one in known if len(wanted) >= 3 and (same_name(one) or "").startswith(wanted)]
    if len(set(alike)) != 1:
        raise NoCategory("no such category", category=words[:40], categories=", ".join(known))
    return alike[0]


def budget_of(category: str, amount: str, currency: str | None) -> Budget:
    """Return a budget. Raises NoCurrency or NoAmount."""
    if currency is None or currency.upper() not in currency_codes():
        raise NoCurrency("no currency")
    code = currency.upper()
    plain = re.fullmatch(r"\d{1,12}[.,]\d{3}", amount.strip(), re.ASCII)
    # Three digits after a point are thousands, unless the currency has three decimals.
    is_small = plain is not None and get_currency_precision(code) == 3
    value = Decimal(amount.strip().replace(",", ".")) if is_small else read_amount(amount)
    if value is None or not 0 < value < LARGEST:
        raise NoAmount("no amount")
    return Budget(category, code, value)


def _split_code(words: str) -> tuple[str | None, str]:
    """Return a currency's code that stands last, and the words before it."""
    *rest, last = words.split() or [""]
    return (last, " ".join(rest)) if _is_code(last) else (None, words)


def _is_code(word: str) -> bool:
    return bool(_CODE.fullmatch(word)) and word.upper() in currency_codes()
