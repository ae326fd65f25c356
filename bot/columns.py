"""Texts from a receipt made safe to show, and columns that line up in a fixed-width block."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size

WIDTH = 30
"""Columns of a <pre> block that a phone 360 px wide shows without breaking the line."""


def clean(text: str, limit: int = 60) -> str:
    """Return printed text on one line, without control and direction signs, cut to `limit` characters."""
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def columns(rows: Sequence[tuple[str, ...]], width: int = WIDTH) -> list[str]:
    """Return the rows as lines: the first column to the left and cut to fit, the others to the right.

    A row has as many texts as the others; wide letters (Chinese, Japanese) count as the two cells they take.
    """
    right = [max(cell_len(row[place]) for row in rows) for place in range(1, len(rows[0]))] if rows else []
    left = max(6, width - sum(right) - len(right))
    return [" ".join([fitted(row[0], left), *map(_to_the_right, row[1:], right)]) for row in rows]


def _to_the_right(text: str, cells: int) -> str:
    return " " * (cells - cell_len(text)) + text


def fitted(text: str, cells: int) -> str:
    """Return the text padded, or cut with "…", to exactly that many cells."""
    if cell_len(text) <= cells:
        return set_cell_size(text, cells)
    return set_cell_size(set_cell_size(text, cells - 1).rstrip() + "…", cells)
