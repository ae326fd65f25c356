"""A receipt's figures as its page shows them: each in a field that can be written in, with what was read beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from core.accounts import Account
from core.corrections import values
from core.ports import Filed
from core.receipt import Kind, LineItem, Receipt, TaxLine
from webhook.pages.marks import Mark

NEW = "+1"
HEAD = {
    "merchant": ("Merchant", "text"),
    "bought_on": ("Date", "date"),
    "category": ("Category", "choice"),
    "kind": ("Kind", "choice"),
    "currency": ("Currency", "code"),
    "payment_method": ("Paid with", "text"),
    "number": ("Number", "text"),
    "due_on": ("Due", "date"),
}
AMOUNTS = {
    "subtotal": "Subtotal",
    "discount": "Discount",
    "tip": "Tip",
    "rounding": "Rounding",
    "total": "Total",
    "cash": "Cash given",
    "change": "Change",
}
ALWAYS = ("subtotal", "total")
"""Other amounts have a field of their own where they were printed; else they are among those that can be added."""
ITEM = {"description": ("Item", "text"), "quantity": ("Quantity", "amount"), "unit_price": ("Price", "amount")} | {
    "total": ("Amount", "amount")
}
TAX = {"label": ("Tax", "text"), "rate": ("Rate %", "amount"), "base": ("On", "amount")} | {
    "amount": ("Amount", "amount"),
    "included": ("In prices", "choice"),
}
Lines = Sequence[LineItem | TaxLine]
ANSWERS = [("", "–"), ("yes", "yes"), ("no", "no")]


@dataclass(frozen=True)
class Figure:
    """One field: its name and label, what it takes, its value, what was read where that differs, and what is wrong."""

    name: str
    label: str
    kind: str
    value: str
    read: str | None = None
    problem: str = ""
    options: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class Row:
    """Figures that stand in one printed row, and where that is; `name` is the line's (`items.0`) or the field's."""

    name: str
    figures: tuple[Figure, ...]
    mark: Mark | None = None
    is_gone: bool = False


@dataclass(frozen=True)
class Typed:
    """What a person typed that was not saved, and a sentence for each field that is wrong."""

    values: Mapping[str, str]
    problems: Mapping[str, str]


class Figures:
    """All figures of a receipt, by the part of the page that they stand in."""

    def __init__(self, filed: Filed, account: Account, marks: Mapping[str, Mark], typed: Typed | None = None) -> None:
        """Take a receipt, whose it is, where its figures stand, and what was typed into them."""
        self._receipt = filed.receipt or Receipt()
        self._now = values(self._receipt)
        self._first = filed.as_read or self._receipt
        self._read = values(self._first)
        self._marks, self._typed = marks, typed or Typed({}, {})
        self._offered = account.offered

    @property
    def head(self) -> list[Row]:
        """Return who, when and what."""
        return [self._row(name, *HEAD[name]) for name in HEAD]

    @property
    def amounts(self) -> list[Row]:
        """Return the amounts that were printed or written, and those that every receipt has."""
        return [self._row(name, label, "amount") for name, label in AMOUNTS.items() if self._is_there(name)]

    @property
    def others(self) -> list[Row]:
        """Return the amounts that this receipt does not have, to be added."""
        return [self._row(name, label, "amount") for name, label in AMOUNTS.items() if not self._is_there(name)]

    @property
    def items(self) -> list[Row]:
        """Return the line items."""
        return self._lines("items", self._receipt.items, self._first.items)

    @property
    def taxes(self) -> list[Row]:
        """Return the printed taxes."""
        return self._lines("taxes", self._receipt.taxes, self._first.taxes)

    @property
    def new_item(self) -> Row:
        """Return an empty line item."""
        return self._line("items", NEW, None)

    @property
    def new_tax(self) -> Row:
        """Return an empty tax."""
        return self._line("taxes", NEW, None)

    @property
    def gone(self) -> list[str]:
        """Return the line items that were read and are not there any more, each as it was read."""
        kept = set(matched(self._receipt.items, self._first.items).values())
        lost = [item for at, item in enumerate(self._first.items) if at not in kept]
        return [f"{item.description} {'' if item.total is None else format(item.total, 'f')}".strip() for item in lost]

    def _is_there(self, name: str) -> bool:
        written = self._now[name] or self._read[name] or self._typed.values.get(name)
        return bool(name in ALWAYS or written or name in self._typed.problems)

    def _row(self, name: str, label: str, kind: str) -> Row:
        read = self._read[name] if self._read[name] != self._now[name] else None
        options = self._options(name)
        return Row(name, (self._figure((name, label, kind), read, options),), self._marks.get(name))

    def _lines(self, name: str, now: Lines, first: Lines) -> list[Row]:
        pairs = matched(now, first)
        return [self._line(name, str(at), pairs.get(at)) for at in range(len(now))]

    def _line(self, lines: str, at: str, first: int | None) -> Row:
        """Return a line's row; `first` is the place at which it was read."""
        figures = []
        for name, (label, kind) in (ITEM if lines == "items" else TAX).items():
            field = f"{lines}.{at}.{name}"
            was = self._read.get(f"{lines}.{first}.{name}") if first is not None else None
            read = was if was is not None and was != self._now.get(field) else None
            figures.append(self._figure((field, label, kind), read, ANSWERS if kind == "choice" else ()))
        mark = self._marks.get(f"{lines}.{first}") if first is not None else None
        return Row(f"{lines}.{at}", tuple(figures), mark, f"{lines}.{at}.-" in self._typed.values)

    def _figure(self, field: tuple[str, str, str], read: str | None, options: Sequence[tuple[str, str]]) -> Figure:
        name, label, kind = field
        value = self._typed.values.get(name, self._now.get(name, ""))
        return Figure(name, label, kind, value, read, self._typed.problems.get(name, ""), options)

    def _options(self, name: str) -> Sequence[tuple[str, str]]:
        if name == "kind":
            return [(one.value, one.value.capitalize()) for one in Kind]
        if name != "category":
            return ()
        now = self._receipt.category
        names = self._offered if now is None or now in self._offered else [*self._offered, now]
        return [("", "–"), *((name, name.capitalize()) for name in names)]


def matched(now: Lines, first: Lines) -> dict[int, int]:
    """Return for each line as it stands the one that was read it goes back to; new ones have none.

    Those that are the same are found first, then those of the same name, then those of the same amount; of the rest,
    where as many stand there as were read, those in the same place.
    """
    found: dict[int, int] = {}
    ways: tuple[Callable[[LineItem | TaxLine], object], ...] = (_whole, _name, _amount)
    for alike in ways:
        free: dict[object, list[int]] = {}
        for at, line in enumerate(first):
            if at not in found.values() and alike(line):
                free.setdefault(alike(line), []).append(at)
        for at, line in enumerate(now):
            if at not in found and free.get(alike(line)):
                found[at] = free[alike(line)].pop(0)
    if len(now) == len(first):
        rest = set(range(len(first))) - set(found.values())
        found |= {at: at for at in rest if at not in found}
    return found


def _whole(line: LineItem | TaxLine) -> object:
    return line.model_dump_json()


def _name(line: LineItem | TaxLine) -> object:
    return line.description if isinstance(line, LineItem) else line.label


def _amount(line: LineItem | TaxLine) -> object:
    return line.total if isinstance(line, LineItem) else line.amount
