"""Receipts as tables for spreadsheets: one row a receipt, one row a line item, text that no program runs."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from decimal import Decimal
from typing import TextIO

from core.ports import Filed
from core.receipt import Receipt, TaxLine

RECEIPTS = (
    *("id", "kind", "merchant", "number", "date", "bought_on", "sent_on", "due_on", "paid_on"),
    *("currency", "subtotal", "tax", "taxes", "tip", "discount", "rounding", "total", "cash", "change"),
    *("payment_method", "category", "open_questions", "photos"),
)
"""`date` is the day that a receipt counts on: the printed one, or the day it was sent where none was printed."""
ITEMS = ("receipt_id", "line", "description", "quantity", "unit_price", "total", "currency")
BYTE_ORDER_MARK = "\ufeff"
"""By it Excel knows that a file is UTF-8."""
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")


class CsvTables:
    """Writes receipts into two tables: amounts as `1234.56`, days as `2026-10-31`, both with a stable id."""

    def __init__(self, receipts: TextIO, items: TextIO) -> None:
        """Take two text files that were opened with `newline=""`, and begin them."""
        receipts.write(BYTE_ORDER_MARK)
        items.write(BYTE_ORDER_MARK)
        self._receipts, self._items = csv.writer(receipts), csv.writer(items)
        self._receipts.writerow(RECEIPTS)
        self._items.writerow(ITEMS)

    def write(self, filed: Filed, photos: Sequence[str]) -> None:
        """Add a receipt, whose photos have these names, with its line items."""
        receipt = filed.receipt or Receipt()
        row = {
            **{name: getattr(receipt, name) for name in RECEIPTS if hasattr(receipt, name)},
            "id": filed.id,
            "date": filed.counted_on,
            "sent_on": filed.sent_on,
            "paid_on": filed.paid_on,
            "taxes": "; ".join(_tax(line) for line in receipt.taxes),
            "open_questions": "; ".join(doubt.kind for doubt in receipt.doubts),
            "photos": "; ".join(photos),
        }
        self._receipts.writerow([cell(row[name]) for name in RECEIPTS])
        for line, item in enumerate(receipt.items, 1):
            figures = (item.quantity, item.unit_price, item.total)
            self._items.writerow(map(cell, (filed.id, line, item.description, *figures, receipt.currency)))


def cell(value: object) -> str:
    """Return what stands in a cell; text that a spreadsheet would take for a formula begins with an apostrophe."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return format(value, "f")
    text = str(value)
    return f"'{text}" if isinstance(value, str) and _FORMULA.match(text) else text


def _tax(line: TaxLine) -> str:
    """Return a tax as one text: `VAT 7%: 0.49`."""
    rate = f" {line.rate:f}%" if line.rate is not None else ""
    amount = f": {line.amount:f}" if line.amount is not None else ""
    return f"{line.label}{rate}{amount}"
