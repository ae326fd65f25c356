"""receipt-parser-core: its parser over the rows that our OCR read, which are better than what its Tesseract reads.

It recognises only the shops that its configuration lists, and ships no configuration: this one lists no shops (naming
those of the measured receipts would be no measure), and words and forms for receipts in general.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

CONFIGURATION = {
    "markets": {},
    "sum_keys": ["total", "summe", "gesamt", "amount", "balance"],
    "ignore_keys": ["change", "tax", "gst", "vat", "cash"],
    "sum_format": r"\d+\.\d{2}(?!\d)",
    "item_format": r"([a-z].+)\s(-?)(\d+[.,]\d\d)\b",
    "date_format": r"(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}|\d{1,2} ?[a-z]{3} ?\d{2,4})",
}


def prepare() -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Return what reads one receipt."""
    from dateutil import parser  # type: ignore[import-untyped, unused-ignore]
    from receipt_parser_core.objectview import ObjectView  # type: ignore[import-not-found]
    from receipt_parser_core.receipt import Receipt  # type: ignore[import-not-found]

    settings = ObjectView(CONFIGURATION)

    def read(row: dict[str, Any]) -> dict[str, Any]:
        receipt = Receipt(settings, list(row["lines"]))
        day = parser.parse(receipt.date, dayfirst=row["day_first"]).date() if receipt.date else None
        items = [{"name": item.article, "price": item.sum} for item in receipt.items or []]
        return {"merchant": receipt.market, "date": day, "total": receipt.sum, "items": items}

    return read
