"""What a button stands for: written into its callback data (at most 64 bytes), read back however forged."""

from __future__ import annotations

import re
from dataclasses import dataclass
from uuid import UUID

from core.albums import Choice
from core.periods import Period, numbered_period

FARTHEST_PAGE = 9999


@dataclass(frozen=True)
class Sample:
    """Send the sample receipt."""

    def data(self) -> str:
        """Return the callback data."""
        return "sample"


@dataclass(frozen=True)
class ListPage:
    """Show a page of the list, counted from 0."""

    page: int

    def data(self) -> str:
        """Return the callback data."""
        return f"list:{self.page}"


@dataclass(frozen=True)
class OnReceipt:
    """Do `verb` with a receipt: card, photo, where, delete, restore, other; `page` is the list page behind it."""

    verb: str
    receipt: UUID
    page: int | None = None

    def data(self) -> str:
        """Return the callback data."""
        return f"{self.verb}:{self.receipt.hex}:{_written_page(self.page)}"


@dataclass(frozen=True)
class Settle:
    """Answer the doubt at an index with its choice at an index, or None for "it is right".

    `mark` is the doubt's fingerprint: a button of an older answer must not settle another doubt.
    """

    receipt: UUID
    doubt: int
    choice: int | None
    mark: str
    page: int | None = None

    def data(self) -> str:
        """Return the callback data."""
        choice = "-" if self.choice is None else self.choice
        return f"settle:{self.receipt.hex}:{self.doubt}:{choice}:{self.mark}:{_written_page(self.page)}"


@dataclass(frozen=True)
class OnAlbum:
    """Let the album that a receipt's photo came in be one receipt, or a receipt a photo."""

    choice: Choice
    receipt: UUID

    def data(self) -> str:
        """Return the callback data."""
        return f"{self.choice}:{self.receipt.hex}"


@dataclass(frozen=True)
class Summarise:
    """Show the summary of a period."""

    period: Period

    def data(self) -> str:
        """Return the callback data."""
        return f"summary:{self.period.key}"


Press = Sample | ListPage | OnReceipt | Settle | OnAlbum | Summarise

_RECEIPT = re.compile(r"(card|photo|where|delete|restore|other):([0-9a-f]{32}):([0-9]{1,4}|-)")
_SETTLE = re.compile(r"settle:([0-9a-f]{32}):([0-9]{1,2}):([0-9]{1,2}|-):([0-9a-f]{8}):([0-9]{1,4}|-)")


def read_press(data: str | None) -> Press | None:
    """Return what callback data stands for, or None for anything that no button of ours carries."""
    if data == "sample":
        return Sample()
    if found := re.fullmatch(r"list:([0-9]{1,4})", data or ""):
        return ListPage(int(found[1]))
    if found := _RECEIPT.fullmatch(data or ""):
        return OnReceipt(found[1], UUID(hex=found[2]), _read_number(found[3]))
    if found := re.fullmatch(r"(one|separate):([0-9a-f]{32})", data or ""):
        return OnAlbum(Choice(found[1]), UUID(hex=found[2]))
    if found := _SETTLE.fullmatch(data or ""):
        receipt, doubt, choice, mark, page = found.groups()
        return Settle(UUID(hex=receipt), int(doubt), _read_number(choice), mark, _read_number(page))
    return _read_summary(data or "")


def _read_summary(data: str) -> Summarise | None:
    found = re.fullmatch(r"summary:([0-9]{4}(?:-[0-9]{2}|-W[0-9]{2})?)", data)
    period = numbered_period(found[1]) if found else None
    return Summarise(period) if period else None


def _read_number(text: str) -> int | None:
    return None if text == "-" else int(text)


def _written_page(page: int | None) -> str:
    return "-" if page is None else str(min(page, FARTHEST_PAGE))
