"""The answers that a doubt offers, as the chat's buttons and the pages' say them."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from hashlib import blake2s

from core.doubts import NAMES
from core.locales import written_day
from core.money import Money
from core.receipt import Doubt, DoubtKind

RIGHT, TOTAL_RIGHT, ONE_RIGHT = "It is right", "The total is right", "{found} is right"
LEAVE = "Leave it open"
DOUBTS_OF_ABSENCE = frozenset(
    {DoubtKind.TOTAL_MISSING, DoubtKind.DATE_MISSING, DoubtKind.MERCHANT_MISSING, DoubtKind.CURRENCY_MISSING}
)
DOUBTS_BETWEEN_TWO = frozenset(
    {
        DoubtKind.SUM_DIFFERS,
        DoubtKind.ITEM_UNCLEAR,
        DoubtKind.CASH_DIFFERS,
        DoubtKind.READERS_DIFFER,
        DoubtKind.CURRENCY_UNCLEAR,
    }
)


def mark_of(doubt: Doubt) -> str:
    """Return eight hex digits that differ between doubts which ask different things."""
    return blake2s(doubt.model_dump_json().encode(), digest_size=4).hexdigest()


def choice_text(doubt: Doubt, choice: str, currency: str | None, locale: str) -> str:
    """Return an offered value as a button shows it: a date, an amount in its currency, or a name as printed."""
    if doubt.field in NAMES:
        return choice
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", choice):
        return written_day(date.fromisoformat(choice), locale)
    if re.fullmatch(r"-?\d+(\.\d+)?", choice):
        return Money(Decimal(choice), currency).written(locale)
    return choice


def right_text(doubt: Doubt, currency: str | None, locale: str) -> str:
    """Return what it says in words to leave everything as it was read."""
    if doubt.kind in DOUBTS_OF_ABSENCE:
        return LEAVE
    if doubt.kind is DoubtKind.ITEMS_DIFFER:
        return TOTAL_RIGHT
    if doubt.kind in DOUBTS_BETWEEN_TWO and doubt.found is not None:
        return ONE_RIGHT.format(found=choice_text(doubt, doubt.found, currency, locale))
    return RIGHT
