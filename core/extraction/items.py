"""Line items: what was bought, how many, at what price, from the rows above the subtotal or total."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from core.extraction.amounts import Figure
from core.extraction.rows import Row
from core.extraction.words import Role, families
from core.receipt import LineItem

_ENDS = {Role.SUBTOTAL, Role.TOTAL, Role.FINAL, Role.TAX, Role.CASH, Role.CHANGE, Role.CARD}
_HEAD = re.compile(
    r"\b(?:item|description|desc|qty|quantity|price|amount|amt|disc|uom|u\.?p|code|product|artikel|menge|preis|prix|"
    r"designation|qte|cantidad|cant|descripcion|concepto|precio|importe|descrizione|prezzo|total|rm|rp|usd|eur|tax|"
    r"bezeichnung|betrag|nama|harga|jumlah|no|s/?n|unit|rate|value|sr|each|ea)\b",
    re.IGNORECASE,
)
_QUANTITY = re.compile(
    r"^\s*[(\[]?(\d{1,3}(?:[.,]\d{1,3})?)\s?(?:[xX×*@]|pcs?|ea|st|stk)?[)\].:]?(?=\s|$|[A-Za-z])\s*[xX×*@]?\s*"
)
_NOISE = re.compile(r"(?:\s+[A-Z]{0,2}[*#]?|\s*[-–:.…_*#@$€£]+)$")


@dataclass(frozen=True)
class Found:
    """A line item and the reading's lines in which it stands."""

    item: LineItem
    lines: tuple[int, ...]


def find_items(
    rows: tuple[Row, ...], figures: tuple[Figure, ...], total: Decimal | None
) -> tuple[Found, ...]:
    """Return the line items between the head of the page and the first subtotal, tax or total."""
    by_row: dict[int, list[Figure]] = {}
    for figure in figures:
        by_row.setdefault(figure.row, []).append(figure)
    last = _end(rows, by_row, total)
    found: list[Found] = []
    pending: tuple[str, tuple[int, ...], int] | None = None
    counted: tuple[Decimal, Decimal | None, int] | None = None
    for at in range(last):
        row = rows[at]
        numbers = by_row.get(at, [])
        prices = [f for f in numbers if _is_price(f)]
        words = describe(row, numbers)
        if not prices:
            pending = (words, row.lines, at) if _could_name(words, row) else None
            continue
        price = prices[-1]
        if not _could_name(words, row):
            found, pending, counted = _numbers_only(found, pending, row, numbers, prices, at)
            continue
        quantity, unit = quantity_of(row, numbers, price)
        if counted and counted[2] == at - 1 and quantity is None:
            quantity, unit = counted[0], counted[1]
        counted, pending = None, None
        found.append(
            Found(
                LineItem(description=words, quantity=quantity, unit_price=unit, total=price.value), row.lines
            )
        )
    return tuple(found)


def _numbers_only(found, pending, row, numbers, prices, at):
    """Take in a row of bare numbers: it prices the name above it, or counts the item before or after it."""
    price = prices[-1]
    quantity, unit = quantity_of(row, numbers, price)
    if pending and at - pending[2] <= 2:
        item = LineItem(description=pending[0], quantity=quantity, unit_price=unit, total=price.value)
        return [*found, Found(item, (*pending[1], *row.lines))], None, None
    if found and found[-1].item.quantity is None and quantity is not None:
        last = found[-1]
        if last.item.total in {price.value, quantity * (unit or price.value)}:
            item = last.item.model_copy(update={"quantity": quantity, "unit_price": unit or price.value})
            return [*found[:-1], Found(item, (*last.lines, *row.lines))], None, None
    return found, None, (quantity, unit or price.value, at) if quantity is not None else None


def _end(rows: tuple[Row, ...], by_row: dict[int, list[Figure]], total: Decimal | None) -> int:
    """Return the first row that is no item any more: a subtotal, a total or a tax with its amount."""
    for at in range(len(rows)):
        for figure in by_row.get(at, []):
            if figure.role in _ENDS and figure.amount and figure.decimals != -1 and not figure.above:
                return at
    ends = [f.row for figures in by_row.values() for f in figures if f.amount and f.value == total]
    return min(ends, default=len(rows))


def _is_price(figure: Figure) -> bool:
    return (
        figure.amount
        and figure.unit in {"", "x", "@"}
        and (figure.decimals >= 0 or figure.marked or figure.value >= 0)
    )


def describe(row: Row, numbers: list[Figure]) -> str:
    """Return the words of an item's row: without its leading quantity and its trailing prices and codes."""
    parts = []
    for place, cell in enumerate(row.cells):
        cut = len(cell.text)
        for figure in reversed([f for f in numbers if f.cell == place]):
            tail = cell.text[figure.end : cut]
            if len(re.sub(r"[\W\d]", "", tail)) > 2 or not (figure.amount or figure.start == 0):
                break
            cut = figure.start
        parts.append(cell.text[:cut])
    text = " ".join(part.strip() for part in parts if part.strip())
    text = _QUANTITY.sub("", text, count=1)
    return _NOISE.sub("", text.strip()).strip(" .:*-_")


def _could_name(words: str, row: Row) -> bool:
    letters = re.sub(r"[\W\d_]", "", words)
    if len(letters) < 2 or len(words) > 80:
        return False
    heads = _HEAD.findall(words)
    return sum(len(head) for head in heads) < 0.6 * len(letters)


def quantity_of(row: Row, numbers: list[Figure], price: Figure) -> tuple[Decimal | None, Decimal | None]:
    """Return quantity and unit price of a row: numbers whose product is the price, else a leading small number."""
    others = [f.value for f in numbers if f is not price and f.value > 0 and f.unit != "%"]
    for at, first in enumerate(others[:8]):
        for second in others[at + 1 : 8]:
            if (
                abs(first * second - price.value) <= Decimal("0.01")
                and first != 1
                or {first, second} == {Decimal(1), price.value}
            ):
                return (first, second) if first <= second or first == first.to_integral() else (second, first)
    lead = _QUANTITY.match(row.text)
    if lead:
        quantity = Decimal(lead[1].replace(",", "."))
        if 0 < quantity <= 200:
            return quantity, next((value for value in others if value != quantity), None)
    return None, None
