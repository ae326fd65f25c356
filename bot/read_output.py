"""What `snapspend read` prints of a receipt: a text for people, or one JSON object for programs."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from core.doubts import sentence
from core.money import Money
from core.receipt import LineItem, Reading, Receipt, TaxLine

_WIDTH = 64


def as_json(file: str, receipt: Receipt, reading: Reading) -> str:
    """Return one line of JSON: amounts as strings, dates ISO, what is absent null; doubts with their sentence."""
    fields = receipt.model_dump(mode="json", exclude={"evidence"})
    told = zip(fields["doubts"], receipt.doubts, strict=True)
    fields["doubts"] = [{**doubt, "sentence": sentence(each, receipt)} for doubt, each in told]
    fields["tax"] = None if receipt.tax is None else format(receipt.tax, "f")
    return _line({"file": file, **fields, "reading": reading.model_dump(mode="json")})


def as_json_error(file: str, told: str) -> str:
    """Return one line of JSON for a file that could not be read."""
    return _line({"file": file, "error": told})


def as_text(file: str, receipt: Receipt) -> str:
    """Return a receipt as people read it: merchant, date, items, sums, doubts."""
    lines = [file, f"  {receipt.merchant or 'merchant not found'}"]
    facts = [str(receipt.kind), f"{receipt.bought_on or 'date not found'}"]
    facts += [f"due {receipt.due_on}"] if receipt.due_on else []
    facts += [f"no. {receipt.number}"] if receipt.number else []
    lines.append("  " + ", ".join(facts))
    lines += [_row(_described(item), item.total, receipt) for item in receipt.items]
    sums = [("subtotal", receipt.subtotal), ("discount", receipt.discount)]
    lines += [_row(name, amount, receipt) for name, amount in sums if amount is not None]
    lines += [_row(_taxed(tax), tax.amount, receipt) for tax in receipt.taxes if tax.amount is not None]
    sums = [("tip", receipt.tip), ("rounding", receipt.rounding)]
    lines += [_row(name, amount, receipt) for name, amount in sums if amount is not None]
    lines.append(_row("TOTAL", receipt.total, receipt))
    lines += [f"  ? {sentence(doubt, receipt)}" for doubt in receipt.doubts]
    if receipt.missed or receipt.read_by not in ((), ("local",)):
        lines.append("  read by " + "; ".join([", ".join(receipt.read_by), *receipt.missed]))
    return "\n".join(printable(line) for line in lines)


def _described(item: LineItem) -> str:
    if item.quantity is None or item.quantity == 1:
        return f"  {item.description}"
    each = "" if item.unit_price is None else f" at {item.unit_price:f}"
    return f"  {item.quantity:f} × {item.description}{each}"


def _taxed(tax: TaxLine) -> str:
    rate = "" if tax.rate is None else f" {tax.rate:f} %"
    label = tax.label if tax.rate is None or "%" in tax.label else tax.label + rate
    return f"tax ({label.strip()}{', included' if tax.included else ''})"


def _row(name: str, amount: Decimal | None, receipt: Receipt) -> str:
    """Return a name and its amount, the amounts under each other."""
    written = "not found" if amount is None else Money(amount, receipt.currency).written("en")
    return f"  {name:<{_WIDTH - len(written)}} {written}"


def printable(line: str) -> str:
    """Return the line without what could steer a terminal: a receipt's text is anybody's, and so is a file's name."""
    return "".join(character if character.isprintable() else " " for character in line)


def _line(fields: dict[str, Any]) -> str:
    return json.dumps(fields, ensure_ascii=False)
