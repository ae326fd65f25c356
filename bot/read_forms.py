"""The forms in which `snapspend read` prints receipts: in full, as a table, as JSON lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from bot import read_output
from bot.output import complain, say
from bot.read_table import Table, width_of_output
from core.receipt import Reading, Receipt


class Form(Protocol):
    """How receipts are printed."""

    def begin(self) -> None:
        """Print what comes before all of them."""
        ...

    def read(self, file: str, receipt: Receipt, reading: Reading) -> None:
        """Print what was found."""
        ...

    def failed(self, file: str, reason: str) -> None:
        """Tell why a file could not be read."""
        ...

    def end(self, failed: int) -> None:
        """Print what comes after all of them; `failed` could not be read."""
        ...


class InFull:
    """Each receipt as people read it; failures on standard error."""

    def begin(self) -> None:
        """Print nothing."""

    def read(self, file: str, receipt: Receipt, reading: Reading) -> None:
        """Print the receipt and an empty line."""
        say(read_output.as_text(file, receipt) + "\n")

    def failed(self, file: str, reason: str) -> None:
        """Tell it."""
        complain(read_output.printable(f"{file}: {reason}"))

    def end(self, failed: int) -> None:
        """Print nothing more."""


class AsJson:
    """One JSON object a line, failures among them: programs see them where they look for the answer."""

    def begin(self) -> None:
        """Print nothing."""

    def read(self, file: str, receipt: Receipt, reading: Reading) -> None:
        """Print the object."""
        say(read_output.as_json(file, receipt, reading))

    def failed(self, file: str, reason: str) -> None:
        """Print the object."""
        say(read_output.as_json_error(file, reason))

    def end(self, failed: int) -> None:
        """Print nothing more."""


class AsTable(InFull):
    """One row a receipt; failures on standard error."""

    def __init__(self, files: Sequence[str]) -> None:
        """Measure the columns by the files' names."""
        self._table = Table.of(files, width_of_output())

    def begin(self) -> None:
        """Print the head."""
        say(self._table.head())

    def read(self, file: str, receipt: Receipt, reading: Reading) -> None:
        """Print the row."""
        say(self._table.row(file, receipt))

    def end(self, failed: int) -> None:
        """Print how many were read."""
        say(self._table.foot(failed))
