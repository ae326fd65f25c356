"""What a person writes in a chat to correct a receipt: `total 12.50`, `item 2 price 4.20`, `Summe: 12,50`."""

from __future__ import annotations

import re
from collections.abc import Mapping

from core.correction_names import ADDING, FIELDS, LINES, PARTS, REMOVING
from core.extraction.currency import find_currency
from core.extraction.plain import plain
from core.money import read_amount
from core.receipt import Line, Reading

_Pairs = list[tuple[str, str]]
_WHOLE: Mapping[str, str] = {"items": "total", "taxes": "amount"}
"""What of a line is meant where nothing else is said."""
_IS = frozenset({"is", "was", "to", "ist", "war", "est", "es", "è", "é", "adalah"})
_NOTHING = frozenset({"none", "nothing", "-", "–", "—"})
_MOST_WORDS = 3
_MARKED = re.compile(r"(?P<word>[^\d:=]{2,30}?)\s*[:=]\s*(?P<value>.+)")
_LINE = re.compile(
    r"(?P<word>[^\d]{2,20}?)\s*(?:#|no\.?\s*)?(?P<at>\d{1,3})(?:\s*[:=]\s*|\s+)(?P<rest>.+)", re.IGNORECASE
)
_GONE = re.compile(r"(?P<word>[^\d]{2,30}?)\s*#?(?P<at>\d{1,3})\.?", re.IGNORECASE)
_AMOUNT = re.compile(r"(?P<words>.*\S)\s+(?P<amount>\S*\d\S*)")
_PRICED = re.compile(r"(?P<words>.*[^\W\d_].*\S)\s+(?P<amount>[^\w\s(]?\d{1,12}[.,]\d{2,3}[€£$]?)")
_RATED = re.compile(r"(?P<rate>\d{1,3}(?:[.,]\d{1,3})?)\s?%\s+(?P<amount>\S+)")
_LONGEST = 300
_MOST_LINES = 30


def read_corrections(text: str) -> dict[str, str] | None:
    """Return the fields that a message corrects, as `core.corrections` names them, and the values; None for none.

    `Total: 12.50`, `date 2026-10-03`, `tax 3.00`, `tip none`, `item 2 4.20`, `item 2 Rye bread 4.20`, `tax 1 rate 8`,
    `add item Rye bread 4.20`, `remove item 2`; the fields' names in seven languages. Each line of the message is a
    correction of its own, and all of them must be understood.
    """
    found = dict[str, str]()
    lines = [" ".join(line[:_LONGEST].split()) for line in text.splitlines() if line.strip()]
    for at, said in enumerate(lines):
        pairs = _read(said)
        if pairs is None or at >= _MOST_LINES:
            return None
        found |= {f"{field}{at}" if field.endswith("+") and at else field: value for field, value in pairs}
    return found or None


def _read(said: str) -> _Pairs | None:
    one = _removed(said) or _added(said)
    return [one] if one else _of_line(said) or _of_receipt(said)


def _of_receipt(said: str) -> _Pairs | None:
    marked = _MARKED.fullmatch(said)
    if marked and plain(marked["word"]) in FIELDS:
        return [(FIELDS[plain(marked["word"])], _unless_nothing(marked["value"]))]
    field, value = _first(said, FIELDS) or ("", "")
    if field == "change":  # the money that is given back, or "change the total to 12.50"
        field, value = _first(value.removeprefix("the "), FIELDS) or (field, value)
    return [(field, _value(value))] if value else None


def _of_line(said: str) -> _Pairs | None:
    """Read what is said of a numbered line; `tax 2` and `tax 12.50` are no numbers of lines."""
    line = _LINE.fullmatch(said)
    lines = LINES.get(plain(line["word"])) if line else None
    if line is None or lines is None or int(line["at"]) == 0:
        return None
    place = f"{lines}.{int(line['at']) - 1}"
    named = _first(line["rest"], PARTS[lines])
    if named and named[1]:
        return [(f"{place}.{named[0]}", _value(named[1]))]
    value = _value(line["rest"])
    if named is None and not value:
        return [(f"{place}.-", "")]
    return [(f"{place}.{name}", part) for name, part in _unnamed(lines, value)]


def _unnamed(lines: str, value: str) -> _Pairs:
    """Return what is said of a line without naming a part: `4.20`, `Rye bread`, `Rye bread 4.20`, `10% 3.00`."""
    name = "description" if lines == "items" else "label"
    if _is_amount(value):
        return [(_WHOLE[lines], value)]
    if rated := _RATED.fullmatch(value) if lines == "taxes" else None:
        return [("rate", rated["rate"]), ("amount", rated["amount"])]
    priced = _PRICED.fullmatch(value)
    return [(name, priced["words"]), (_WHOLE[lines], priced["amount"])] if priced else [(name, value)]


def _is_amount(value: str) -> bool:
    """Return whether a value is nothing but an amount; a word beside it is a currency's: `RM 4.20`, not `Tea 2`."""
    word = re.sub(r"[\W\d_]", "", value)
    if read_amount(value) is None:
        return False
    return not word or find_currency(Reading(lines=(Line(text=f"{word} 1.00"),)))[0] is not None


def _added(said: str) -> tuple[str, str] | None:
    found = _first(said, dict.fromkeys(ADDING, "+"))
    lines = _first(found[1], LINES) if found else None
    if lines is None or not lines[1]:
        return None
    amount = _AMOUNT.fullmatch(lines[1].replace("|", " "))
    if amount is None and _is_amount(lines[1]):  # an item has a name, a tax need not have one
        return f"{lines[0]}.+", f"{'' if lines[0] == 'items' else 'Tax'} | {lines[1]}"
    return f"{lines[0]}.+", f"{amount['words']} | {amount['amount']}" if amount else f"{lines[1]} | "


def _removed(said: str) -> tuple[str, str] | None:
    found = _first(said, dict.fromkeys(REMOVING, "-"))
    if found and plain(found[1]) in FIELDS:
        return FIELDS[plain(found[1])], ""
    line = _GONE.fullmatch(found[1]) if found else None
    lines = LINES.get(plain(line["word"])) if line else None
    return (f"{lines}.{int(line['at']) - 1}.-", "") if line and lines and int(line["at"]) else None


def _value(value: str) -> str:
    """Return a value without a verb before it; a word or a stroke for nothing is an empty one."""
    first, _, rest = value.partition(" ")
    return _unless_nothing(rest if rest and first.casefold() in _IS else value)


def _unless_nothing(value: str) -> str:
    """Return a value as it is, as behind a colon: `Merchant: To Go Coffee`; one that says nothing is empty."""
    return "" if value.casefold() in _NOTHING else value


def _first(said: str, known: Mapping[str, str]) -> tuple[str, str] | None:
    """Return what the first words mean, the most that are known together, and what comes after them."""
    words = said.split()
    for count in range(min(_MOST_WORDS, len(words)), 0, -1):
        meant = known.get(plain(" ".join(words[:count])).rstrip(":="))
        if meant:
            return meant, " ".join(words[count:])
    return None
