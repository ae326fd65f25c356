"""Figures: the numbers of the page with the words that stand beside them, and which of them are amounts."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from core.extraction.figure import Figure
from core.extraction.numerals import Numeral, find_numerals, is_sign
from core.extraction.rows import Cell, Row
from core.extraction.tax_tables import tables_apart
from core.extraction.tip_hints import proposals_apart
from core.extraction.words import Role, families, role_of, share_of_words

_NO_DECIMALS = re.compile(r"[¥₩₫円원đ]|\b(?:Rp|IDR|JPY|KRW|VND|RWF|Frw|UGX|HUF|Ft|CLP|FCFA|XOF|XAF)\b", re.IGNORECASE)
_SPACED = re.compile(
    r"\d\s?(?:Ft|kr|Kč|FCFA)(?![^\W\d_])|\b(?:HUF|SEK|NOK|CZK|XOF|XAF|ÁFA|AFA)\b|adósz[áa]m|összesen|végösszeg",
    re.IGNORECASE,
)
"""Pages with these write thousands with blanks, and often nothing behind them."""
_THREE = re.compile(
    r"(?<![^\W\d_])(?:KWD|K\.?D|BHD|B\.?D|OMR|R\.?O|JOD|J\.?D|TND|D\.?T|LYD|IQD)\b\.?|د\.[كبتأعل]|ر\.ع"
    r"|\b(?:Kuwait|Bahrain|Manama|Muscat|Oman|Amman|Jordan|Tunis|Tunisie)\b"
)
"""Pages with these print thousandths: `3.750` is three and three quarters."""
_PARTED = re.compile(r"(?:[^\W\d_]{1,4}\.?\s?)?([1-9]\d{0,2}(?: \d{3})+)(?:\s?[^\W\d_]{1,3}(?:\s?[^\W\d_]{1,3})?)?")
"""A cell that is nothing but `14 500`, perhaps with its currency."""
_TELLING = frozenset(Role) - {Role.NONE, Role.OTHER, Role.COUNT, Role.AMOUNT, Role.BASE, Role.CARD}
_MOSTLY = 0.6
_MANY = 2000
"""A page with more numbers than this is no receipt; the rest is passed over."""


def find_figures(rows: tuple[Row, ...]) -> tuple[Figure, ...]:
    """Return the numbers of the page in order, each with its words; those written as amounts have `amount` set."""
    found: list[tuple[int, int, Cell, Numeral]] = []
    spaced = any(_SPACED.search(row.text) for row in rows) or _parts_by_blanks(rows)
    for at, row in enumerate(rows):
        for place, cell in enumerate(row.cells):
            found += [(at, place, cell, numeral) for numeral in find_numerals(cell.text, spaced)]
        if len(found) > _MANY:
            break
    numerals = [numeral for *_, numeral in found]
    whole = _writes_whole(rows, numerals)
    three = not any(numeral.decimals == 2 for numeral in numerals) and any(_THREE.search(row.text) for row in rows)
    points = "".join({numeral.point for numeral in numerals if numeral.decimals == 0})
    point = points if three else "" if whole else _decimal_point(numerals)
    whole = whole and not three
    scaled = [(at, place, cell, _scaled(numeral, point)) for at, place, cell, numeral in found]
    figures = [
        replace(_figure(at, place, cell, numeral), amount=_is_amount(numeral, whole, three))
        for at, place, cell, numeral in scaled
    ]
    labelled = tuple(_labelled(figure, rows, figures) for figure in figures)
    return proposals_apart(tables_apart(labelled, rows), rows)


def _parts_by_blanks(rows: tuple[Row, ...]) -> bool:
    """Return whether the right-hand column has two different amounts like `14 500`, and none with decimals."""
    last = [row.cells[-1].text.strip() for row in rows if len(row.cells) > 1]
    parted = {match[1] for text in last if (match := _PARTED.fullmatch(text))}
    return len(parted) >= 2 and not any(re.search(r"\d[.,]\d\d(?!\d)", text) for text in last)


def _figure(at: int, place: int, cell: Cell, numeral: Numeral) -> Figure:
    """Return a numeral of a cell as a figure that is no amount yet; characters are taken to be equally wide."""
    step = (cell.right - cell.left) / max(len(cell.text), 1)
    return Figure(
        value=numeral.value,
        row=at,
        cell=place,
        line=cell.line,
        start=numeral.start,
        end=numeral.end,
        decimals=numeral.decimals,
        marked=numeral.marked,
        unit=numeral.unit,
        left=cell.left + step * numeral.start,
        right=cell.left + step * numeral.end,
        height=cell.height,
    )


def _writes_whole(rows: tuple[Row, ...], numerals: list[Numeral]) -> bool:
    """Return whether this page writes amounts without decimals, as is usual for yen, won or rupiah."""
    kinds = Counter(n.decimals for n in numerals if n.unit != "%")
    if kinds[0] >= 2 and all(_is_quantity(n) for n in numerals if n.decimals == 2 and n.unit != "%"):
        return True
    if kinds[2] > kinds[0] or (kinds[2] and not kinds[0]):
        return False
    if any(_NO_DECIMALS.search(row.text) for row in rows):
        return True
    return not any(_is_money(n) for n in numerals) and (kinds[0] > 0 or not kinds[2])


def _is_money(numeral: Numeral) -> bool:
    """Return whether a numeral has a currency's sign, and pennies."""
    return numeral.decimals == 2 and numeral.marked and not _is_quantity(numeral)


