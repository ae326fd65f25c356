"""Receipts as tables for spreadsheets: a row a receipt, a line item, or what does not count; text no program runs."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from decimal import Decimal
from typing import TextIO

from core.ports import Filed, State
from core.receipt import Receipt, TaxLine

RECEIPTS = (
    *("id", "kind", "merchant", "number", "date", "bought_on", "sent_on", "due_on", "paid_on"),
    *("currency", "subtotal", "tax", "taxes", "tip", "discount", "rounding", "total", "cash", "change"),
    *("payment_method", "category", "open_questions", "photos"),
)
"""`date` is the day that a receipt counts on: the printed one, or the day it was sent where none was printed."""
ITEMS = ("receipt_id", "line", "description", "quantity", "unit_price", "total", "currency")
OTHER = ("id", "sent", "state", "reason", "photos")
BYTE_ORDER_MARK = "\ufeff"
"""By it Excel knows that a file is UTF-8."""
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")


class CsvTables:
    """Writes receipts into tables: amounts as `1234.56`, days as `2026-10-31`, all with a stable id."""

    def __init__(self, receipts: TextIO, items: TextIO, other: TextIO) -> None:
        """Take text files that were opened with `newline=""`, and begin them; `other` begins with its first row."""
        receipts.write(BYTE_ORDER_MARK)
        items.write(BYTE_ORDER_MARK)
        self._receipts, self._items, self._other = csv.writer(receipts), csv.writer(items), other
        self._receipts.writerow(RECEIPTS)
        self._items.writerow(ITEMS)

    def write(self, filed: Filed, photos: Sequence[str]) -> None:
        """Add a receipt, whose photos have these names: with its line items, or where it does not count as other."""
        if filed.state is State.READ:
            self._write_read(filed, photos)
            return
        writer = csv.writer(self._other)
        if not self._other.tell():
            self._other.write(BYTE_ORDER_MARK)
            writer.writerow(OTHER)
        writer.writerow(map(cell, (filed.id, filed.sent_on, str(filed.state), filed.problem, "; ".join(photos))))

    def _write_read(self, filed: Filed, photos: Sequence[str]) -> None:
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
