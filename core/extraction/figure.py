"""Figure: one printed number with where it stands and the words beside it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from core.extraction.words import Role


@dataclass(frozen=True)
class Figure:
    """One number as printed: its value, where it stands (row, cell, characters, pixels), its words and their role.

    `amount` says that it is written as this page writes amounts; `above` that its words stand on the row above it;
    decimals, marked and unit are those of the numeral; `line` is the reading's line.
    """

    value: Decimal
    row: int
    cell: int
    line: int
    start: int = 0
    end: int = 0
    decimals: int = -1
    marked: bool = False
    unit: str = ""
    left: float = 0.0
    right: float = 0.0
    height: float = 0.0
    amount: bool = False
    label: str = ""
    role: Role = Role.NONE
    above: bool = False
