"""Names with their prices: on one row, on the row below the name, or above it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from core.extraction.item_rows import Entry
from core.receipt import LineItem


@dataclass(frozen=True)
class Found:
    """A line item and the reading's lines in which it stands.

    `counted` says that its row begins with a count, `belongs_above` that it tells how the item over it is made.
    """

    item: LineItem
    lines: tuple[int, ...]
    counted: bool = False
    belongs_above: bool = False

    @property
    def value(self) -> Decimal:
        """Return what the item adds to the bill."""
        return self.item.total or Decimal(0)


@dataclass
class _Page:
    """The entries of a page, which of them are used up, and which name was found for a price (by position)."""

    entries: Sequence[Entry]
    used: set[int]
    names: dict[int, tuple[int, ...]]
    counts: dict[int, Entry]
    counted: bool


def pair(entries: Sequence[Entry], below: bool) -> tuple[list[Found], int]:
    """Return the items, and how many prices and counted names were left alone.

    With `below` a price belongs to the name under it rather than to the one above it.
    """
    page = _Page(entries, set(), {}, {}, mostly_counted(entries))
    _give_counts(page)
    for at, entry in enumerate(entries):
        if entry.bare and at not in page.used:
            _find_name(page, at, below)
    for at in range(1, len(entries)):
        _wrap(page, at)
    found = [_found(page, at) for at, entry in enumerate(entries) if entry.whole or at in page.names]
    lonely = [e for at, e in enumerate(entries) if at not in page.used and (e.bare or (e.named and e.counted))]
    last = len(entries) - 1
    left_over = last >= 0 and entries[last].named and last not in page.used and any(e.bare for e in entries)
    return found, len(lonely) + left_over


def _give_counts(page: _Page) -> None:
    """Give bare numbers (`2 x 3.50`) to the item on the next row or the one before when they fit its price."""
    for at, entry in enumerate(page.entries):
        if entry.price is None or entry.quantity is None or entry.quantity == 0:
            continue
        if not entry.bare:
            continue
        unit = entry.unit or entry.price.value
        for near in (at + 1, at - 1):
            other = page.entries[near] if 0 <= near < len(page.entries) else None
            if other is None or other.price is None or not other.whole or near in page.counts:
                continue
            if other.price.value in {unit, entry.quantity * unit}:
                page.counts[near] = replace(entry, unit=unit)
                page.used.add(at)
                break


def _find_name(page: _Page, at: int, below: bool) -> None:
    """Tie a bare price to a name that is still free: the one over it, or with `below` the one under it first."""
    over, under = _over(page, at), _under(page, at, below)
    name = (under or over) if below else (over or under)
    if name:
        page.names[at] = name
        page.used.update((at, *name))


def _over(page: _Page, at: int) -> tuple[int, ...]:
    """Return the name over a price; of several rows the one to which the others are added."""
    entries, top = page.entries, at - 1
    if top > 0 and not entries[top].words and entries[top].price is None and not entries[top].closes:
        top -= 1  # A row with a code or a size stands between.
    if top < 0 or not entries[top].named or top in page.used:
        return ()
    while top > 0 and entries[top - 1].named and top - 1 not in page.used and at - top < 4:
        above, own = entries[top - 1], entries[top]
        indented = own.height > 0 and own.left - above.left > 0.8 * own.height
        if not (own.added or (above.counted and not own.counted) or (indented and not own.counted)):
            break
        top -= 1
    return (top,)


def _under(page: _Page, at: int, below: bool) -> tuple[int, ...]:
    """Return the name under a price, unless another price follows, to which it rather belongs."""
    entries = page.entries
    if at + 1 >= len(entries) or not entries[at + 1].named or at + 1 in page.used:
        return ()
    follows = at + 2 < len(entries) and entries[at + 2].bare and at + 2 not in page.used
    return (at + 1,) if below or not follows else ()


def _wrap(page: _Page, at: int) -> None:
    """Give a price to the counted name over it when its own words only go on (`1 Side bread,` / `toasted 2.39`)."""
    own, above = page.entries[at], page.entries[at - 1]
    if not own.whole or own.counted or not above.named or at - 1 in page.used:
        return
    if (own.added and (above.counted or not page.counted)) or (above.counted and page.counted):
        page.names[at] = (at - 1,) if own.added else (at - 1, at)
        page.used.add(at - 1)


def mostly_counted(entries: Sequence[Entry]) -> bool:
    """Return whether items begin with a count on this page, but for one or some."""
    priced = [entry for entry in entries if entry.whole]
    return len(priced) > 1 and sum(entry.counted for entry in priced) >= 0.6 * (len(priced) - 1)


def _found(page: _Page, at: int) -> Found:
    entry, count = page.entries[at], page.counts.get(at)
    names = [page.entries[name] for name in page.names.get(at, (at,))]
    lead = names[0]
    quantity, unit = (entry.quantity, entry.unit) if count is None else (count.quantity, count.unit)
    quantity = quantity if quantity is not None else lead.quantity
    lines = dict.fromkeys(line for part in (*names, entry, *([count] if count else [])) for line in part.lines)
    item = LineItem(
        description=" ".join(name.words for name in names),
        quantity=quantity,
        unit_price=unit,
        total=entry.price.value if entry.price else None,
    )
    return Found(item, tuple(lines), lead.counted or entry.counted, _belongs_above(page, at, lead))


def _belongs_above(page: _Page, at: int, lead: Entry) -> bool:
    """Return whether a row tells how the item over it is made: it begins with a sign, or is indented under it."""
    above = next((e for e in reversed(page.entries[:at]) if e.whole and not e.added), None)
    if above is None:
        return False
    return lead.added or (lead.height > 0 and lead.left - above.left > 0.8 * lead.height)
