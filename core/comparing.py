"""Two who read one receipt: what they agree on is sure, what only one saw must be printed, what differs is asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.billing import Bill, better_bill, grounded_bill
from core.grounding import Print, letters, same_name
from core.proof import proof, sums
from core.receipt import Category, Evidence, Kind, Reading, Receipt

AGREED = 0.99
"""How sure a figure is that two read alike, each in its own way."""
PRINTED = 0.9
"""The same of a figure that one read and that stands on the receipt."""
SURE_CURRENCY = 0.7
"""Below this our currency is a guess from a sign that several countries share: theirs is shown, and it is asked."""
UNSURE = 0.3
"""The same of one that stands nowhere in what was read here: it is asked about."""

Value = str | None


@dataclass(frozen=True)
class Field:
    """What a field is after the comparison: the cloud's value or ours, with the evidence for it."""

    value: object
    evidence: Evidence


def compared(ours: Receipt, theirs: Receipt, reading: Reading) -> Receipt:
    """Return one receipt of two: `ours` read on this machine, `theirs` by another reader, both from `reading`'s page.

    Total, date, merchant and currency that differ keep the other value in their evidence, for one question. No figure
    of theirs stays that is not printed in the reading, but a total or date, which is then asked about. Of subtotal,
    taxes and items those are taken together that come to the total. The evidence is that of the reading's lines.
    """
    print_ = Print(reading)
    total = _total(ours, theirs, print_)
    day = _day(ours, theirs, print_)
    merchant = _merchant(ours, theirs, print_)
    currency = _currency(ours, theirs)
    bill = better_bill(Bill.of(ours), grounded_bill(theirs, print_), _amount(total.value))
    found = {"total": total, "bought_on": day, "merchant": merchant, "currency": currency}
    both = ours.model_copy(
        update={
            **bill.fields(),
            **{name: one.value for name, one in found.items()},
            **_others(ours, theirs, print_),
            "evidence": _evidence(ours, found, bill),
        }
    )
    return _unsure_of_total(both) if _is_contradicted(both) else both


def _evidence(ours: Receipt, found: Mapping[str, Field], bill: Bill) -> dict[str, Evidence]:
    """Return the evidence of all fields: that of the bill's parts belongs to whoever's parts were taken."""
    kept = {name: entry for name, entry in ours.evidence.items() if name not in bill.fields()}
    return kept | dict(bill.evidence) | {name: one.evidence for name, one in found.items()}


def _total(ours: Receipt, theirs: Receipt, print_: Print) -> Field:
    """Return the total. Nobody's is nothing; one that only they found is sure where their printed parts come to it."""
    mine, other = ours.total, theirs.total or None
    evidence = ours.evidence.get("total", Evidence())
    if other is None or mine == other:
        return Field(mine, evidence if other is None else _agreed(evidence))
    lines = print_.amount(other)
    proved = lines is not None and _holds(_with_printed_parts(theirs, print_))
    if mine is None:
        # Any number may be printed somewhere, a table's too.
        return Field(other, Evidence(lines=lines or (), confidence=PRINTED if proved else UNSURE))
    if proved and not _holds(ours):
        return Field(other, _differing(_of_theirs(lines), mine, evidence.lines))
    return Field(mine, _differing(evidence, other, lines or ()))


def _with_printed_parts(theirs: Receipt, print_: Print) -> Receipt:
    return theirs.model_copy(update=grounded_bill(theirs, print_).fields())


def _day(ours: Receipt, theirs: Receipt, print_: Print) -> Field:
    mine, other = ours.bought_on, theirs.bought_on
    evidence = ours.evidence.get("bought_on", Evidence())
    if other is None or mine == other:
        return Field(mine, evidence if other is None else _agreed(evidence))
    lines = print_.day(other)
    if mine is None:
        return Field(other, _of_theirs(lines))
    return Field(mine, _differing(evidence, other, lines or ()))


