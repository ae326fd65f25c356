"""Signs in the print that the amount found may not be what was paid: cut off, or coins away from another."""

from __future__ import annotations

import re
from decimal import Decimal

from core.alike import is_one_digit_off
from core.extraction.numerals import find_numerals
from core.receipt import Line, Reading, Receipt

COINS = Decimal("0.05")
"""Tills round cash by less than this: an amount so near to the total may be the one that was paid."""
_EDGE = 0.005
"""A line that ends within this share of the picture's width touches its edge: what stands beyond is not in it."""
_MANY = 3
"""So many amounts at the edge tell that the picture cuts through the column of amounts."""
_WITH_PENNIES = frozenset({"USD", "EUR", "GBP", "CAD", "AUD", "NZD", "SGD", "MYR", "CHF"})
"""Currencies whose amounts are printed with pennies, nearly always: `156` is what was left of `156.20`."""
_WHOLE = frozenset(
    ["JPY", "KRW", "VND", "IDR", "CLP", "COP", "PYG", "RWF", "UGX", "XOF", "XAF", "GNF", "BIF", "MGA", "HUF", "ISK"]
)
"""Currencies whose amounts have no decimals in shops, and of which a thousand is little."""
_MOST = 200
_PARTED = re.compile(r"(?<![\d.,])[1-9]\d{0,2}(?: \d{3})* (\d{3})(?![\d.,])")
_STUMP = re.compile(r"\d[.,]\s*$")


def lacks_pennies(receipt: Receipt) -> bool:
    """Return whether the total has fewer decimals than amounts are printed with: some were not read.

    Where everybody prints pennies `156` was `156.20`, and where nobody does `23.50` was `23,500`.
    """
    others = [receipt.subtotal, *(item.total for item in receipt.items)]
    if receipt.currency in _WITH_PENNIES and decimals(receipt.total) == 0:
        return True
    if receipt.currency in _WHOLE and receipt.total is not None and decimals(receipt.total):
        return abs(receipt.total) < 1000
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


def lacks_thousands(receipt: Receipt, reading: Reading) -> bool:
    """Return whether digits and a blank stand before the total everywhere: `14 500` may be one amount."""
    evidence = receipt.evidence.get("total")
    lines = [reading.lines[at] for at in evidence.lines if at < len(reading.lines)] if evidence else []
    behind = [_PARTED.search(line.text) for line in lines]
    return bool(behind) and all(match and Decimal(match[1]) == receipt.total for match in behind)


def product_but_for_a_digit(receipt: Receipt, reading: Reading) -> Decimal | None:
    """Return litres (or kilos) times price where that is the total but for one digit, None where one is the total."""
    total = receipt.total
    if total is None or decimals(total) != 2:
        return None
    numerals = [numeral for line in reading.lines[:_MOST] for numeral in find_numerals(line.text)]
    weights = [abs(n.value if n.decimals > 0 else n.value / 1000) for n in numerals if n.decimals in {0, 3}][:20]
    products = {round(one * other, 2) for at, one in enumerate(weights) for other in weights[at + 1 :]}
    if total in products:
        return None
    return next((one for one in products if is_one_digit_off(one, total)), None)


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
    numerals = (one for line in reading.lines for how in (False, True) for one in find_numerals(line.text, how))
    return any(abs(numeral.value) == abs(amount) for numeral in numerals)


def decimals(value: Decimal | None) -> int:
    """Return how many decimals an amount is printed with, 0 for none."""
    exponent = value.as_tuple().exponent if value is not None else 0
    return -exponent if isinstance(exponent, int) else 0
