"""The line under a receipt that shows its total right, or plainly what is off; plain text for chat and pages."""

from __future__ import annotations

from core.locales import decimals_of, written_bare
from core.proof import proof
from core.receipt import Receipt


def proof_line(receipt: Receipt, locale: str) -> str:
    """Return `items 25.30 + tax 3.40 = 28.70 ✓`, or nothing when there is nothing to add up."""
    found = proof(receipt)
    if found is None:
        return ""
    places = min(4, max(decimals_of(amount) for amount in (found.total, *(term.amount for term in found.terms))))
    terms = ""
    for term in found.terms:
        sign = " − " if term.amount < 0 else " + "
        terms += f"{sign}{term.name} {written_bare(abs(term.amount), places, locale)}"
    line = f"{terms.removeprefix(' + ').strip()} = {written_bare(found.sum, places, locale)}"
    return f"{line} ✓" if found.holds else f"{line}, but the total is {written_bare(found.total, places, locale)}"
