"""What an admin sees of the people and of how the service does: figures, never what is on somebody's receipt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from core.accounts import Role
from core.cloud_use import CloudUse
from core.errors import NotAllowed


class LastAdmin(NotAllowed):
    """This is the only admin. Make somebody else one first."""


class NamedAdmin(NotAllowed):
    """This admin is named in the settings (ADMIN_EMAILS, ADMIN_TELEGRAM_IDS) and stays one until taken out there."""


class AdminBlocked(NotAllowed):
    """An admin cannot be blocked. Take the role away first."""


class OwnAccount(NotAllowed):
    """You cannot do that to your own account. Another admin can."""


class NoSuchPerson(NotAllowed):
    """There is no such account any more."""


class NothingToTry(NotAllowed):
    """There is nothing to try again: it was read meanwhile, is being read, or is gone."""


@dataclass(frozen=True)
class Person:
    """An account as admins see it: `email` is None for a guest, `names` are what its Telegram users call themselves.

    `receipts` are read, `waiting` still to be read, `failed` could not be read, `today` are the photos sent within
    24 hours; `last_at` is when the newest came.
    """

    account: UUID
    email: str | None
    names: tuple[str, ...]
    role: Role
    blocked: bool
    opened_at: datetime
    receipts: int
    waiting: int
    failed: int
    today: int
    last_at: datetime | None

    @property
    def is_admin(self) -> bool:
        """Tell whether it is an admin's."""
        return self.role is Role.ADMIN

    @property
    def called(self) -> str:
        """Return what to call it: the address, else the names, else the account's first letters."""
        return self.email or ", ".join(self.names) or self.account.hex[:8]


@dataclass(frozen=True)
class Failure:
    """A receipt that could not be read: whose, since when, and the sentence that its sender was told.

    With `job`, a job that ended without success; its receipt and account are None when it is about none.
    """

    at: datetime
    reason: str
    receipt: UUID | None = None
    account: UUID | None = None
    job: int | None = None


@dataclass(frozen=True)
class Queue:
    """How many jobs of a queue wait, and for how many seconds the oldest of them has."""

    name: str
    jobs: int
    oldest_seconds: float


@dataclass(frozen=True)
class Overview:
    """The whole service in figures; `today` are the photos of 24 hours, of which an account may send `photos_a_day`."""

    accounts: int
    guests: int
    blocked: int
    receipts: int
    waiting: int
    failed: int
    today: int
    photos_a_day: int
    failed_jobs: int
    requests: int
    queues: tuple[Queue, ...]


class People(Protocol):
    """What admins see and do. Who asks is an admin: that is for the caller to see to. All raise Unavailable."""

    async def people(self, search: str = "", limit: int = 10, offset: int = 0) -> list[Person]:
        """Return accounts, newest first, whose address or name contains `search` (all when it is empty)."""
        ...

    async def person(self, account: UUID) -> Person | None:
        """Return one account, or None."""
        ...

    async def overview(self) -> Overview:
        """Return the whole service in figures."""
        ...

    async def read_by_day(self, since: date) -> dict[date, int]:
        """Return how many receipts were read on each day (UTC) from `since` on; days without any are not there."""
        ...

    async def cloud_use(self, since: datetime) -> list[CloudUse]:
        """Return what all accounts asked of the services in the cloud since then, a service and model each."""
        ...

    async def failures(self, limit: int = 10, offset: int = 0) -> list[Failure]:
        """Return jobs that failed, then receipts that could not be read, each newest first, as one list."""
        ...

    async def try_again(self, receipt: UUID) -> None:
        """Let a receipt that could not be read wait for another reading; its chat is told.

        Raises NothingToTry, also while it is being read, and when its account is being removed.
        """
        ...

    async def block(self, account: UUID) -> None:
        """Shut an account out and sign it out everywhere. Raises AdminBlocked or NoSuchPerson."""
        ...

    async def unblock(self, account: UUID) -> None:
        """Let an account in again. Raises NoSuchPerson."""
        ...

    async def promote(self, account: UUID) -> None:
        """Make an account an admin's. Raises NoSuchPerson."""
        ...

    async def demote(self, account: UUID) -> None:
        """Take the role of admin away. Raises LastAdmin, NamedAdmin or NoSuchPerson."""
        ...


ACTS = ("block", "unblock", "promote", "demote")


async def do_to_person(people: People, act: str, account: UUID, admin: UUID) -> None:
    """Do one of ACTS to an account in the name of an admin. Raises OwnAccount, and what the act itself raises."""
    if account == admin:
        raise OwnAccount
    acts = {"block": people.block, "unblock": people.unblock, "promote": people.promote, "demote": people.demote}
    await acts[act](account)


@dataclass(frozen=True)
class Request:
    """Somebody who asks to come in; `approved` is None until an admin decided."""

    telegram_id: int
    name: str
    language: str
    asked_at: datetime
    approved: bool | None = None


class Requests(Protocol):
    """Who asks to come in where only an admin lets people in. Every method raises Unavailable."""

    async def ask(self, telegram_id: int, name: str, language: str) -> Request | None:
        """Note that somebody asks, and let the admins be asked; who asked before gets what stands, else None."""
        ...

    async def find(self, telegram_id: int) -> Request | None:
        """Return somebody's request, or None."""
        ...

    async def open(self, limit: int = 10) -> list[Request]:
        """Return the requests that no admin decided yet, oldest first."""
        ...

    async def decide(self, telegram_id: int, approved: bool) -> Request | None:
        """Let somebody in or not, once, and let them be told; None when it was decided before, or nobody asked."""
        ...

    async def admins(self) -> list[int]:
        """Return the Telegram ids of those who decide."""
        ...
