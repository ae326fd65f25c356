"""The receipt that a reading shows, found by patterns and arithmetic alone, with no model and no network."""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations

from core.errors import NotAReceipt
from core.extraction.categories import find_category
from core.extraction.currency import find_currency
from core.extraction.dates import find_dates
from core.extraction.details import find_kind, find_number, find_payment_method
from core.extraction.figure import Figure
from core.extraction.merchant import find_merchant
from core.extraction.totals import Candidate
from core.extraction.views import View, best_view
from core.extraction.weights import Weights
from core.extraction.words import Role
from core.ports import Hints
from core.proof import is_shown_on_top, is_shown_paid, proof
from core.receipt import Evidence, Reading, Receipt

_LONGEST = 200
"""No line of a receipt has more characters; what is longer is cut."""

_MOST_LINES = 2000
_UNCALLED = 0.5
"""How sure a total may be at most that no word calls so: the total may be cut off, under a thumb, or misread."""
_PAYABLE = {Role.TOTAL, Role.FINAL, Role.AMOUNT, Role.BALANCE, Role.CARD}
_ENDS = {Role.TOTAL, Role.FINAL}
_MEANS = 4
"""So many cards, and sums of cash, pay one receipt at most."""


def extract(reading: Reading, hints: Hints, weights: Weights | None = None) -> Receipt:
    """Return what was printed, with evidence for each field found. Raises NotAReceipt when there is no amount."""
    reading, weights = _bounded(reading), weights or Weights()
    view = best_view(reading, weights.total)
    if not any(_plausible(figure) for figure in view.figures):
        raise NotAReceipt("no amount among the lines")
    currency, why_currency = find_currency(reading, hints.currencies)
    merchant, why_merchant = find_merchant(reading, weights.merchant)
    dates = find_dates(reading, hints)
    bill = _bill(view)
    evidence = {"merchant": why_merchant, "currency": why_currency, "total": _evidence(view, bill)}
    return bill.model_copy(
        update={
            "kind": find_kind(reading),
            "merchant": merchant,
            "number": find_number(reading),
            "bought_on": dates.bought_on,
            "due_on": dates.due_on,
            "currency": currency,
            "payment_method": find_payment_method(reading) or ("cash" if bill.change else None),
            "category": find_category(merchant, reading),
            "evidence": evidence | dates.evidence | _lines_of(view),
        }
    )


def _bill(view: View) -> Receipt:
    """Return the amounts of the view as a receipt without the rest."""
    parts = view.parts
    return Receipt(
        subtotal=parts.subtotal,
        taxes=parts.taxes,
        tip=parts.tip,
        discount=parts.discount,
        rounding=parts.rounding,
        total=view.total,
        cash=parts.cash,
        change=parts.change,
        items=tuple(found.item for found in view.items),
    )


def _bounded(reading: Reading) -> Reading:
    """Return the reading cut to what a receipt may have, so that no text takes long; the lines keep their indices."""
    lines = (line.model_copy(update={"text": line.text[:_LONGEST]}) for line in reading.lines[:_MOST_LINES])
    return reading.model_copy(update={"lines": tuple(lines)})


def _lines_of(view: View) -> dict[str, Evidence]:
    """Return where the parts of the bill and the items stand."""
    found = {name: Evidence(lines=lines) for name, lines in view.parts.lines.items() if lines}
    if view.items:
        found["items"] = Evidence(lines=tuple(line for entry in view.items for line in entry.lines))
    return found


def _plausible(figure: Figure) -> bool:
    """Return whether a figure is written as an amount of money: with decimals, a currency, or a word for totals."""
    written = figure.decimals == 2 or figure.marked or (figure.decimals == 0 and figure.value >= 1000)
    return figure.amount and (written or figure.role in {Role.TOTAL, Role.FINAL, Role.SUBTOTAL})


def _evidence(view: View, bill: Receipt) -> Evidence:
    """Return where the total stands, how sure it is, and what else it could be."""
    if not view.candidates:
        return Evidence()
    best, *others = view.candidates
    turned = (format(-best.value, "f"),) if best.value < 0 else ()  # a stroke before an amount may be a colon's
    rivals = tuple(format(other.value, "f") for other in others[:4] if other.chance >= 0.01)
    lines = tuple(dict.fromkeys(figure.line for figure in best.figures))
    told = _is_called_a_total(best, bill) and not _is_paid_otherwise(best, view)
    chance = best.chance if told else min(best.chance, _UNCALLED)
    return Evidence(lines=lines, confidence=round(chance, 4), rivals=turned + rivals)


def _is_called_a_total(best: Candidate, bill: Receipt) -> bool:
    """Return whether words beside the amount say that it is the total, or a sum shows that what was paid is."""
    roles = {figure.role for figure in best.figures}
    if roles & _PAYABLE or is_shown_on_top(bill) or is_shown_paid(bill):
        return True
    shown = proof(bill)
    return Role.CASH in roles and shown is not None and shown.holds


def _is_paid_otherwise(best: Candidate, view: View) -> bool:
    """Return whether what stands below the total contradicts it: other amounts on cards, or a total in other figures.

    Several cards, or cards and cash, may have paid it together.
    """
    last = max(figure.row for figure in best.figures)
    after = [f for f in view.figures if f.row > last and f.unit != "%"]
    below = [f for f in after if f.value > 0]
    alike = best.figures[0].decimals
    cards = {f.row: f.value for f in below if f.role is Role.CARD and f.amount and f.decimals == alike}
    cash = [f.value for f in below if f.role is Role.CASH and f.amount]
    back = [f.value for f in below if f.role is Role.CHANGE and f.amount]
    means = [*list(cards.values())[:_MEANS], *cash[:_MEANS], *(-value for value in back[:1])] if cards else []
    paid = {sum(some, Decimal(0)) for size in range(1, len(means) + 1) for some in combinations(means, size)}
    proposed = {f.row for f in view.figures if f.unit == "%"}
    called = any(
        f.role in _ENDS and not f.amount and best.value < f.value <= 2 * best.value
        for f in below
        if f.row not in proposed
    )
    lowered = any(f.role is Role.DISCOUNT and f.amount and f.value < 0 for f in after)
    return called or lowered or bool(paid and best.value not in paid)
