"""Tables of taxes: their bases and sums look like totals and are told apart here."""

from __future__ import annotations

import re
from dataclasses import replace

from core.extraction.figure import Figure
from core.extraction.rows import Row
from core.extraction.words import Role, families

_IN_TABLE = {Role.NONE, Role.TOTAL, Role.AMOUNT, Role.SUBTOTAL, Role.OTHER, Role.COUNT}
_TABLE_ROWS = 8
_TABLE_HEAD = re.compile(
    r"summary|analysis|summry|code|tax\s*rate|mwst|netto|base|imponible|amount|amt|bedrag|betrag", re.IGNORECASE
)
_ITEM_HEAD = re.compile(r"desc|item|qty|quantity|price|product|total", re.IGNORECASE)


def tables_apart(figures: tuple[Figure, ...], rows: tuple[Row, ...]) -> tuple[Figure, ...]:
    """Return the figures with the bases of taxes, and what stands in a table of taxes, told apart from totals."""
    with_amounts = {figure.row for figure in figures if figure.amount}
    start = min(with_amounts, default=0)
    heads = [at for at, row in enumerate(rows) if at > start and at not in with_amounts and _is_head(row.text)]
    return tuple(
        replace(figure, role=Role.BASE)
        if _is_base(figure, figures[at + 1 : at + 4])
        or (figure.role in _IN_TABLE and any(head < figure.row <= head + _TABLE_ROWS for head in heads))
        else figure
        for at, figure in enumerate(figures)
    )


def _is_head(text: str) -> bool:
    """Return whether a row heads a table of taxes: words for tax and columns, no registration number, no items."""
    if re.search(r"\d{3}", text) or _ITEM_HEAD.search(text):
        return False
    return bool(_TABLE_HEAD.search(text)) and "tax" in families(text)


def _is_base(figure: Figure, following: tuple[Figure, ...]) -> bool:
    """Return whether a tax's amount follows on the same row: then the first number is what it was reckoned from."""
    if figure.role is not Role.TAX or not figure.amount:
        return False
    return any(other.row == figure.row and other.amount and other.role is Role.TAX for other in following)