def _merchant(ours: Receipt, theirs: Receipt, print_: Print) -> Field:
    """Return the merchant: names that are one but for a slip, or of which one says more, are no difference."""
    mine, other = ours.merchant, theirs.merchant
    evidence = ours.evidence.get("merchant", Evidence())
    lines = print_.name(other) if other else None
    if other is None or lines is None:
        return Field(mine, evidence)
    theirs_alone = _of_theirs(lines)
    if mine is None:
        return Field(other, theirs_alone)
    if same_name(mine, other):
        return Field(other, _agreed(theirs_alone if lines else evidence))
    return Field(other, _differing(theirs_alone, mine, evidence.lines))


def _currency(ours: Receipt, theirs: Receipt) -> Field:
    """Return the currency: a sign that several countries share says less than who has seen the whole page."""
    mine, other = ours.currency, theirs.currency
    evidence = ours.evidence.get("currency", Evidence())
    if other is None or mine == other:
        return Field(mine, evidence if other is None else _agreed(evidence))
    if mine is None:
        return Field(other, Evidence(confidence=PRINTED))
    if (evidence.confidence or 0) < SURE_CURRENCY:
        return Field(other, _differing(Evidence(lines=evidence.lines, confidence=PRINTED), mine, evidence.lines))
    return Field(mine, _differing(evidence, other, ()))


def _others(ours: Receipt, theirs: Receipt, print_: Print) -> dict[str, object]:
    """Return what is neither asked about nor added up: ours, or theirs where we have none and it is printed."""
    due = theirs.due_on if theirs.due_on and print_.day(theirs.due_on) is not None else None
    number = theirs.number if theirs.number and _is_printed(theirs.number, print_) else None
    kind = theirs.kind if ours.kind is Kind.RECEIPT and theirs.kind is Kind.INVOICE else ours.kind
    return {
        "kind": kind,
        "due_on": ours.due_on or due,
        "number": ours.number or number,
        "payment_method": ours.payment_method or _paid_with(theirs.payment_method, print_),
        "category": ours.category if theirs.category in (None, Category.OTHER) else theirs.category,
    }


def _paid_with(method: str | None, print_: Print) -> str | None:
    """Return a way of paying in its words, never a number, when it is printed."""
    known = method is not None and print_.some_words(method) and not any(sign.isdigit() for sign in method)
    return method if known else None


def _is_printed(number: str, print_: Print) -> bool:
    wanted = letters(number)
    return len(wanted) >= 3 and any(wanted in letters(line.text) for line in print_.reading.lines)


def _is_contradicted(receipt: Receipt) -> bool:
    """Return whether the printed parts come to something else: then both may have been misled in the same way.

    A total that is less than what one item costs, with no discount, is none either.
    """
    proofs = list(sums(receipt))
    if any(each.holds for each in proofs) or receipt.total is None:
        return False
    dearest = max((item.total for item in receipt.items if item.total is not None), default=receipt.total)
    is_less = receipt.discount is None and receipt.total < dearest
    return is_less or any(each.terms[0].name == "subtotal" for each in proofs)


def _unsure_of_total(receipt: Receipt) -> Receipt:
    evidence = receipt.evidence.get("total", Evidence()).model_copy(update={"confidence": UNSURE})
    return receipt.model_copy(update={"evidence": {**receipt.evidence, "total": evidence}})


def _holds(receipt: Receipt) -> bool:
    shown = proof(receipt)
    return shown is not None and shown.holds


def _agreed(evidence: Evidence) -> Evidence:
    return evidence.model_copy(update={"confidence": AGREED})


def _of_theirs(lines: tuple[int, ...] | None) -> Evidence:
    return Evidence(lines=lines or (), confidence=UNSURE if lines is None else PRINTED)


def _differing(evidence: Evidence, other: object, lines: tuple[int, ...]) -> Evidence:
    """Return the evidence with what the other read beside it, first among what could be meant."""
    text = _written(other)
    rivals = tuple(dict.fromkeys([text, *evidence.rivals]))[:4]
    return evidence.model_copy(update={"other": text, "other_lines": lines, "rivals": rivals})


def _written(value: object) -> str:
    """Return a value as `Doubt.choices` have it."""
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if isinstance(value, date) else str(value)


def _amount(value: object) -> Decimal | None:
    return value if isinstance(value, Decimal) else None
