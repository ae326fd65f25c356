"""Bill: the parts of a receipt that are added up, from one reader; and which of two readers' parts are to be taken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from core.grounding import Print
from core.proof import items_of, sums
from core.receipt import Evidence, LineItem, Receipt, TaxLine

AMOUNTS = ("subtotal", "tip", "discount", "rounding", "cash", "change")


@dataclass(frozen=True)
class Bill:
    """What a receipt's total is made of, with the evidence that its reader gave for each part."""

    amounts: Mapping[str, Decimal | None]
    taxes: tuple[TaxLine, ...]
    items: tuple[LineItem, ...]
    evidence: Mapping[str, Evidence] = field(default_factory=dict)

    @classmethod
    def of(cls, receipt: Receipt) -> Bill:
        """Return the parts of a receipt."""
        names = (*AMOUNTS, "taxes", "items")
        evidence = {name: entry for name, entry in receipt.evidence.items() if name.split(".")[0] in names}
        return cls({name: getattr(receipt, name) for name in AMOUNTS}, receipt.taxes, receipt.items, evidence)

    def fields(self) -> dict[str, object]:
        """Return the parts as fields of a receipt."""
        return {**self.amounts, "taxes": self.taxes, "items": self.items}

    def rank(self, total: Decimal | None) -> tuple[int, int, int]:
        """Return how well the parts prove a total: from the items, in any way; then how much was found."""
        receipt = Receipt(total=total).model_copy(update=self.fields())
        holding = [each for each in sums(receipt) if each.holds]
        items = items_of(receipt)
        from_items = any(each.terms[0].name == "items" for each in holding)
        to_subtotal = items is not None and items.amount == receipt.subtotal and bool(holding)
        found = sum(item.total is not None for item in self.items)
        return 2 * from_items + 2 * to_subtotal, len(holding) > 0, found


def better_bill(ours: Bill, theirs: Bill, total: Decimal | None) -> Bill:
    """Return whose parts come to the total; when both or neither do, ours, but theirs where their prices are the same.

    Their words for the same prices are better read; other prices, or in another order, are no better than ours.
    """
    mine, other = ours.rank(total), theirs.rank(total)
    same = [item.total for item in theirs.items] == [item.total for item in ours.items] != []
    return theirs if other > mine or (other == mine and same) else ours


def grounded_bill(receipt: Receipt, print_: Print) -> Bill:
    """Return the parts of another reader's receipt that are printed here, with the lines in which they stand.

    An amount that is printed nowhere is left out; an item keeps its words, without the price.
    """
    evidence: dict[str, Evidence] = {}
    amounts = {name: _grounded(name, getattr(receipt, name), print_, evidence) for name in AMOUNTS}
    taxes = tuple(_tax(tax, print_) for tax in receipt.taxes if _printed(tax.amount, print_))
    items = tuple(_item(item, print_) for item in receipt.items if _stands(item, print_))
    lines = [line for item in items if item.total is not None for line in (print_.amount(item.total) or ())]
    if lines:
        evidence["items"] = Evidence(lines=tuple(dict.fromkeys(lines)))
    tax_lines = [line for tax in taxes if tax.amount is not None for line in (print_.amount(tax.amount) or ())]
    if tax_lines:
        evidence["taxes"] = Evidence(lines=tuple(dict.fromkeys(tax_lines)))
    return Bill(amounts, taxes, items, evidence)


def _grounded(name: str, amount: Decimal | None, print_: Print, evidence: dict[str, Evidence]) -> Decimal | None:
    """Return an amount that is printed, and note where."""
    lines = print_.amount(amount) if amount is not None else None
    if lines is None:
        return None
    evidence[name] = Evidence(lines=lines)
    return amount


def _stands(item: LineItem, print_: Print) -> bool:
    """Return whether an item is printed: its price, where it has one, and something of its words."""
    return (item.total is None or _printed(item.total, print_)) and print_.some_words(item.description)


def _item(item: LineItem, print_: Print) -> LineItem:
    """Return an item without a unit price or a quantity that is neither printed nor follows from its other figures."""
    price = item.unit_price if _printed(item.unit_price, print_) else None
    count = item.quantity
    follows = count == 1 or (count is not None and price is not None and count * price == item.total)
    known = follows or _printed(count, print_)
    return item.model_copy(update={"unit_price": price, "quantity": count if known else None})


def _tax(tax: TaxLine, print_: Print) -> TaxLine:
    """Return a tax without a rate, a base or a label that is not printed."""
    return tax.model_copy(
        update={
            "rate": tax.rate if _printed(tax.rate, print_) else None,
            "base": tax.base if _printed(tax.base, print_) else None,
            "label": tax.label if print_.some_words(tax.label) else "Tax",
        }
    )


def _printed(amount: Decimal | None, print_: Print) -> bool:
    return amount is not None and print_.amount(amount) is not None
