"""Line items: what was bought, how many, at what price, from the rows above the subtotal or total."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from core.extraction.figure import Figure
from core.extraction.item_words import could_name, describe, quantity_of
from core.extraction.rows import Row
from core.extraction.words import Role, share_of_words
from core.receipt import LineItem

_ENDS = {Role.SUBTOTAL, Role.TOTAL, Role.FINAL}
_AFTER = {Role.TAX, Role.CASH, Role.CHANGE, Role.CARD, Role.BALANCE, Role.TIP, Role.ROUNDING}
_NO_ITEM = {Role.DISCOUNT, Role.SAVED, *_ENDS, *_AFTER}


_Edge = tuple[float, float] | None
"""Where prices end on the right, and how far from it one may stray, in pixels."""


@dataclass(frozen=True)
class Found:
    """A line item and the reading's lines in which it stands."""

    item: LineItem
    lines: tuple[int, ...]


@dataclass
class _Page:
    """The state of going down the page: items so far, a name that waits for its price, a count for the next item."""

    found: list[Found]
    edge: _Edge
    name: tuple[str, tuple[int, ...], int] | None = None
    count: tuple[Decimal, Decimal | None, int] | None = None


def find_items(rows: tuple[Row, ...], figures: tuple[Figure, ...], targets: frozenset[Decimal]) -> tuple[Found, ...]:
    """Return the line items between the head of the page and the first subtotal or total.

    `targets` are what the items may come to (subtotal, total): where only a part of the rows comes to one of
    them, the rest (an address with a number, a sum of a group) is taken for no item.
    """
    by_row: dict[int, list[Figure]] = {}
    for figure in figures:
        by_row.setdefault(figure.row, []).append(figure)
    page, first = _Page([], _price_edge(figures)), None
    for at, row in enumerate(rows):
        numbers = by_row.get(at, [])
        end = _end_of(numbers, bool(page.found))
        if end and first is None:
            first = _those_that_add_up(page.found, targets)
        if end and (end is not Role.SUBTOTAL or _come_to(first or (), targets)):
            break
        if not end:
            _look(page, row, numbers, at)
    every = _those_that_add_up(page.found, targets)
    return every if first is None or _come_to(every, targets) else first


def _look(page: _Page, row: Row, numbers: list[Figure], at: int) -> None:
    """Take in one row: an item with its price, a name that waits for one, or nothing of interest."""
    price = next((figure for figure in reversed(numbers) if _is_price(figure, page.edge)), None)
    if price is None or (price.role in _NO_ITEM and not price.above and _says_so(price)):
        words = describe(row, numbers) if price is None else ""
        page.name = (words, row.lines, at) if could_name(words) else None
    else:
        _take(page, row, numbers, price)


def _says_so(price: Figure) -> bool:
    """Return whether a figure's words are mostly those of its role: `Delivery charge` may well be bought."""
    return price.role in {Role.DISCOUNT, Role.SAVED, *_ENDS} or share_of_words(price.label) >= 0.6


def _come_to(found: tuple[Found, ...], targets: frozenset[Decimal]) -> bool:
    return bool(found) and sum((entry.item.total or Decimal(0) for entry in found), Decimal(0)) in targets


def _price_edge(figures: tuple[Figure, ...]) -> _Edge:
    """Return where the amounts of the page end on the right, and how far from it one may stray, in pixels."""
    amounts = [f for f in figures if f.amount and f.right and (f.decimals >= 0 or f.marked)]
    if not amounts:
        return None
    right = sorted(figure.right for figure in amounts)
    return right[len(right) * 3 // 4], 3 * median(figure.height for figure in amounts)


def _is_price(figure: Figure, edge: _Edge) -> bool:
    if not figure.amount or figure.unit not in {"", "x", "@", "l", "g", "m"}:
        return False
    if figure.decimals >= 0 or figure.marked:
        return True
    return edge is not None and abs(figure.right - edge[0]) < edge[1]


def _end_of(numbers: list[Figure], begun: bool) -> Role | None:
    """Return the role by which a row closes the list of items: a subtotal or total, or what only comes after them.

    After a subtotal there may be more: a receipt with several parts has one for each.
    """
    for figure in numbers:
        if not figure.amount or not (figure.decimals >= 0 or figure.marked or figure.value > 100):
            continue
        if figure.role in _ENDS and (begun or not figure.above):
            return figure.role
        if begun and not figure.above and figure.role in _AFTER and share_of_words(figure.label) >= 0.7:
            return figure.role
    return None


def _take(page: _Page, row: Row, numbers: list[Figure], price: Figure) -> None:
    """Take in a row that has a price: an item, or bare numbers that price the name above or count an item."""
    words = describe(row, numbers)
    quantity, unit = quantity_of(row, numbers, price)
    at = price.row
    if could_name(words):
        if page.count and page.count[2] == at - 1 and quantity is None:
            quantity, unit = page.count[:2]
        item = LineItem(description=words, quantity=quantity, unit_price=unit, total=price.value)
        page.found.append(Found(item, row.lines))
        page.name = page.count = None
    elif page.name and at - page.name[2] == 1:
        item = LineItem(description=page.name[0], quantity=quantity, unit_price=unit, total=price.value)
        page.found.append(Found(item, (*page.name[1], *row.lines)))
        page.name = page.count = None
    else:
        _count(page, row, (quantity, unit or price.value), at)


def _count(page: _Page, row: Row, counted: tuple[Decimal | None, Decimal], at: int) -> None:
    """Give bare numbers (`2 x 3.50`) to the item before when they fit it, else keep them for the next one."""
    quantity, unit = counted
    last = page.found[-1] if page.found else None
    page.name = None
    if quantity is None:
        return

    if last and last.item.quantity is None and last.item.total in {unit, quantity * unit}:
        item = last.item.model_copy(update={"quantity": quantity, "unit_price": unit})
        page.found[-1] = Found(item, (*last.lines, *row.lines))
    else:
        page.count = (quantity, unit, at)


def _those_that_add_up(found: list[Found], targets: frozenset[Decimal]) -> tuple[Found, ...]:
    """Return the longest run of items that comes to a target, or all of them when none does."""
    values = [entry.item.total or Decimal(0) for entry in found]
    if not found or sum(values) in targets:
        return tuple(found)
    for left_out in range(1, min(len(found) // 2, 6) + 1):
        for start in range(left_out + 1):
            end = len(found) - (left_out - start)
            if end - start >= 1 and sum(values[start:end], Decimal(0)) in targets and any(values[start:end]):
                return tuple(found[start:end])
    return tuple(found)
