"""The outside world on one page: what SnapSpend asks of readers, extractors, ledgers, photo stores and queues."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from core.accounts import Account, Chat, Session, TelegramUser
from core.hints import Hints as Hints
from core.receipt import DoubtKind, Line, Reading, Receipt
from core.signing_in import Identity


@dataclass(frozen=True)
class Page:
    """One upright page picture: 8-bit RGB rows without padding (`3 * width * height` bytes), and a PDF's own text."""

    width: int
    height: int
    rgb: bytes
    text: tuple[Line, ...] | None = None


class Reader(Protocol):
    """Turns a photo's bytes into a reading (prepare, then OCR)."""

    async def read(self, photo: bytes) -> Reading:
        """Return the text lines of every page. Raises Unusable (bad photo) or Unavailable (the reader is down)."""
        ...


class Extractor(Protocol):
    """Turns a reading into a receipt."""

    async def extract(self, reading: Reading, hints: Hints) -> Receipt:
        """Return what was printed, with evidence. Raises NotAReceipt or Unavailable."""
        ...


class Photos(Protocol):
    """Keeps pictures, out of the database."""

    async def keep(self, account: UUID, photo: bytes) -> str:
        """Store the bytes and return their key; the same bytes of the same account give the same key."""
        ...

    async def fetch(self, key: str) -> bytes:
        """Return the bytes. Raises Unavailable when they cannot be had."""
        ...

    async def address(self, key: str, seconds: int = 60, name: str = "photo") -> str | None:
        """Return where anybody can save it under a name for so many seconds, or None. Raises Unavailable."""
        ...

    async def remove(self, keys: Sequence[str]) -> None:
        """Remove photos for good; what is not there is no error. Raises Unavailable when some are still there."""
        ...

    async def remove_all(self, account: UUID) -> None:
        """Remove every photo that was kept for an account. Raises Unavailable when some are still there."""
        ...


class State(StrEnum):
    """Where a filed receipt stands; one is set aside while other receipts of the same album's photos count."""

    WAITING = "waiting"
    READ = "read"
    UNUSABLE = "unusable"
    DELETED = "deleted"
    SET_ASIDE = "set aside"


@dataclass(frozen=True)
class Filed:
    """A receipt as the ledger keeps it: with its picture, the day it was sent, and the doubts the person settled.

    `receipt` is None while it waits and when the photo was unusable; `problem` is the sentence told then.
    `paid_on` is the day that the person says a bill was paid. `as_read` is the receipt as it was first extracted: the
    ledger writes it by itself, and tells it only of a receipt that is found by its id.
    `album` is the source of the album that its photo came in; `joins` are the receipts of single photos that it
    joins, in their order (empty for one photo). `version` counts how often it was saved, as far as the ledger told it.
    """

    id: UUID
    account: UUID
    state: State
    photo: str
    sent_on: date
    receipt: Receipt | None = None
    settled: tuple[DoubtKind, ...] = ()
    problem: str | None = None
    source: str = ""
    album: str | None = None
    joins: tuple[UUID, ...] = ()
    paid_on: date | None = None
    as_read: Receipt | None = field(default=None, compare=False)
    version: int | None = field(default=None, compare=False)

    @property
    def is_part(self) -> bool:
        """Return whether it is one photo of an album, which may be a part of a longer receipt."""
        return self.album is not None and not self.joins

    @property
    def counted_on(self) -> date:
        """Return the calendar day it counts on: the printed date, or the day it was sent when none was printed."""
        return (self.receipt.bought_on if self.receipt else None) or self.sent_on


@dataclass(frozen=True)
class Sum:
    """What was spent in a period on one category at one merchant in one currency (None: not printed)."""

    currency: str | None
    category: str
    merchant: str | None
    receipts: int
    total: Decimal


@dataclass(frozen=True)
class DaySum:
    """What was spent on one day in one currency."""

    day: date
    currency: str | None
    total: Decimal


class Intake(Protocol):
    """Where receipts begin."""

    async def open(self, account: UUID, photo: str, source: str, sent_on: date) -> UUID:
        """Open a waiting receipt and enqueue its reading at once; a known `source` gives the same receipt."""
        ...


