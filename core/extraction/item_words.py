"""The words of an item's row: its description apart from its quantity, its prices and the codes around them."""

from __future__ import annotations

import re
from decimal import Decimal

from core.extraction.figure import Figure
from core.extraction.rows import Row
from core.extraction.words import Role, role_of, share_of_words

_HEAD = re.compile(
    r"\b(?:items?|descriptions?|desc|qty|quantity|price|amount|amt|disc|uom|u\.?p|code|product|artikel|menge|preis|"
    r"prix|designation|qte|cantidad|cant|descripcion|concepto|precio|importe|descrizione|prezzo|total|rm|rp|usd|eur|"
    r"tax|bezeichnung|betrag|nama|harga|jumlah|no|s/?n|unit|rate|value|each|gst|vat|date|time|table|tel|phone|fax|"
    r"invoice|receipt|order|check|cashier|server|guests?|store|reg|trans?|terminal|page|bill)\b",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"^\s*(?:[*\-+#>•]+\s*)?(?:[(\[]?\d{1,3}(?:[.,]\d{1,3})?[)\]]?\s*(?:[xX×*@]|pcs?\b|ea\b)\s*(?:[$€£]?\d+[.,]\d\d)?"
    r"|\d{1,2}(?:[.,]0+)?)(?:\s+|(?<=[xX×@])(?=\D))(?=\S)"
)
_QUANTITY = re.compile(r"^\s*[*\-+]*\s*[(\[]?(\d{1,3}(?:[.,]\d{1,3})?)\s?(?:([xX×*@]|pcs?\b|ea\b)|(?=\s))")
_MEASURE = re.compile(r"(?<![A-Za-z])(?:lbs?|kgs?|ea|oz|gal|gallon|each|for|net|g|x|@)(?![A-Za-z])", re.IGNORECASE)
_NEVER = {Role.SUBTOTAL, Role.TOTAL, Role.FINAL, Role.TAX, Role.CHANGE, Role.CASH, Role.ROUNDING, Role.COUNT}
_TAIL = re.compile(r"[\s\-–:.…_*#@$€£=(]+$")


def describe(row: Row, numbers: list[Figure]) -> str:
    """Return the words of an item's row, without its leading quantity and what stands from its first price on."""
    parts: list[str] = []
    priced = False
    for place, cell in enumerate(row.cells):
        own = [figure for figure in numbers if figure.cell == place]
        text = _before_price(cell.text, own)
        letters = _letters(text, own)
        priced = priced or any(figure.amount and figure.decimals >= 0 for figure in own)
        if letters >= (4 if priced and text == cell.text and not own else 2) or (letters and parts and not own):
            parts.append(text.strip())
            if text != cell.text:
                break
        elif parts and priced:
            break
    joined = " ".join(parts)
    return _TAIL.sub("", _LEADING.sub("", joined, count=1)).strip(" .:*-_")


def _letters(text: str, own: list[Figure]) -> int:
    """Return how many letters a cell has beside its numbers and the currencies at them."""
    for figure in reversed(own):
        text = text[: figure.start] + " " + text[figure.end :]
    return len(re.sub(r"[\W\d_]", "", text))


def _before_price(text: str, own: list[Figure]) -> str:
    """Return a cell's text up to its first price that has words before it and no more than a code after it."""
    for figure in own:
        before = re.sub(r"[\W\d_]", "", text[: figure.start])
        after = re.sub(r"[\W\d_]", "", text[figure.end :])
        if figure.decimals < 0 or not (figure.amount or figure.decimals >= 1):
            continue
        if figure.unit.isalpha() and text[figure.end : figure.end + 1].isalpha() and figure.unit not in {"x", "ea"}:
            continue  # `Milk 1,5L` tells how much is in it.
        if len(before) < 2 and len(after) <= 3:
            return ""
        if len(before) >= 2 and len(after) <= 4:
            return re.sub(r"\s+\d{1,3}\s*[xX×@*]?\s*$", "", text[: figure.start])
    return text


def could_name(words: str) -> bool:
    """Return whether words may name something that was bought: some letters, and not the head of the columns."""
    letters = re.sub(r"[\W\d_]", "", _MEASURE.sub(" ", words))
    if len(letters) < (3 if letters.isascii() else 1) or len(words) > 80:
        return False
    if role_of(words) in _NEVER and share_of_words(words) >= 0.7:
        return False
    return sum(len(head) for head in _HEAD.findall(words)) < 0.6 * len(letters)


def quantity_of(row: Row, numbers: list[Figure], price: Figure) -> tuple[Decimal | None, Decimal | None]:
    """Return quantity and unit price of a row: two numbers whose product is the price, else a leading number."""
    others = [f.value for f in numbers if f is not price and f.value > 0 and f.unit != "%"][:8]
    for at, first in enumerate(others):
        for second in others[at + 1 :]:
            if {first, second} == {Decimal(1), price.value}:
                return Decimal(1), price.value
            if first != 1 and second != 1 and abs(first * second - price.value) <= Decimal("0.01"):
                return (first, second) if first == first.to_integral() or first < second else (second, first)
    lead = _QUANTITY.match(row.text)
    if lead is None:
        return None, None
    quantity = Decimal(lead[1].replace(",", "."))
    if not 0 < quantity <= 200:
        return None, None
    unit = next((value for value in others if value != quantity and quantity * value == price.value), None)
    return quantity, unit
