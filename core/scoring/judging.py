"""What of one receipt was read right: a mark for each figure, counted by the definitions that `FIGURES` names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from core.scoring.names import has_same_letters, is_nearly_same, is_same, is_useful, likeness
from core.scoring.prediction import Prediction
from core.scoring.truth import Truth

SAME_ITEM = 0.8
"""From this likeness on, and with the same price, a line that was read is the printed one."""

MERCHANT: dict[str, Callable[[str, str], bool]] = {
    "merchant exact": is_same,
    "merchant alnum": has_same_letters,
    "merchant fuzzy": is_nearly_same,
    "merchant incl": is_useful,
}
"""How strictly a merchant's name is compared."""

FIGURES: dict[str, str] = {
    "total": "total",
    "unasked": "total shown without a doubt",
    "unasked right": "  and of these right",
    "date": "date",
    "merchant exact": "merchant, as printed",
    "merchant alnum": "merchant, letters and digits",
    "merchant fuzzy": "merchant, nearly",
    "merchant incl": "merchant, useful",
    "currency": "currency",
    "subtotal": "subtotal",
    "tax": "tax",
    "tip": "tip",
    "items price": "line items, price",
    "items pair": "line items, price and name",
    "micro exact": "these three together (SROIE)",
    "micro fuzzy": "  with the merchant nearly",
    "all": "receipts with all three so",
}
"""Every figure, in the order in which they are shown, and what it is called."""


@dataclass(frozen=True)
class Mark:
    """How many the truth has, how many were read where it has some, and how many of them right."""

    truth: int = 0
    read: int = 0
    right: int = 0

    def __add__(self, other: Mark) -> Mark:
        """Return both together."""
        return Mark(self.truth + other.truth, self.read + other.read, self.right + other.right)


def judge(truth: Truth, said: Prediction) -> dict[str, Mark]:
    """Return the marks of one receipt; a figure that its truth says nothing about is left out."""
    marks = {**_named(truth, said), **_amounts(truth, said), **_items(truth, said)}
    if truth.dates:
        marks["date"] = _mark(said.date, said.date in truth.dates)
    if truth.currency:
        is_right = (said.currency or "").upper() == truth.currency.upper()
        marks["currency"] = _mark(said.currency, is_right)
    return {**marks, **_together(marks, said)}


def _together(marks: dict[str, Mark], said: Prediction) -> dict[str, Mark]:
    """Return the marks of total, date and merchant together; a total or date where none is printed is read in vain."""
    vain = Mark(read=sum(getattr(said, name) is not None for name in ("total", "date") if name not in marks))
    together = {}
    for figure, merchant in (("micro exact", "merchant exact"), ("micro fuzzy", "merchant fuzzy")):
        known = [marks[name] for name in ("total", "date", merchant) if name in marks]
        together[figure] = sum(known, vain)
    if together["micro fuzzy"].truth:
        every = together["micro fuzzy"]
        together["all"] = Mark(1, 1, int(every.right == every.truth))
    return together


def _named(truth: Truth, said: Prediction) -> dict[str, Mark]:
    if not truth.merchants:
        return {}
    name = said.merchant or ""
    return {
        figure: _mark(said.merchant, bool(name) and any(is_like(name, each) for each in truth.merchants))
        for figure, is_like in MERCHANT.items()
    }


def _amounts(truth: Truth, said: Prediction) -> dict[str, Mark]:
    marks: dict[str, Mark] = {}
    if truth.totals:
        total = _mark(said.total, said.total in truth.totals)
        shown = int(said.total is not None and not said.is_total_doubted)
        marks |= {"total": total, "unasked": Mark(1, 1, shown)}
        marks |= {"unasked right": Mark(1, 1, total.right)} if shown else {}
    for name in ("subtotal", "tax", "tip"):
        printed, read = getattr(truth, name), getattr(said, name)
        if printed is not None:
            marks[name] = _mark(read, read == printed)
    return marks


def _items(truth: Truth, said: Prediction) -> dict[str, Mark]:
    """Return how many line items agree in their price, and how many in price and name, each counted once."""
    if not truth.items:
        return {}
    printed = [(item.name or "", item.price) for item in truth.items if item.price is not None]
    read = [(item.name, item.price) for item in said.items if item.price is not None]
    same = Counter(price for _, price in printed) & Counter(price for _, price in read)
    price = Mark(len(printed), len(read), same.total())
    return {"items price": price, "items pair": Mark(len(printed), len(read), _pairs(printed, read))}


def _pairs(printed: list[tuple[str, Decimal]], read: list[tuple[str, Decimal]]) -> int:
    """Return for how many printed lines, taken in turn, one of the same price and like name is left: the likest."""
    left, pairs = dict(enumerate(read)), 0
    for name, price in printed:
        like = [(likeness(name, other), at) for at, (other, its_price) in left.items() if its_price == price]
        best = max(like, default=(0.0, -1))
        if best[0] >= SAME_ITEM:
            del left[best[1]]
            pairs += 1
    return pairs


def _mark(read: object, is_right: bool) -> Mark:
    """Return the mark of a field that is there once."""
    is_read = read is not None
    return Mark(1, int(is_read), int(is_read and is_right))