class Ledger(Protocol):
    """An account's receipts: what was bought, and the picture it was read from."""

    async def find(self, account: UUID, receipt: UUID) -> Filed | None:
        """Return one receipt of the account, deleted ones too, or None."""
        ...

    async def newest(self, account: UUID, limit: int, offset: int) -> tuple[list[Filed], int]:
        """Return read receipts, latest `counted_on` first, and how many there are in all."""
        ...

    async def waiting(self, account: UUID) -> int:
        """Return how many photos of the account are still to be read."""
        ...

    async def alike(self, filed: Filed) -> list[Filed]:
        """Return the account's other read receipts with the same photo, or the same total, currency and day."""
        ...

    async def due(self, account: UUID, until: date, limit: int) -> list[Filed]:
        """Return read receipts that are not paid and due at the latest on `until`, overdue ones too, soonest first."""
        ...

    def every(self, account: UUID, states: Sequence[State] = (State.READ,)) -> AsyncIterator[Filed]:
        """Yield all receipts in these states, first opened first, each once, holding few of them at a time."""
        ...

    async def save(self, filed: Filed, reading: Reading | None) -> None:
        """Write one receipt, and a reading. Raises ChangedMeanwhile when it was saved since it was found."""
        ...

    async def reading(self, account: UUID, receipt: UUID) -> Reading | None:
        """Return the reading that a receipt was extracted from, or None."""
        ...


class Figures(Protocol):
    """Sums over an account's read receipts that have a total."""

    async def sums(self, account: UUID, since: date, until: date) -> list[Sum]:
        """Return sums by currency, category and merchant; `since` and `until` both count."""
        ...

    async def by_day(self, account: UUID, since: date, until: date) -> list[DaySum]:
        """Return sums by day and currency; `since` and `until` both count."""
        ...

    async def totals(self, account: UUID, since: date, until: date) -> dict[str | None, Decimal]:
        """Return the sum in each currency; `since` and `until` both count."""
        ...


class Aside(Protocol):
    """Receipts that do not count: photos that wait or could not be used, and what was deleted."""

    async def aside(self, account: UUID, states: Sequence[State], limit: int, offset: int) -> tuple[list[Filed], int]:
        """Return an account's receipts in these states, latest sent first, and how many there are in all."""
        ...


class Accounts(Protocol):
    """Whose ledger a person's receipts go to, and what an account chose for itself."""

    async def known(self, telegram_id: int) -> Account | None:
        """Return the account linked to a Telegram user, or None."""
        ...

    async def of(self, person: TelegramUser) -> Account:
        """Return the account linked to a Telegram user; the first call opens a guest account."""
        ...

    async def enter(self, identity: Identity, language: str = "en") -> Account:
        """Return the account of somebody who signed in; the first time opens it."""
        ...

    async def find(self, account: UUID) -> Account | None:
        """Return an account by its id, or None."""
        ...

    async def change(self, account: Account) -> None:
        """Write what an account chose for itself: language, home currency, time zone, unused and own categories."""
        ...

    async def chats(self, account: UUID) -> list[Chat]:
        """Return the Telegram users who are linked to an account, first linked first."""
        ...


class Sessions(Protocol):
    """Browsers that are signed in. A token is known to its browser alone; here only its hash is kept."""

    async def open(self, account: UUID, device: str, way: str) -> str:
        """Sign a browser in and return its token."""
        ...

    async def find(self, token: str) -> tuple[Session, Account] | None:
        """Return whose session it is, and note that it was seen; None once it was closed or is too old."""
        ...

    async def of(self, account: UUID) -> list[Session]:
        """Return the account's sessions that are open, last seen first."""
        ...

    async def close(self, account: UUID, session: UUID) -> bool:
        """Sign a browser of the account out; False when it is not its own or signed out already."""
        ...

    async def close_all(self, account: UUID, but: UUID | None = None) -> int:
        """Sign all browsers of the account out, maybe but one, and count them."""
        ...


class Throttle(Protocol):
    """Counts how often something was tried, by whom and at what, over all processes."""

    async def allow(self, key: str, most: int, minutes: int) -> bool:
        """Note one more try and tell whether it is within `most` in so many minutes. Only the key's hash is kept."""
        ...


class Removal(Protocol):
    """Takes an account out for good, in steps that may each run again. Every method raises Unavailable."""

    async def begin(self, account: UUID, tell: tuple[int, int] | None = None) -> bool:
        """Close the account at once and enqueue its removal; False when there is none.

        With `tell`, a chat and a message in it, that message becomes the word that the account is gone, when it is.

        Its sessions and links end, so that its Telegram users begin anew with their next message.
        """
        ...

    async def resume(self) -> int:
        """Enqueue again what was begun long ago and has not come to its end, and count it."""
        ...

    async def is_closed(self, account: UUID) -> bool:
        """Tell whether the account was closed, or is gone."""
        ...

    async def photo_folders(self, account: UUID) -> list[UUID]:
        """Return for which accounts its photos were kept: itself, and guest accounts that it took over."""
        ...

    async def remove(self, account: UUID) -> None:
        """Remove every row of a closed account, and the jobs that are about it."""
        ...
