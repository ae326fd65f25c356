"""The form that a model's answer about a receipt must have, with closed lists, as `responseSchema` takes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from core.choices import currency_codes
from core.receipt import Category, Kind

Schema = dict[str, Any]


def offered_categories(categories: Sequence[str]) -> tuple[str, ...]:
    """Return the categories that an answer may name: the account's, or those that everybody has."""
    return tuple(categories) or tuple(one.value for one in Category)


def receipt_schema(categories: Sequence[str]) -> Schema:
    """Return the schema of a receipt; `categories` are those of the account (empty: those that everybody has)."""
    return _object(
        {
            "kind": _one_of([one.value for one in Kind], nullable=False),
            "merchant": _text("who sold, as printed"),
            "number": _text("number of the receipt or invoice"),
            "bought_on": _text("YYYY-MM-DD"),
            "due_on": _text("YYYY-MM-DD, only where a day to pay by is printed"),
            "currency": _one_of(sorted(currency_codes())),
            "items": _list(_item()),
            "subtotal": _amount("before taxes that are added"),
            "taxes": _list(_tax()),
            "tip": _amount("tip or service charge"),
            "discount": _amount("what was taken off the whole, without a minus"),
            "rounding": _amount("rounding of the total, with its sign"),
            "total": _amount("what was to be paid in the end"),
            "cash": _amount("cash that was given"),
            "change": _amount("cash that was given back"),
            "payment_method": _text("cash, or the kind of card; never its number"),
            "category": _one_of(offered_categories(categories)),
        }
    )


def _item() -> Schema:
    return _object(
        {
            "description": _text("as printed, without its price"),
            "quantity": _amount("count or weight"),
            "unit_price": _amount("price of one"),
            "total": _amount("what the line adds to the bill, negative when it takes off"),
        }
    )


def _tax() -> Schema:
    return _object(
        {
            "label": _text("as printed: VAT, GST, MwSt"),
            "rate": _amount("percent"),
            "base": _amount("what it is taken of"),
            "amount": _amount("the tax"),
            "included": {"type": "BOOLEAN", "nullable": True, "description": "whether the prices contain it already"},
        }
    )


def _object(properties: Mapping[str, Schema]) -> Schema:
    """Return an object with all of these, in this order: left to itself the API answers in the alphabet's."""
    names = list(properties)
    return {"type": "OBJECT", "properties": dict(properties), "required": names, "propertyOrdering": names}


def _text(description: str) -> Schema:
    return {"type": "STRING", "nullable": True, "description": description}


def _amount(description: str) -> Schema:
    """Return an amount as text: a JSON number would lose the printed decimals, and become a float on its way."""
    return _text(f"{description}; a plain number like 1234.50")


def _one_of(names: Sequence[str], nullable: bool = True) -> Schema:
    return {"type": "STRING", "format": "enum", "enum": list(names), "nullable": nullable}


def _list(entries: Schema) -> Schema:
    return {"type": "ARRAY", "items": entries}
