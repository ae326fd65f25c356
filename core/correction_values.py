"""What a person writes into a field of a receipt, read as strictly as print is read kindly."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from babel.numbers import get_currency_precision

from core.categories import among
from core.choices import currency_codes
from core.errors import Unusable
from core.extraction.currency import find_currency
from core.money import read_amount
from core.receipt import Kind, Line, Reading

LONGEST_NAME = 200
LARGEST = Decimal("1e12")

RECEIPT: Mapping[str, str] = {
    **dict.fromkeys(("subtotal", "tip", "discount", "rounding", "total", "cash", "change"), "amount"),
    **dict.fromkeys(("merchant", "number", "payment_method"), "name"),
    **dict.fromkeys(("bought_on", "due_on"), "date"),
    **{name: name for name in ("currency", "category", "kind")},
}
"""The fields of a receipt that can be corrected, and what each takes."""
LINE_ITEM: Mapping[str, str] = {"description": "text", "quantity": "number", "unit_price": "number", "total": "amount"}
TAX_LINE: Mapping[str, str] = {
    "label": "text", "rate": "number", "base": "amount", "amount": "amount", "included": "yes or no"
}  # fmt: skip

DATES = frozenset(field for field, kind in RECEIPT.items() if kind == "date")

_LABELS = {
    "bought_on": "date",
    "due_on": "due date",
    "unit_price": "price",
    "payment_method": "way of paying",
    "kind": "kind of receipt",
    "label": "name",
    "included": "answer",
}
_EXAMPLES = {
    "amount": "Please write a number like 12.50.",
    "number": "Please write a number like 0.750.",
    "date": "Please write a date like 2026-10-31.",
    "currency": "Please write a currency code like EUR or USD.",
    "kind": "Please take receipt, invoice or credit note.",
    "name": f"Please write at most {LONGEST_NAME} characters.",
    "text": f"Please write at most {LONGEST_NAME} characters.",
    "yes or no": "Please write yes or no.",
}
_SURE_SIGN = 0.95
_PLAIN = re.compile(r"-?\d{1,12}(?:[.,]\d{1,6})?", re.ASCII)
_INVISIBLE = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Marks that turn the direction of what stands around them."""


class WrongValue(Unusable):
    """I can't take “{value}” as the {field}. {example}"""


def take(name: str, kind: str, value: str, currency: str | None) -> object:
    """Return what `value` says for a field of a kind; an empty one clears what need not be there (None).

    `currency` tells how many decimals an amount has. Raises WrongValue, which says `name`.
    """
    given = value.strip()
    if not given and kind not in ("kind", "text"):
        return None
    try:
        return _READ[kind](given, currency)
    except ValueError:
        raise WrongValue(
            "a wrong correction", value=given[:40], field=_LABELS.get(name, name), example=_EXAMPLES[kind]
        ) from None


def take_category(value: str, offered: Sequence[str]) -> str | None:
    """Return the category on offer that `value` means, None for an empty one. Raises WrongValue, which names them."""
    given = value.strip()
    taken = among(given, offered)
    if given and taken is None:
        example = f"Please take one of these: {', '.join(offered)}."
        raise WrongValue("no such category", value=given[:40], field="category", example=example)
    return taken


def written(value: object) -> str:
    """Return a field's value as a form shows it and `take` reads it back: `12.50`, `2026-10-31`, "" for None."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _amount(given: str, currency: str | None) -> Decimal:
    """Read an amount of money: three digits after a point are thousands, unless the currency has three decimals."""
    if currency is not None and get_currency_precision(currency) == 3 and _PLAIN.fullmatch(given):
        return _number(given, currency)
    amount = read_amount(given)
    if amount is None or not abs(amount) < LARGEST:
        raise ValueError(given)
    return amount


def _number(given: str, currency: str | None) -> Decimal:
    """Read a quantity, a rate or a price per unit: three digits after a point are decimals (0.345 kg, 1.659 a litre).

    Anything not written plainly is read as an amount is: `1,234.50`.
    """
    if not _PLAIN.fullmatch(given):
        return _amount(given, None)
    return Decimal(given.replace(",", "."))


def _date(given: str, currency: str | None) -> date:
    return date.fromisoformat(given)


def _currency(given: str, currency: str | None) -> str:
    """Return the code that was written, or that a sign means which is one country's alone: `€`, `RM`, but not `$`."""
    code = given.upper()
    if code in currency_codes():
        return code
    found, why = find_currency(Reading(lines=(Line(text=f"{given[:10]} 1.00"),)))
    if found is None or (why.confidence or 0) < _SURE_SIGN:
        raise ValueError(given)
    return found


def _name(given: str, currency: str | None) -> str | None:
    """Read a name on one line, without characters that nobody sees."""
    seen = "".join(" " if unicodedata.category(letter) in ("Cc", "Cs") else letter for letter in given)
    name = " ".join(_INVISIBLE.sub("", seen).split())
    if len(name) > LONGEST_NAME:
        raise ValueError(given)
    return name or None


def _text(given: str, currency: str | None) -> str:
    return _name(given, currency) or ""


def _kind(given: str, currency: str | None) -> Kind:
    return Kind(given.lower())


def _yes_or_no(given: str, currency: str | None) -> bool:
    if given.lower() not in ("yes", "no"):
        raise ValueError(given)
    return given.lower() == "yes"


_READ: Mapping[str, Callable[[str, str | None], object]] = {
    "amount": _amount,
    "number": _number,
    "date": _date,
    "currency": _currency,
    "kind": _kind,
    "name": _name,
    "text": _text,
    "yes or no": _yes_or_no,
}
