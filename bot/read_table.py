"""The table that `snapspend read` prints of many photos: one aligned row each, as wide as the terminal."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size

from bot.read_output import printable
from core.money import Money
from core.receipt import Receipt

_DAY, _TOTAL, _DOUBTS, _GAP = 11, 16, 6, "  "
_LEAST, _LONGEST_MERCHANT = 6, 40
_ABSENT = "not found"


@dataclass
class Table:
    """Rows under a head; `file` and `merchant` are the widths of those columns, in cells of a terminal.

    A row is written as soon as its photo is read, so the widths are settled before anything is known of the receipts.
    """

    file: int
    merchant: int = _LONGEST_MERCHANT
    receipts: int = 0
    doubted: int = 0

    @classmethod
    def of(cls, files: Sequence[str], width: int | None) -> Table:
        """Return a table for these files that fits into `width` cells; None: into any."""
        longest = max((cell_len(printable(file)) for file in files), default=0)
        if width is None:
            return cls(max(longest, len("file")))
        room = max(width - _DAY - _TOTAL - _DOUBTS - 4 * len(_GAP), 2 * _LEAST)
        file = max(min(longest, room // 2), len("file"))
        return cls(file, min(room - file, _LONGEST_MERCHANT))

    def head(self) -> str:
        """Return the names of the columns."""
        return self._line(("file", "date", "merchant", "total", "doubts"))

    def row(self, file: str, receipt: Receipt) -> str:
        """Return a receipt's row; what is in doubt has a question mark behind it."""
        self.receipts += 1
        self.doubted += bool(receipt.doubts)
        asked = {doubt.field for doubt in receipt.doubts}
        day = str(receipt.bought_on) + "?" * ("bought_on" in asked) if receipt.bought_on else _ABSENT
        merchant = (receipt.merchant or "") + "?" * ("merchant" in asked) if receipt.merchant else _ABSENT
        total = _ABSENT
        if receipt.total is not None:
            unsure = "total" in asked or ("currency" in asked and receipt.currency is not None)
            total = Money(receipt.total, receipt.currency).written("en") + "?" * unsure
        return self._line((file, day, merchant, total, str(len(receipt.doubts))))

    def foot(self, failed: int) -> str:
        """Return in one line how many were read, and what to do about doubts."""
        parts = [f"{self.receipts} read"]
        parts += [f"{self.doubted} with doubts (?): `snapspend read FILE` tells them"] if self.doubted else []
        parts += [f"{failed} could not be read"] if failed else []
        return ", ".join(parts)

    def _line(self, cells: tuple[str, str, str, str, str]) -> str:
        file, day, merchant, total, doubts = map(printable, cells)
        row = (
            _ending(file, self.file),
            day.ljust(_DAY),
            _beginning(merchant, self.merchant),
            " " * (_TOTAL - cell_len(total)) + total,
            doubts.rjust(_DOUBTS),
        )
        return _GAP.join(row)


def width_of_output() -> int | None:
    """Return how many cells a line of standard output has: the terminal's, or COLUMNS; None where nothing limits it."""
    if sys.stdout.isatty() or os.environ.get("COLUMNS", "").isdecimal():
        return shutil.get_terminal_size().columns
    return None


def _beginning(text: str, width: int) -> str:
    """Return the text in exactly so many cells, what is too long cut at its end."""
    return set_cell_size(text, width) if cell_len(text) <= width else set_cell_size(text, width - 1) + "…"


def _ending(text: str, width: int) -> str:
    """Return the text in exactly so many cells, what is too long cut at its beginning: a name differs at its end."""
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    while cell_len(text) > width - 1:
        text = text[1:]
    return set_cell_size("…" + text, width)
