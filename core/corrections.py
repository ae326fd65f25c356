"""A person's correction of one field, read as strictly as print is read kindly."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from babel.core import get_global

from core.errors import Unusable
from core.money import read_amount
from core.receipt import Category, Receipt

LONGEST_NAME = 120
LARGEST = Decimal("1e12")
AMOUNTS = frozenset({"subtotal", "tip", "discount", "rounding", "total"})
DATES = frozenset({"bought_on", "due_on"})


class WrongValue(Unusable):
    """I can't take “{value}” as the {field}. {example}"""


EXAMPLES = {
    "amount": "Please write a number like 12.50.",
    "date": "Please write a date like 2026-10-31.",
    "currency": "Please write a currency code like EUR or USD.",
    "category": "Please take one of the categories I offer.",
    "merchant": "Please write a name.",
}


def corrected(receipt: Receipt, field: str, value: str) -> Receipt:
    """Return the receipt with `value` in `field`; what was read before is no evidence of it any more.

    Raises WrongValue when the value is not of the field's kind, KeyError when there is no such field.
    """
    taken: object
    if field in AMOUNTS:
        taken = _amount(field, value)
    elif field in DATES:
        taken = _date(field, value)
    else:
        taken = {"currency": _currency, "merchant": _merchant, "category": _category}[field](value)
    evidence = {name: entry for name, entry in receipt.evidence.items() if name != field}
    return receipt.model_copy(update={field: taken, "evidence": evidence})


def _amount(field: str, value: str) -> Decimal:
    amount = read_amount(value)
    if amount is None or not abs(amount) < LARGEST:
        raise _wrong(field, value, "amount")
    return amount


def _date(field: str, value: str) -> date:
    try:
        return date.fromisoformat(value.strip())
    except ValueError:
        raise _wrong(field, value, "date") from None


def _currency(value: str) -> str:
    code = value.strip().upper()
    if code not in get_global("all_currencies"):
        raise _wrong("currency", value, "currency")
    return code


def _merchant(value: str) -> str:
    name = " ".join(value.split())
    if not name or len(name) > LONGEST_NAME:
        raise _wrong("merchant", value, "merchant")
    return name


def _category(value: str) -> Category:
    try:
        return Category(value.strip().lower())
    except ValueError:
        raise _wrong("category", value, "category") from None


def _wrong(field: str, value: str, kind: str) -> WrongValue:
    names = {"bought_on": "date", "due_on": "due date"}
    return WrongValue("a wrong correction", value=value[:40], field=names.get(field, field), example=EXAMPLES[kind])
