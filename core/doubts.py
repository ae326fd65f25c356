"""One plain question for each kind of doubt."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation

from babel.dates import format_date

from core.money import Money
from core.receipt import Doubt, DoubtKind, Receipt

SENTENCES: dict[DoubtKind, str] = {
    DoubtKind.TOTAL_MISSING: "I can't find the total. What is it?",
    DoubtKind.TOTAL_UNCLEAR: "I am not sure of the total. Is it {found}?",
    DoubtKind.READERS_DIFFER: "One reader has {found} as the {field}, the other {other}. Which is right?",
    DoubtKind.SUM_DIFFERS: "The printed parts come to {expected}, but I read {found} as the total. Which is right?",
    DoubtKind.GAP: "The photos don't overlap, so lines may be missing between them. Is everything there?",
    DoubtKind.ITEMS_DIFFER: "The items I read come to {found}, not {expected}. Is one missing or wrong?",
    DoubtKind.ITEM_UNCLEAR: "All adds up if {item} is {expected}, but I read {found}. Which is right?",
    DoubtKind.CASH_DIFFERS: "Cash less change is {expected}, but I read {found} as the total. Which is right?",
    DoubtKind.DATE_MISSING: "I can't find the date. When was this?",
    DoubtKind.DATE_UNCLEAR: "I am not sure of the date. Is it {found}?",
    DoubtKind.DATE_UNLIKELY: "The date reads {found}, which seems unlikely. Is it right?",
    DoubtKind.MERCHANT_MISSING: "I can't find who sold this. Who was it?",
    DoubtKind.MERCHANT_UNCLEAR: "I am not sure who sold this. Is it {found}?",
    DoubtKind.CURRENCY_MISSING: "I can't find the currency. Which one is it?",
    DoubtKind.CURRENCY_UNCLEAR: "I am not sure of the currency. Is it {found}?",
    DoubtKind.SEVERAL_RECEIPTS: "This picture seems to show {expected} receipts, each read by itself; this is the"
    " {found} one. If it is all one, delete the others and correct this one. Are they {expected}?",
    DoubtKind.NOT_PRINTED: "I can't see {found} anywhere on the receipt. Is it the total?",
    DoubtKind.DUPLICATE: "You seem to have sent this receipt before. Is it the same one?",
}
"""What is asked, with places for what was found, what would fit, and what another reader read."""
FIELDS = {"bought_on": "date"}
"""What a field is called where its name does not say it."""
NAMES = ("merchant", "currency")
"""Fields whose values are names, however much like an amount or a date they look."""


def sentence(doubt: Doubt, receipt: Receipt | None = None, locale: str = "en") -> str:
    """Return the doubt's question as plain text, its values written for `locale` (text of the receipt unescaped)."""
    currency = receipt.currency if receipt else None
    values = {"found": doubt.found, "expected": doubt.expected, "other": next(iter(doubt.choices), None)}
    written = _written if doubt.field not in NAMES else _named
    facts = {name: written(value, currency, locale) for name, value in values.items()}
    facts["item"] = _item(doubt, receipt)
    return SENTENCES[doubt.kind].format(**facts, field=FIELDS.get(doubt.field, doubt.field))


def _item(doubt: Doubt, receipt: Receipt | None) -> str:
    """Return the name of the line item that a doubt is about (`items.2.total`), or `an item`."""
    at = doubt.field.split(".")[1:2]
    items = receipt.items if receipt else ()
    known = at and at[0].isdecimal() and int(at[0]) < len(items)
    return items[int(at[0])].description if known else "an item"


def _named(value: str | None, currency: str | None, locale: str) -> str:
    """Return a name as it is printed."""
    return value or "?"


def _written(value: str | None, currency: str | None, locale: str) -> str:
    """Return an amount or a date as people of `locale` write it, any other value as it is."""
    if value is None:
        return "?"
    try:
        return Money(Decimal(value), currency).written(locale)
    except InvalidOperation:
        pass
    try:
        return format_date(date.fromisoformat(value), format="long", locale=locale)
    except ValueError:
        return value
