"""Is this the total? What speaks against it: not printed, sums that differ, little confidence."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from core.alike import is_one_digit_off, misread
from core.left_out import left_out
from core.proof import Proof, Term, is_shown_on_top, is_shown_twice, items_of, proof, sums
from core.receipt import Doubt, DoubtKind, Evidence, Kind, Reading, Receipt
from core.total_signs import (
    is_cut_off,
    is_less_than_an_item,
    is_nearly_another,
    is_printed,
    lacks_pennies,
    lacks_thousands,
    product_but_for_a_digit,
)

SURE_ALONE = 0.9
"""A total no sum speaks for goes without a question from this confidence on.

This and the next were chosen by cross-validation over merchants: of the totals not asked about, 99 % are right.
"""
SURE_WITH_PROOF = 0.85
"""The same for a total that a sum of printed amounts shows right."""
SURE_WITH_TWO = 0.5
"""The same for a total that two sums show right: what was bought, and what was paid."""
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
    differs = (_difference(receipt) if not holds else None) or left_out(receipt, reading)
    differs = differs or _worked_out(receipt, reading)
    if differs is not None:
        kind, meant = differs
        expected = format(meant, "f")
        choices = other_values(found, evidence, expected)
        yield Doubt(kind=kind, field="total", found=found, expected=expected, choices=choices)
    elif not (_is_sure(evidence, reading, holds) or _is_proven(receipt, evidence)) or _is_odd(receipt, reading):
        back = (format(-receipt.total, "f"),) if receipt.kind is Kind.CREDIT_NOTE and receipt.total > 0 else ()
        choices = other_values(found, evidence, *back)
        yield Doubt(kind=DoubtKind.TOTAL_UNCLEAR, field="total", found=found, choices=choices)


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


def _is_proven(receipt: Receipt, evidence: Evidence) -> bool:
    return evidence.confidence is not None and evidence.confidence >= SURE_WITH_TWO and is_shown_twice(receipt)


def _is_odd(receipt: Receipt, reading: Reading) -> bool:
    """Return whether the total looks as if it were not all there, or not the one that was paid."""
    if receipt.kind is Kind.CREDIT_NOTE and receipt.total and receipt.total > 0:
        return True  # money comes back: the minus may be missing
    of_itself = lacks_pennies(receipt) or is_nearly_another(receipt) or is_less_than_an_item(receipt)
    return of_itself or is_cut_off(receipt, reading) or lacks_thousands(receipt, reading)


def _difference(receipt: Receipt) -> tuple[DoubtKind, Decimal] | None:
    """Return what should be the total and is not: the subtotal with all its parts, the items, or the cash."""
    wrong = [each for each in sums(receipt) if not each.holds]
    fullest = next((each for each in wrong if each.terms[0].name == "subtotal"), None) or _bare(receipt)
    slip = next((each for each in wrong if _one_digit_off(each, receipt)), None) or _single(receipt, wrong)
    fullest = fullest or slip
    if fullest is not None:
        return DoubtKind.SUM_DIFFERS, fullest.sum
    cash = next((each for each in wrong if each.terms[0].name == "cash"), None)
    if cash is not None and cash.sum > 0:
        return DoubtKind.CASH_DIFFERS, cash.sum
    return None


def _worked_out(receipt: Receipt, reading: Reading) -> tuple[DoubtKind, Decimal] | None:
    """Return litres times price, or bases with their taxes, where one digit differs from a total that nothing shows."""
    if is_shown_on_top(receipt) or is_shown_twice(receipt):
        return None
    meant = product_but_for_a_digit(receipt, reading) or _taxed_but_for_a_digit(receipt)
    return (DoubtKind.SUM_DIFFERS, meant) if meant is not None else None


def _taxed_but_for_a_digit(receipt: Receipt) -> Decimal | None:
    """Return what the bases of the taxes come to with them, where that is the total but for one digit."""
    known = [tax.base + tax.amount for tax in receipt.taxes if tax.base is not None and tax.amount]
    whole = sum(known, Decimal(0))
    fits = len(known) == len(receipt.taxes) and receipt.total is not None and is_one_digit_off(whole, receipt.total)
    return whole if known and fits else None


def _single(receipt: Receipt, wrong: list[Proof]) -> Proof | None:
    """Return what the only item comes to with all printed beside it, where one digit is another in the total."""
    if sum(item.total is not None for item in receipt.items) != 1:
        return None
    return next((one for one in wrong if one.terms[0].name == "items" and is_one_digit_off(one.sum, one.total)), None)


def _one_digit_off(wrong: Proof, receipt: Receipt) -> bool:
    """Return whether items come to the total but for one digit that is easily misread, and it is printed but once."""
    evidence = receipt.evidence.get("total")
    if receipt.subtotal == receipt.total or (evidence and len(evidence.lines) > 1):
        return False
    priced = sum(item.total is not None for item in receipt.items)
    return wrong.terms[0].name == "items" and priced > 1 and misread(wrong.total, wrong.sum)


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
