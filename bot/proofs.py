"""The line under a receipt that shows its total right, or plainly what is off."""

from __future__ import annotations

from core.receipt import Receipt


def proof_line(receipt: Receipt, locale: str) -> str:
    """Return `items 25.30 + tax 3.40 = 28.70 ✓` in HTML, or nothing when there is nothing to add up."""
    return ""