def _is_quantity(numeral: Numeral) -> bool:
    """Return whether `1.00` may be a count: no pennies, and not many."""
    return not numeral.marked and 0 < numeral.value <= 200 and numeral.value == numeral.value.to_integral()


def _decimal_point(numerals: list[Numeral]) -> str:
    """Return the sign before the decimals on this page, or "" when too few amounts show it."""
    points = Counter(numeral.point for numeral in numerals if numeral.decimals == 2 and numeral.unit != "%")
    grouped = Counter(numeral.point for numeral in numerals if numeral.decimals == 0)
    best = points.most_common(1)
    if best and any(_is_money(numeral) and numeral.point == best[0][0] for numeral in numerals):
        return best[0][0]
    return best[0][0] if best and best[0][1] > grouped[best[0][0]] else ""


def _scaled(numeral: Numeral, point: str) -> Numeral:
    """Return `1.250` as one and a quarter where the page's decimal sign is the point: a weight, no amount."""
    if numeral.decimals == 0 and numeral.point and numeral.point in point and 1000 <= abs(numeral.value) < 1_000_000:
        return replace(numeral, value=numeral.value / 1000, decimals=3)
    return numeral


def _is_amount(numeral: Numeral, whole: bool, three: bool) -> bool:
    if numeral.unit and numeral.unit not in {"x", "@", "l", "g", "m"}:
        return False
    if numeral.decimals == 2 or numeral.marked or (three and numeral.decimals == 3):
        return not (whole and numeral.decimals == 2 and _is_quantity(numeral))
    return abs(numeral.value) < 10_000_000 and (numeral.decimals == 0 or (whole and numeral.decimals == -1))


def _labelled(figure: Figure, rows: tuple[Row, ...], figures: list[Figure]) -> Figure:
    """Return the figure with its words and the role they give; in `Total 3 items 17.90` money is no count."""
    figure = _with_words(figure, rows, figures)
    is_money = figure.marked or (figure.decimals == 2 and figure.value != figure.value.to_integral())
    counts_money = figure.role is Role.COUNT and is_money and "total" in families(figure.label)
    return replace(figure, role=Role.TOTAL) if counts_money else figure


def _with_words(figure: Figure, rows: tuple[Row, ...], figures: list[Figure]) -> Figure:
    """Return the figure with its label: the words left of it on its row, or else those on the row above."""
    row = rows[figure.row]
    left = _words_between(row, (0, 0), figure)
    before = [f for f in figures if f.row == figure.row and (f.cell, f.end) <= (figure.cell, figure.start)]
    if before:
        close = _words_between(row, (before[-1].cell, before[-1].end), figure)
        if close != left and not is_sign(close) and role_of(close) is not Role.NONE:
            return replace(figure, label=close, role=role_of(close))
    if len(re.sub(r"\W", "", left)) >= 2:
        return replace(figure, label=left, role=role_of(left))
    after = _words_after(figure, row, figures)
    if after:
        return replace(figure, label=after, role=role_of(after))
    label = _words_above(figure, rows, figures)
    return replace(figure, label=label, role=role_of(label), above=True)


def _words_between(row: Row, start: tuple[int, int], figure: Figure) -> str:
    """Return the words of a row from a cell's character to the figure, without the numbers among them."""
    texts = [cell.text for cell in row.cells[start[0] : figure.cell + 1]]
    texts[-1] = texts[-1][: figure.start]
    texts[0] = texts[0][start[1] :]
    return _without_numbers(" ".join(texts))


def _words_after(figure: Figure, row: Row, figures: list[Figure]) -> str:
    """Return the words after an amount that has none before it, where they tell what it is (`23.00 Total`)."""
    texts = [row.cells[figure.cell].text[figure.end :], *(cell.text for cell in row.cells[figure.cell + 1 :])]
    words = _without_numbers(" ".join(texts))
    if not figure.amount or role_of(words) not in _TELLING or share_of_words(words) < _MOSTLY:
        return ""
    later = (f for f in figures if f.row == figure.row and (f.cell, f.start) > (figure.cell, figure.start))
    return "" if any(f.amount for f in later) else words


def _without_numbers(text: str) -> str:
    return re.sub(r"(?<!\w)[\d.,%]+", " ", text).strip()


def _words_above(figure: Figure, rows: tuple[Row, ...], figures: list[Figure]) -> str:
    """Return the words on the row above that belong to a bare figure: in its column, else a row without amounts."""
    above, own = rows[figure.row - 1] if figure.row else None, rows[figure.row]
    if above is None or above.page != own.page:
        return ""
    if figure.height and abs(own.y - above.y) > 3.5 * max(figure.height, above.height):
        return ""
    near = [f for f in figures if f.row == figure.row - 1]
    for place, cell in enumerate(above.cells):
        over = cell.left < figure.right and figure.left < cell.right
        if over and families(cell.text) and not any(f.cell >= place for f in near):
            return cell.text
    own_number = any(f.amount or (f.unit == "" and families(above.text)) for f in near)
    return "" if own_number else _without_numbers(above.text)
