"""Where a receipt's figures stand in its pictures: for each field, line item and tax, the lines it was read from."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache

from core.receipt import Box, Line, LineItem, Reading, Receipt, TaxLine

_NUMERAL = re.compile(r"\d(?:[\d.,'’ ]*\d)?")
_LOOKED_UP = ("merchant", "number", "payment_method")
"""Fields that may have no evidence, and are printed as they are kept."""


def places(receipt: Receipt, reading: Reading) -> dict[str, tuple[Line, ...]]:
    """Return the lines that fields (`total`), items (`items.0`) and taxes (`taxes.0`) were read from.

    What cannot be told is left out. Only lines that have a box are given.
    """
    found = {name: boxed_at(reading, entry.lines) for name, entry in receipt.evidence.items()}
    for name in _LOOKED_UP:
        if not found.get(name):
            found[name] = _printed(getattr(receipt, name), reading.lines)
    items, taxes = found.pop("items", ()), found.pop("taxes", ())
    found |= _of_items(receipt.items, items or _boxed(reading.lines))
    found |= _of_taxes(receipt.taxes, taxes, reading.lines)
    return {name: lines for name, lines in found.items() if lines}


def row_of(line: Line, among: Iterable[Line]) -> tuple[Line, ...]:
    """Return the lines that stand in one printed row with `line`, itself too; a page may lie tilted."""
    box = line.box
    if box is None:
        return (line,)
    slope = math.tan(math.radians(box.tilt))

    def stands(other: Box) -> bool:
        across = (other.left + other.right - box.left - box.right) / 2
        down = (other.top + other.bottom - box.top - box.bottom) / 2
        return abs(down - across * slope) < min(box.bottom - box.top, other.bottom - other.top) / 2

    page = line.page
    return tuple(other for other in among if other is line or (other.page == page and other.box and stands(other.box)))


def _of_items(items: Sequence[LineItem], lines: Sequence[Line]) -> dict[str, tuple[Line, ...]]:
    """Return each item's row: the first not taken yet that has its description, else the first with its amount."""
    found: dict[str, tuple[Line, ...]] = {}
    free = list(lines)
    for number, item in enumerate(items):
        start = _with_words(item.description, free) or _with_amount(item.total, free)
        if start is not None:
            row = row_of(start, free)
            found[f"items.{number}"] = row
            taken = set(map(id, row))
            free = [line for line in free if id(line) not in taken]
    return found


def _of_taxes(taxes: Sequence[TaxLine], told: Sequence[Line], lines: Sequence[Line]) -> dict[str, tuple[Line, ...]]:
    """Return each tax's row: its amount stands in it, first of all in the lines that are told to be of taxes."""
    found: dict[str, tuple[Line, ...]] = {}
    free = list(told)
    for number, tax in enumerate(taxes):
        start = _with_amount(tax.amount, free)
        if start is not None:
            free = [line for line in free if line is not start] or free
            found[f"taxes.{number}"] = row_of(start, _boxed(lines))
    return found


def _with_words(text: str, lines: Iterable[Line]) -> Line | None:
    wanted = _letters(text)
    return next((line for line in lines if len(wanted) >= 2 and wanted in _letters(line.text)), None)


def _with_amount(amount: Decimal | None, lines: Iterable[Line]) -> Line | None:
    if amount is None:
        return None
    wanted = _digits(format(amount, "f"))
    return next((line for line in lines if wanted in _numerals(line.text)), None)


def _printed(value: str | None, lines: Iterable[Line]) -> tuple[Line, ...]:
    found = _with_words(value, _boxed(lines)) if value else None
    return (found,) if found else ()


def boxed_at(reading: Reading, numbers: Iterable[int]) -> tuple[Line, ...]:
    """Return the lines with these numbers that are there and have a box."""
    return _boxed(reading.lines[number] for number in numbers if 0 <= number < len(reading.lines))


def _boxed(lines: Iterable[Line]) -> tuple[Line, ...]:
    return tuple(line for line in lines if line.box is not None)


@lru_cache(4096)
def _letters(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())


@lru_cache(4096)
def _numerals(text: str) -> frozenset[str]:
    return frozenset(map(_digits, _NUMERAL.findall(text)))


def _digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isdecimal())
