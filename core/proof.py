"""The proof: which sum of printed amounts shows that the total is right, or how far off it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from core.extraction.words import Role, role_of
from core.receipt import Receipt


@dataclass(frozen=True)
class Term:
    """One signed part of a sum: `items`, `subtotal`, `fees`, `tax`, `tip`, `discount`, `rounding`, `cash`, `change`."""

    name: str
    amount: Decimal


@dataclass(frozen=True)
class Proof:
    """A sum and the printed total it is compared with; `off` is total less sum, 0 when the sum holds."""

    terms: tuple[Term, ...]
    total: Decimal

    @property
    def sum(self) -> Decimal:
        """Return what the terms come to."""
        return sum((term.amount for term in self.terms), Decimal(0))

    @property
    def off(self) -> Decimal:
        """Return how much the total exceeds the sum."""
        return self.total - self.sum

    @property
    def holds(self) -> bool:
        """Return whether the sum is the total."""
        return self.off == 0


def proof(receipt: Receipt) -> Proof | None:
    """Return the fullest sum that holds, else the nearest one that does not; None when there is nothing to add up."""
    proofs = list(sums(receipt))
    holding = next((each for each in proofs if each.holds), None)
    if holding or not proofs:
        return holding
    return min(proofs, key=lambda each: abs(each.off))


def sums(receipt: Receipt) -> Iterator[Proof]:
    """Yield every sum that should come to the total: from the items, the subtotal, the cash, the fullest first."""
    if receipt.total is None:
        return
    for start in (items_of(receipt), _subtotal_of(receipt)):
        for terms in _with_parts(start, receipt) if start else ():
            yield Proof(terms, receipt.total)
    if receipt.cash is not None and receipt.change is not None:
        paid = (Term("cash", receipt.cash), Term("change", -receipt.change))
        yield Proof(paid, receipt.total)
        if receipt.rounding:
            yield Proof((*paid, Term("rounding", -receipt.rounding)), receipt.total)


def is_shown_on_top(receipt: Receipt) -> bool:
    """Return whether items or subtotal come to the total with a tax, tip, discount or rounding: not by themselves."""
    return any(each.holds and not _is_cash(each) and len(each.terms) > 1 for each in sums(receipt))


def is_shown_paid(receipt: Receipt) -> bool:
    """Return whether cash less change is the total."""
    return any(each.holds and _is_cash(each) and len(each.terms) == 2 for each in sums(receipt))


def is_shown_twice(receipt: Receipt) -> bool:
    """Return whether two sums that have nothing in common come to the total, or one that has its rounding, too."""
    held = [each for each in sums(receipt) if each.holds and not _is_cash(each)]
    rounded = any(term.name == "rounding" for each in held for term in each.terms)
    return rounded or (bool(held) and is_shown_paid(receipt))


def _is_cash(each: Proof) -> bool:
    return each.terms[0].name == "cash"


def items_of(receipt: Receipt) -> Term | None:
    """Return what the items come to, or None without priced items."""
    prices = [item.total for item in receipt.items if item.total is not None]
    return Term("items", sum(prices, Decimal(0))) if any(prices) else None


def _subtotal_of(receipt: Receipt) -> Term | None:
    """Return the subtotal when something stands between it and the total: alone it proves nothing."""
    parts = _parts(receipt) or _fees_of(receipt)
    return Term("subtotal", receipt.subtotal) if receipt.subtotal is not None and parts else None


def _fees_of(receipt: Receipt) -> Term | None:
    """Return what the items called a fee come to, such as shipping: a subtotal may be without them."""
    fees = [item.total for item in receipt.items if item.total and role_of(item.description) is Role.FEE]
    return Term("fees", sum(fees, Decimal(0))) if fees else None


def _parts(receipt: Receipt) -> list[Term]:
    """Return what may come on top of the items; taxes that the prices contain do not."""
    included = any(tax.included for tax in receipt.taxes)
    amounts = {
        "tax": None if included else receipt.tax,
        "tip": receipt.tip,
        "discount": -receipt.discount if receipt.discount else None,
        "rounding": receipt.rounding,
    }
    return [Term(name, amount) for name, amount in amounts.items() if amount]


def _with_parts(start: Term, receipt: Receipt) -> Iterator[tuple[Term, ...]]:
    """Yield the start with all parts, then with fewer: a discount may be in the items' prices already."""
    fees = _fees_of(receipt) if start.name == "subtotal" else None
    parts = [*([fees] if fees else []), *_parts(receipt)]
    for size in range(len(parts), -1, -1):
        for some in combinations(parts, size):
            if some or start.name == "items":
                yield (start, *some)
