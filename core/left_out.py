"""What is printed beside the total and is not in it: a tax, a tip or a rounding that still comes on top."""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations

from core.extraction.words import families
from core.proof import items_of, sums
from core.receipt import DoubtKind, Reading, Receipt, TaxLine
from core.total_signs import COINS, decimals, is_printed

_TAX_ON_TOP = frozenset({"USD", "CAD"})
"""Where prices are without tax: a total of the items alone, with a tax beside it, is not the last word."""
_LEAST_TIP, _MOST_TIP = Decimal("0.03"), Decimal("0.5")
_MANY_UNITS = 5000
"""From so many pennies on a tax of exactly so many whole per cent is no chance."""


def left_out(receipt: Receipt, reading: Reading) -> tuple[DoubtKind, Decimal] | None:
    """Return what the total comes to with what is not in it, and how that shows; None where all is in it."""
    if not receipt.total or receipt.total < 0:
        return None
    paid = _paid(receipt)
    if paid is not None:
        return DoubtKind.CASH_DIFFERS, paid
    parts = _tipped(receipt, reading) or _taxed(receipt) or _lowered(receipt, reading) or _rounded(receipt, reading)
    return (DoubtKind.SUM_DIFFERS, parts) if parts is not None else None


def _paid(receipt: Receipt) -> Decimal | None:
    """Return cash less change where that is the total with parts that are printed."""
    if receipt.cash is None or receipt.change is None or receipt.total is None:
        return None
    paid = receipt.cash - receipt.change
    off = -receipt.discount if receipt.discount else None
    parts = [part for part in (receipt.tax, receipt.tip, receipt.rounding, off) if part]
    more = {sum(some, Decimal(0)) for size in range(1, len(parts) + 1) for some in combinations(parts, size)}
    return paid if paid > 0 and paid != receipt.total and paid - receipt.total in more else None


def _tipped(receipt: Receipt, reading: Reading) -> Decimal | None:
    """Return the total and the tip that stands below it, where no sum has both."""
    if not receipt.tip or receipt.total is None or _holds_with("tip", receipt):
        return None
    if not _LEAST_TIP <= receipt.tip / receipt.total <= _MOST_TIP:
        return None  # no tip, whatever it is
    tip, total = (_tops(field, receipt, reading) for field in ("tip", "total"))
    return receipt.total + receipt.tip if tip and total and min(tip) > max(total) else None


def _lowered(receipt: Receipt, reading: Reading) -> Decimal | None:
    """Return the total less the discount that stands below it, where no sum has both."""
    if not receipt.discount or receipt.total is None or _holds_with("discount", receipt):
        return None
    off, total = (_tops(field, receipt, reading) for field in ("discount", "total"))
    less = receipt.total - receipt.discount
    return less if off and total and less > 0 and min(off) > max(total) else None


def _tops(field: str, receipt: Receipt, reading: Reading) -> list[tuple[int, float]]:
    """Return where the lines of a field stand, the page first."""
    evidence = receipt.evidence.get(field)
    lines = [reading.lines[at] for at in evidence.lines if at < len(reading.lines)] if evidence else []
    return [(line.page, line.box.top) for line in lines if line.box]


def _taxed(receipt: Receipt) -> Decimal | None:
    """Return the total and the tax, where the tax was worked out from this total and no sum has both."""
    total, tax = receipt.total, receipt.tax
    if not tax or total is None or tax >= total or _holds_with("tax", receipt):
        return None
    if any(_comes_on_top(each, total) for each in receipt.taxes):
        return total + tax
    unit = Decimal(1).scaleb(-decimals(total))
    within = any("incl" in families(each.label) for each in receipt.taxes) or _whole_rate(tax, total - tax, unit)
    whole = len(receipt.taxes) == 1 and total >= _MANY_UNITS * unit and _whole_rate(tax, total, unit)
    return total + tax if not within and (whole or _is_bare(receipt)) else None


def _comes_on_top(tax: TaxLine, total: Decimal) -> bool:
    """Return whether a tax's own rate, or its base where no rate is known, says that the total is without it."""
    if not tax.amount or "incl" in families(tax.label):
        return False
    if not tax.rate or tax.rate <= 0:
        return tax.base == total
    unit = Decimal(1).scaleb(-decimals(tax.amount))
    on_top, within = total * tax.rate / 100, total * tax.rate / (100 + tax.rate)
    return abs(on_top - tax.amount) <= unit < abs(within - tax.amount)


def _is_bare(receipt: Receipt) -> bool:
    """Return whether this is the total of the items alone where taxes come on top."""
    bought = items_of(receipt)
    alone = receipt.total == receipt.subtotal or (bought is not None and bought.amount == receipt.total)
    return alone and receipt.currency in _TAX_ON_TOP


def _whole_rate(tax: Decimal, base: Decimal, unit: Decimal) -> bool:
    rate = round(100 * tax / base)
    return 1 <= rate <= 30 and abs(base * rate / 100 - tax) <= unit


def _rounded(receipt: Receipt, reading: Reading) -> Decimal | None:
    """Return the total with the rounding, where neither that nor a total before it is printed."""
    total, by = receipt.total, receipt.rounding
    if not by or total is None or _is_round(total, by) or _holds_with("rounding", receipt):
        return None
    both = (total + by, total - by)  # the sign may be lost
    if any(is_printed(each, reading) for each in both):
        return None
    return next((each for each in both if _is_round(each, by)), None)


def _is_round(amount: Decimal, by: Decimal) -> bool:
    """Return whether an amount can be paid in coins: Malaysia's, and most, round to 5 cents; whole currencies to 50.

    What was rounded by more than 5 cents was rounded to whole ones, as in Prague.
    """
    coin = COINS if abs(by) < COINS else Decimal(1)
    return amount % (coin if decimals(amount) else 50) == 0


def _holds_with(name: str, receipt: Receipt) -> bool:
    """Return whether a sum of printed parts with this one comes to the total."""
    held = (each for each in sums(receipt) if each.holds and each.terms[0].name != "cash")
    return any(term.name == name for each in held for term in each.terms)
