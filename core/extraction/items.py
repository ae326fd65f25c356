"""Line items: what was bought, how many, at what price, from the rows above the subtotal or total."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from core.extraction.figure import Figure
from core.extraction.item_pairs import Found, pair
from core.extraction.item_rows import ENDS, Entry, Sheet, end_of
from core.extraction.item_settle import settled
from core.extraction.item_sums import come_to, those_that_add_up
from core.extraction.rows import Row
from core.extraction.words import Role

__all__ = ["Found", "Items", "find_items", "read_items"]


_FEWEST = 4
"""Where the total is not known, a bare amount is taken for the sum of so many items or more: few hit one by chance."""


_GO_ON = {Role.SUBTOTAL, Role.TAX}
"""Under these there may be more items."""
_LONGEST = 300
"""Down from so many rows no unnamed sum is looked for, so that no page takes long."""


@dataclass(frozen=True)
class Items:
    """One way to read the rows: its items, whether they come to a target, and how many rows it left alone."""

    found: tuple[Found, ...] = ()
    holds: bool = False
    lonely: int = 0

    @property
    def rank(self) -> tuple[bool, int]:
        """Return how well it fits: the sum first, then the fewest rows left alone."""
        return self.holds, -self.lonely


def read_items(rows: tuple[Row, ...], figures: tuple[Figure, ...], targets: frozenset[Decimal]) -> Items:
    """Return the line items between the head of the page and the first subtotal or total.

    `targets` are what the items may come to (subtotal, total). The rows can be read in several ways: up to the first
    subtotal or to the last, prices under their names or over them, the last column of amounts or the one before. The
    plainest is taken unless another one comes to a target, or leaves fewer prices without a name.
    """
    sheet = Sheet.of(rows, figures)
    best: Items | None = None
    for choice in _choices(sheet, targets):
        if best is None or choice.rank > best.rank:
            best = choice
        if best.holds and not best.lonely:
            break
    return best or Items()


def find_items(rows: tuple[Row, ...], figures: tuple[Figure, ...], targets: frozenset[Decimal]) -> tuple[Found, ...]:
    """Return the line items alone, as the best way to read the rows gives them."""
    return read_items(rows, figures, targets).found


def _choices(sheet: Sheet, targets: frozenset[Decimal]) -> Iterator[Items]:
    """Yield the ways to read the rows, the plainest first."""
    for column in (0, 1):
        spans = _spans(sheet, column, targets)
        for below in (False, True):
            for span in spans:
                found, lonely = pair(span, below)
                kept = those_that_add_up([entry for entry in found if entry.value or not entry.belongs_above], targets)
                holds = come_to(kept, targets)
                if column == 0 or holds:
                    yield Items(kept, holds, lonely)


def _spans(sheet: Sheet, column: int, targets: frozenset[Decimal]) -> list[list[Entry]]:
    """Return the entries up to the first sum or tax, and, where that is not the total, up to what ends the page."""
    entries: list[Entry] = []
    spans: list[list[Entry]] = []
    begun = False
    first = last = None
    for at in range(len(sheet.rows)):
        entry = sheet.entry(at, column, targets)
        end = end_of(sheet.by_row.get(at, ()), begun, entry, targets)
        if end is None and begun and _sums_up(entry, entries, targets):
            end = Role.SUBTOTAL
        if end is None and spans and any(figure.unit == "%" for figure in sheet.by_row.get(at, ())):
            entry = Entry(at, (), closes=True)  # Under a sum a percentage is reckoned from it.
        if end is None:
            entries.append(entry)
            begun = begun or entry.whole or (entry.bare and len(entries) > 1 and entries[-2].named)
            continue
        if last is Role.TAX and end not in {*ENDS, Role.TAX}:
            break  # What follows a tax and leads to no sum is what was paid.
        spans.append(list(entries))
        if end not in _GO_ON and not (end in ENDS and targets and not _is_target(sheet, at, targets)):
            break
        entries.append(Entry(at, (), closes=True))
        first, last = first or end, end
    if last is not Role.TAX:
        spans.append(entries)
    kept = [spans[0], spans[-1]] if len(spans[-1]) > len(spans[0]) else spans[:1]
    kept = kept[::-1] if first is Role.TAX else kept  # A tax among the items sums up nothing.
    return [settled(span, None if sheet.prices_left else sheet.edge) for span in kept]


def _is_target(sheet: Sheet, at: int, targets: frozenset[Decimal]) -> bool:
    """Return whether a row holds what the items may come to: a total that does not is one of a part of them."""
    return any(figure.value in targets for figure in sheet.by_row[at])


def _sums_up(entry: Entry, before: list[Entry], targets: frozenset[Decimal]) -> bool:
    """Return whether a row is the sum of those before it, printed without a known word for it."""
    if entry.price is None or (entry.price.value not in targets and not entry.bare):
        return False
    if entry.bare and entry.price.value in targets:
        return True
    if len(before) > _LONGEST:
        return False
    fewest = 2 if entry.price.value in targets else _FEWEST
    readings = (pair(before, below)[0] for below in (False, True))
    return any(len(found) >= fewest and come_to(found, frozenset({entry.price.value})) for found in readings)
