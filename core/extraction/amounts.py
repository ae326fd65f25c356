"""Figures: every number on the page that could be an amount, with the words that stand beside it."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, replace
from decimal import Decimal

from core.extraction.rows import Cell, Row
from core.extraction.words import Role, families, role_of
from core.money import read_digits

_SIGNS = "$€£¥₹₩₽₺₫₱฿₦₴₪"
_CODE = rf"(?:[{_SIGNS}]|\b(?:RM|MYR|Rp\.?|IDR|USD|US\$|EUR|GBP|CHF|Fr\.?|kr\.?|SEK|NOK|DKK|Kč|zł|PLN|R\$|RWF|Frw|KSh|TZS|UGX)(?=[\s\d.]))"
_DIGIT = r"[0-9OoDlI|SB]"
_NUMBER = re.compile(
    rf"(?<![\d/:#])(?<!\d[.,:\-])(?P<mark>{_CODE}\s?)?(?P<open>\()?(?P<sign>[-−–]\s?)?(?P<mark2>{_CODE}\s?)?"
    rf"(?P<digits>\d{{1,3}}(?:[.,'’]\s?\d{{3}})+(?:[.,]\s?{_DIGIT}{{1,2}})?(?![\dA-Za-z])"
    rf"|\d{{1,3}}(?:\s\d{{3}})+[.,]\d{{2}}(?!\d)"
    rf"|\d{{1,9}}[.,]\s{{0,2}}{_DIGIT}{{2}}(?![\d])|\d{{1,5}}[.,]\d{{1,4}}(?!\d)|(?<![\w.,])[.,]\d{{2}}(?!\d)|\d{{1,15}}(?![\d]))"
    rf"(?P<after>\s?[-−–](?![\d\w])|\s?\))?\s?(?P<unit>%|°|(?:kg|g|gr|gm|lb|lbs|oz|ml|cl|l|ltr|cm|mm|m|km|kw|kwh|pcs|pc|x|@|ea)\b)?",
    re.IGNORECASE,
)
_TIME_OR_DATE = re.compile(
    r"\d{1,4}\s?[/:]\s?\d{1,2}(?:\s?[/:]\s?\d{1,4})?|\d{1,4}([-.])\d{1,2}\1\d{2,4}(?!\d)"
)
_NO_DECIMALS = re.compile(r"[¥₩₫円원]|\b(?:Rp|IDR|JPY|KRW|VND|RWF|Frw|UGX)\b", re.IGNORECASE)
_MANY = 2000


@dataclass(frozen=True)
class Figure:
    """One number as printed: its value, where it stands (row, cell, characters), its words and the role they give.

    `decimals` counts the printed decimals, `marked` says that a currency stood beside it, `unit` is what followed
    it (`%`, `kg`, `x`), `amount` whether it is written as this page writes amounts.
    """

    value: Decimal
    row: int
    cell: int
    start: int
    end: int
    line: int
    decimals: int
    marked: bool
    unit: str
    left: float
    right: float
    height: float
    amount: bool = False
    label: str = ""
    role: Role = Role.NONE
    above: bool = False


def find_figures(rows: tuple[Row, ...]) -> tuple[Figure, ...]:
    """Return the numbers of the page in order; those written as amounts here have `amount` set."""
    found: list[Figure] = []
    for at, row in enumerate(rows):
        for place, cell in enumerate(row.cells):
            found += _figures_of(cell, at, place)
        if len(found) > _MANY:
            break
    whole = _has_no_decimals(rows, found)
    found = [replace(figure, amount=_is_amount(figure, whole)) for figure in found]
    return tuple(_labelled(figure, rows, found) for figure in found)


def _figures_of(cell: Cell, row: int, place: int) -> list[Figure]:
    text = unicodedata.normalize("NFKC", cell.text)[:200]
    blocked = [match.span() for match in _TIME_OR_DATE.finditer(text)]
    step = (cell.right - cell.left) / max(len(text), 1)
    figures = []
    for match in _NUMBER.finditer(text):
        start, end = match.start("digits"), match.end("digits")
        if any(first < end and start < last for first, last in blocked):
            continue
        digits = re.sub(r"(?<=[.,])\s+", "", match["digits"]).translate(_CONFUSED)
        value = read_digits(digits)
        if value is None:
            continue
        negative = bool(
            match["sign"] or (match["after"] and (match["after"].strip() != ")" or match["open"]))
        )
        figures.append(
            Figure(
                -value if negative else value, row, place, match.start(), end, cell.line,
                max(0, -int(value.as_tuple().exponent)) if re.search(r"[.,]", digits) else -1,
                bool(match["mark"] or match["mark2"]) or text[match.end() :].lstrip()[:1] in set(_SIGNS + "円元"),
                (match["unit"] or "").lower(),
                cell.left + step * match.start(), cell.left + step * match.end("digits"), cell.height,
            )
        )  # fmt: skip
    return figures


_CONFUSED = str.maketrans("OoDlI|SB", "00011158")


def _has_no_decimals(rows: tuple[Row, ...], figures: list[Figure]) -> bool:
    """Return whether this page writes amounts without decimals, as is usual for yen, won or rupiah."""
    plain = Counter(figure.decimals for figure in figures if figure.unit != "%")
    if plain[2] > plain[0] or (plain[2] and not plain[0]):
        return False
    text = "\n".join(row.text for row in rows)
    return plain[0] > 0 or bool(_NO_DECIMALS.search(text)) or not plain[2]


def _is_amount(figure: Figure, whole: bool) -> bool:
    if figure.unit and figure.unit not in {"x", "@", "l", "g", "m"}:
        return False
    if figure.decimals == 2 or figure.marked:
        return True
    if whole:
        return figure.decimals == 0 or (figure.decimals == -1 and abs(figure.value) < 10_000_000)
    return figure.decimals == 0 and abs(figure.value) < 10_000_000


def _labelled(figure: Figure, rows: tuple[Row, ...], figures: list[Figure]) -> Figure:
    """Return the figure with its label: the words left of it on its row, or else those on the row above."""
    row = rows[figure.row]
    before = [
        other
        for other in figures
        if other.row == figure.row and (other.cell, other.end) <= (figure.cell, figure.start)
    ]
    left = _letters(
        " ".join(cell.text for cell in row.cells[: figure.cell])
        + " "
        + row.cells[figure.cell].text[: figure.start]
    )
    close = left
    if before:
        last = before[-1]
        texts = [cell.text for cell in row.cells[last.cell : figure.cell + 1]]
        if last.cell == figure.cell:
            texts = [texts[0][last.end : figure.start]]
        else:
            texts = [texts[0][last.end :], *texts[1:-1], texts[-1][: figure.start]]
        close = _letters(" ".join(texts))
    role = role_of(close)
    if role is not Role.NONE and close != left:
        return replace(figure, label=close, role=role)
    if len(re.sub(r"\W", "", left)) >= 2:
        return replace(figure, label=left, role=role_of(left))
    label = _label_above(figure, rows, figures)
    return replace(figure, label=label, role=role_of(label), above=True)


def _letters(text: str) -> str:
    return re.sub(r"[\d.,%]+(?=\s|$)|(?<!\w)[\d.,]+", " ", text).strip()


def _label_above(figure: Figure, rows: tuple[Row, ...], figures: list[Figure]) -> str:
    if figure.row == 0 or rows[figure.row - 1].page != rows[figure.row].page:
        return ""
    above = rows[figure.row - 1]
    own = rows[figure.row]
    if figure.height and abs(own.y - above.y) > 3.5 * max(figure.height, above.height):
        return ""
    over = [c for c in above.cells if c.left < figure.right and figure.left < c.right and families(c.text)]
    if over and not any(f.row == figure.row - 1 and f.cell == above.cells.index(over[0]) for f in figures):
        return over[0].text
    return "" if any(f.row == figure.row - 1 and f.amount for f in figures) else _letters(above.text)
