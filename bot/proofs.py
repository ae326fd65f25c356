"""The line under a receipt that shows its total right, as HTML."""

from __future__ import annotations

from html import escape

from core import proofs
from core.receipt import Receipt


def proof_line(receipt: Receipt, locale: str) -> str:
    """Return `items 25.30 + tax 3.40 = 28.70 ✓` in HTML, or nothing when there is nothing to add up."""
    return escape(proofs.proof_line(receipt, locale), quote=False)
