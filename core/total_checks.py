"""Is this the total? What speaks against it: not printed, sums that differ, little confidence."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from core.extraction.numerals import find_numerals
from core.proof import Proof, Term, items_of, proof, sums
from core.receipt import Doubt, DoubtKind, Evidence, Reading, Receipt

SURE_ALONE = 0.9
"""A total no sum speaks for goes without a question from this confidence on.

This and the next were chosen by cross-validation over merchants: of the totals not asked about, 99 % are right.
"""
SURE_WITH_PROOF = 0.85
"""The same for a total that a sum of printed amounts shows right."""
COINS = Decimal("0.05")
"""Tills round cash by less than this: an amount so near to the total may be the one that was paid."""
LEAST_SCORE = 0.75
"""Below this OCR score of its line a total that no sum speaks for is asked about."""
MOST_CHOICES = 3


def total_doubts(receipt: Receipt, reading: Reading) -> Iterator[Doubt]:
    evidence = receipt.evidence.get("total")
    if receipt.total is None:
        yield Doubt(kind=DoubtKind.TOTAL_MISSING, field="total", choices=other_values(None, evidence))
        return
    found = format(receipt.total, "f")
    if evidence is None:
        return  # A person wrote it.
    differing = readers_differ("total", found, evidence)
    if differing is not None:
        yield differing
        return
    if reading.lines and not is_printed(receipt.total, reading):
        choices = other_values(found, evidence)
        yield Doubt(kind=DoubtKind.NOT_PRINTED, field="total", found=found, choices=choices)
        return
    shown = proof(receipt)
    holds = shown is not None and shown.holds
    sure = _is_sure(evidence, reading, holds) and not _lacks_pennies(receipt) and not _is_nearly_another(receipt)
    if not holds:
        differs = _difference(receipt)
        if differs is not None:
            kind, wrong = differs
            expected = format(wrong.sum, "f")
            choices = other_values(found, evidence, expected)
            yield Doubt(kind=kind, field="total", found=found, expected=expected, choices=choices)
            return
    if not sure:
        yield Doubt(kind=DoubtKind.TOTAL_UNCLEAR, field="total", found=found, choices=other_values(found, evidence))


def readers_differ(field: str, found: str, evidence: Evidence | None) -> Doubt | None:
    """Return the doubt about a field of which another reader read something else; it takes the place of others."""
    if evidence is None or evidence.other is None or evidence.other == found:
        return None
    return Doubt(kind=DoubtKind.READERS_DIFFER, field=field, found=found, choices=(evidence.other,))


def _is_sure(evidence: Evidence, reading: Reading, holds: bool) -> bool:
    if evidence.confidence is None or holds:
        return evidence.confidence is None or evidence.confidence >= SURE_WITH_PROOF
    scores = [reading.lines[at].score for at in evidence.lines if at < len(reading.lines)]
    legible = max((score for score in scores if score is not None), default=1.0)
    return evidence.confidence >= SURE_ALONE and legible >= LEAST_SCORE


def _difference(receipt: Receipt) -> tuple[DoubtKind, Proof] | None:
    """Return the sum that should hold and does not: from the subtotal with all its parts, or from the cash."""
    wrong = [each for each in sums(receipt) if not each.holds]
    fullest = next((each for each in wrong if each.terms[0].name == "subtotal"), None) or _bare(receipt)
    if fullest is not None:
        return DoubtKind.SUM_DIFFERS, fullest
    cash = next((each for each in wrong if each.terms[0].name == "cash"), None)
    return (DoubtKind.CASH_DIFFERS, cash) if cash is not None and cash.sum > 0 else None


def _lacks_pennies(receipt: Receipt) -> bool:
    """Return whether the total has no decimals though the items or the subtotal have: some were not read."""
    others = [receipt.subtotal, *(item.total for item in receipt.items)]
    return _decimals(receipt.total) == 0 and any(_decimals(value) == 2 for value in others)


def _is_nearly_another(receipt: Receipt) -> bool:
    """Return whether some other likely total is a few coins away and is not this one before it was rounded."""
    rivals = [Decimal(rival) for rival in receipt.evidence["total"].rivals]
    near = [rival - receipt.total for rival in rivals if receipt.total and abs(rival - receipt.total) <= COINS]
    return any(off and off != -(receipt.rounding or 0) for off in near)


def _decimals(value: Decimal | None) -> int:
    exponent = value.as_tuple().exponent if value is not None else 0
    return -exponent if isinstance(exponent, int) else 0


def _bare(receipt: Receipt) -> Proof | None:
    """Return the subtotal as the sum, where the items come to it, the total is another, and nothing is in between."""
    items, subtotal = items_of(receipt), receipt.subtotal
    between = (receipt.tax, receipt.tip, receipt.discount, receipt.rounding)
    if items is None or receipt.total is None or items.amount != subtotal or subtotal == receipt.total or any(between):
        return None
    return Proof((Term("subtotal", items.amount),), receipt.total)


def other_values(found: str | None, evidence: Evidence | None, *first: str) -> tuple[str, ...]:
    """Return the other values that could be meant, without the one that was found."""
    known = evidence or Evidence()
    rivals = (*first, *((known.other,) if known.other is not None else ()), *known.rivals)
    return tuple(dict.fromkeys(value for value in rivals if value != found))[:MOST_CHOICES]


def is_printed(amount: Decimal, reading: Reading) -> bool:
    """Return whether the amount stands anywhere in what was read, in any way of writing it."""
    return any(abs(numeral.value) == abs(amount) for line in reading.lines for numeral in find_numerals(line.text))
