"""The line under a receipt that shows its total right, or plainly what is off."""

from __future__ import annotations

from bot import sentences
from bot.sentences import fill
from core.locales import decimals_of, written_bare
from core.proof import proof
from core.receipt import Receipt


def proof_line(receipt: Receipt, locale: str) -> str:
    """Return `items 25.30 + tax 3.40 = 28.70 ✓` in HTML, or nothing when there is nothing to add up."""
    found = proof(receipt)
    if found is None:
        return ""
    places = min(4, max(decimals_of(amount) for amount in (found.total, *(term.amount for term in found.terms))))
    terms = ""
    for term in found.terms:
        sign = " − " if term.amount < 0 else " + "
        amount = written_bare(abs(term.amount), places, locale)
        terms += f"{sign}{sentences.TERMS.get(term.name, term.name)} {amount}"
    return fill(
        sentences.PROVED if found.holds else sentences.NOT_PROVED,
        terms=terms.removeprefix(" + ").strip(),
        sum=written_bare(found.sum, places, locale),
        total=written_bare(found.total, places, locale),
    )
