"""The rows between head and total as entries: a name, a price, both or neither, with their count."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from core.extraction.figure import Figure
from core.extraction.item_columns import Edge, is_measured, is_per_unit, is_price, letters, price_edge, prices_first
from core.extraction.item_heads import is_head
from core.extraction.item_words import could_name, describe, is_bare, leading_count, quantity_of, words_after
from core.extraction.rows import Row
from core.extraction.words import Role, share_of_words

ENDS = frozenset({Role.SUBTOTAL, Role.TOTAL, Role.FINAL})
_AFTER = {Role.TAX, Role.CASH, Role.CHANGE, Role.CARD, Role.BALANCE, Role.TIP, Role.ROUNDING}
_TAKEN_OFF = {Role.DISCOUNT, Role.SAVED}
_NO_ITEM = {*_TAKEN_OFF, *ENDS, *_AFTER}
_COUNTED = re.compile(r"^\W*\d{1,3}(?:[.,]0+)?\s*(?:[xX×*@]\s?)?(?=\s|$|[xX×*@]|[^\W\d_]{3})")
_TIMES = re.compile(r"^\W*\d{1,3}(?:[.,]\d{1,3})?\s*[xX×*@]\s*\d")
_ADDED = re.compile(r"^\W*(?:\d{1,2}\s+)?[+\-–>]\s*(?=\S*[^\W\d_])")


@dataclass(frozen=True)
class Entry:
    """What one row says of what was bought; `words` is empty and `price` None where it has none.

    `counted` says that it begins with a count, `added` that it begins with a sign of what belongs to the item above;
    `left` is where its words begin and `height` its size of type, in pixels; `closes` says that names over it have
    nothing to do with prices under it.
    """

    row: int
    lines: tuple[int, ...]
    words: str = ""
    price: Figure | None = None
    quantity: Decimal | None = None
    unit: Decimal | None = None
    counted: bool = False
    added: bool = False
    left: float = 0.0
    height: float = 0.0
    closes: bool = False

    @property
    def named(self) -> bool:
        """Return whether the row is a name without a price."""
        return bool(self.words) and self.price is None

    @property
    def bare(self) -> bool:
        """Return whether the row is a price without a name."""
        return not self.words and self.price is not None

    @property
    def whole(self) -> bool:
        """Return whether the row is a name with its price."""
        return bool(self.words) and self.price is not None


@dataclass(frozen=True)
class Sheet:
    """What all rows of a page have in common: its figures by row, where prices end, and on which side they stand."""

    rows: tuple[Row, ...]
    by_row: dict[int, list[Figure]]
    edge: Edge
    prices_left: bool

    @classmethod
    def of(cls, rows: tuple[Row, ...], figures: tuple[Figure, ...]) -> Sheet:
        """Return the rows with their figures."""
        by_row: dict[int, list[Figure]] = {}
        for figure in figures:
            by_row.setdefault(figure.row, []).append(figure)
        return cls(rows, by_row, price_edge(figures), prices_first(rows, by_row))

    def entry(self, at: int, column: int, targets: frozenset[Decimal]) -> Entry:
        """Return a row's entry; of several amounts the price is the rightmost, or with `column` 1 the one before."""
        row, numbers = self.rows[at], self.by_row.get(at, [])
        plain = Entry(at, row.lines, left=row.cells[0].left, height=row.height, closes=not _is_code(row.text))
        prices = [f for f in numbers if is_price(f, self.edge) and not is_per_unit(row.cells[f.cell].text, f)]
        prices = [f for f in prices if not is_measured(row, f)]
        if self.prices_left:
            prices.reverse()
        price = prices[-1 - min(column, len(prices) - 1)] if prices else None
        if price is None:
            return _name(plain, row, describe(row, numbers))
        if price.role in _NO_ITEM and not price.above and not _is_bought(price, row, numbers, targets):
            return plain
        words = words_after(row, price) if self.prices_left else ""
        entry = _priced(plain, row, words or describe(row, numbers), (price, numbers))
        return replace(entry, quantity=None) if words and entry.quantity == price.value else entry


def _is_code(text: str) -> bool:
    """Return whether a row has figures and hardly a letter: a code or a size between a name and its price."""
    return bool(re.search(r"\d", text)) and letters(text) <= 2


def _name(plain: Entry, row: Row, words: str) -> Entry:
    if not could_name(words):
        return plain
    return replace(_with(plain, row, words, None), quantity=leading_count(row.text))


def _with(plain: Entry, row: Row, words: str, price: Figure | None) -> Entry:
    text = row.text
    left = next((cell.left for cell in row.cells if re.search(r"[^\W\d_]{2}", cell.text)), plain.left)
    counted, added = bool(_COUNTED.match(text)), bool(_ADDED.match(text))
    return replace(plain, words=words, price=price, counted=counted, added=added, left=left)


def _priced(plain: Entry, row: Row, words: str, prices: tuple[Figure, list[Figure]]) -> Entry:
    """Return the entry of a row that has a price: heads of columns and words for other things are no name."""
    price, numbers = prices
    quantity, unit = quantity_of(row, numbers, price)
    named = could_name(words)
    if not named and unit is None and not _TIMES.match(row.text) and (is_head(row.text) or not is_bare(row)):
        return plain
    return replace(_with(plain, row, words if named else "", price), quantity=quantity, unit=unit)


def _is_bought(price: Figure, row: Row, numbers: list[Figure], targets: frozenset[Decimal]) -> bool:
    """Return whether a word for another thing only occurs in a name: `1 Delivery charge`, `Total mix  2  3.1  6.2`."""
    if price.role in ENDS:
        counted = _COUNTED.match(row.text) or quantity_of(row, numbers, price)[1] is not None
        return bool((counted or _is_name(price.label)) and targets) and price.value not in targets
    if price.role in _TAKEN_OFF and price.value < 0:
        return False
    if price.role not in {Role.SAVED, Role.TAX} and _COUNTED.match(row.text) and price.value > 0:
        return True
    return share_of_words(price.label) < 0.6


def _is_name(label: str) -> bool:
    """Return whether a label is no sum's: most of it are other words, and not one alone (`Total food`)."""
    return share_of_words(label) < 0.5 and len(re.findall(r"[^\W\d_]{3,}", label)) > 2


def end_of(numbers: Sequence[Figure], begun: bool, entry: Entry, targets: frozenset[Decimal]) -> Role | None:
    """Return the role by which a row closes the list of items: a subtotal or total, or what only comes after them.

    A row with a count that comes to none of the `targets` is an item that is called like one (`2 Grande latte`).
    """
    for figure in numbers:
        if not figure.amount or not (figure.decimals >= 0 or figure.marked or figure.value > 100):
            continue
        counted = entry.counted or entry.unit is not None or _is_name(figure.label)
        counted = counted and bool(targets) and figure.value not in targets
        if figure.role in ENDS and (begun or not figure.above) and not counted:
            return figure.role
        if begun and not figure.above and figure.role in _AFTER and share_of_words(figure.label) >= 0.7:
            return None if counted else figure.role
    return None
