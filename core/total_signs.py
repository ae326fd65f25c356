"""Signs in the print that the amount found may not be what was paid: cut off, or coins away from another."""

from __future__ import annotations

import re
from decimal import Decimal

from core.extraction.numerals import find_numerals
from core.receipt import Line, Reading, Receipt

COINS = Decimal("0.05")
"""Tills round cash by less than this: an amount so near to the total may be the one that was paid."""
_EDGE = 0.005
"""A line that ends within this share of the picture's width touches its edge: what stands beyond is not in it."""
_MANY = 3
"""So many amounts at the edge tell that the picture cuts through the column of amounts."""
_STUMP = re.compile(r"\d[.,]\s*$")


def lacks_pennies(receipt: Receipt) -> bool:
    """Return whether the total has fewer decimals than amounts are printed with: some were not read."""
    others = [receipt.subtotal, *(item.total for item in receipt.items)]
    return decimals(receipt.total) == 1 or (decimals(receipt.total) == 0 and any(decimals(v) == 2 for v in others))


def is_nearly_another(receipt: Receipt) -> bool:
    """Return whether some other likely total is a few coins away and is not this one before it was rounded."""
    rivals = [Decimal(rival) for rival in receipt.evidence["total"].rivals]
    near = [rival - receipt.total for rival in rivals if receipt.total and abs(rival - receipt.total) <= COINS]
    return any(off and off != -(receipt.rounding or 0) for off in near)


def is_less_than_an_item(receipt: Receipt) -> bool:
    """Return whether one of several items alone costs as much as the total, and nothing was taken off."""
    prices = [item.total for item in receipt.items if item.total]
    if len(prices) < 2 or receipt.total is None or receipt.discount or min(prices) < 0:
        return False
    return receipt.total <= max(prices)


def is_cut_off(receipt: Receipt, reading: Reading) -> bool:
    """Return whether the total's last digits may be beyond the picture's edge."""
    evidence = receipt.evidence.get("total")
    lines = [reading.lines[at] for at in evidence.lines if at < len(reading.lines)] if evidence else []
    at_edge = [line for line in reading.lines if find_numerals(line.text) and _touches_edge(line, reading)]
    stumps = [line for line in lines if _STUMP.search(line.text) or line in at_edge]
    return len(at_edge) >= _MANY or (bool(lines) and len(stumps) == len(lines))


def _touches_edge(line: Line, reading: Reading) -> bool:
    if line.box is None or line.page >= len(reading.pages):
        return False
    return line.box.right >= reading.pages[line.page][0] * (1 - _EDGE) - 1


def is_printed(amount: Decimal, reading: Reading) -> bool:
    """Return whether the amount stands anywhere in what was read, in any way of writing it."""
    return any(abs(numeral.value) == abs(amount) for line in reading.lines for numeral in find_numerals(line.text))


def decimals(value: Decimal | None) -> int:
    """Return how many decimals an amount is printed with, 0 for none."""
    exponent = value.as_tuple().exponent if value is not None else 0
    return -exponent if isinstance(exponent, int) else 0
