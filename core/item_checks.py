"""Do the items come to the total? What speaks against it, and which digit read wrong would explain it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from core.alike import misread
from core.proof import items_of, sums
from core.receipt import Doubt, DoubtKind, Reading, Receipt


def item_doubts(receipt: Receipt, reading: Reading) -> Iterator[Doubt]:
    """Yield a doubt when items do not come to the total, or to the subtotal: a gap between photos explains it.

    Where one digit of one price explains it, that price is asked about and the other value offered.
    """
    items = items_of(receipt)
    fits = items is not None and items.amount == receipt.subtotal
    fits = fits or any(each.holds for each in sums(receipt) if each.terms[0].name == "items")
    if reading.gaps and not fits:
        yield Doubt(kind=DoubtKind.GAP, field="items")
        return
    if items is None or receipt.total is None or sum(item.total is not None for item in receipt.items) < 2:
        return
    if fits:
        return
    slip = _slip(receipt, items.amount)
    if slip is not None:
        at, found, meant = slip
        yield Doubt(
            kind=DoubtKind.ITEM_UNCLEAR, field=f"items.{at}.total", found=found, expected=meant, choices=(meant,)
        )
        return
    goal = receipt.subtotal if receipt.subtotal is not None else receipt.total
    yield Doubt(kind=DoubtKind.ITEMS_DIFFER, field="items", found=format(items.amount, "f"), expected=format(goal, "f"))


def _slip(receipt: Receipt, bought: Decimal) -> tuple[int, str, str] | None:
    """Return the item of which one digit read wrong explains the difference, as read and as meant.

    None when no item or more than one could be meant, or the digits do not look alike.
    """
    for goal in _goals(receipt, bought):
        priced = [(at, item.total) for at, item in enumerate(receipt.items) if item.total is not None]
        slips = [(at, read, read + goal - bought) for at, read in priced if misread(read, read + goal - bought)]
        if len(slips) == 1:
            at, read, meant = slips[0]
            return at, format(read, "f"), format(meant, "f")
    return None


def _goals(receipt: Receipt, bought: Decimal) -> tuple[Decimal, ...]:
    """Return what the items should come to: the subtotal, else the total less what is on top of them."""
    if receipt.subtotal is not None:
        return (receipt.subtotal,)
    offs = [each.off for each in sums(receipt) if each.terms[0].name == "items"]
    return tuple(dict.fromkeys(bought + off for off in offs))
