"""Account, the one whose ledger it is; the Telegram users linked to it, and the sessions opened on its pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from core.receipt import Category


class Role(StrEnum):
    """What an account may do: an admin also sees how the whole service is doing, never others' receipts."""

    USER = "user"
    ADMIN = "admin"


@dataclass(frozen=True)
class Account:
    """Whose ledger it is; `home_currency` (ISO 4217) and `time_zone` (IANA) are None until known.

    `email` is None for a guest: somebody who sends receipts in a chat and never signed up. `unused` are the names
    of the categories that the account does not want to be offered, `own` those that it added.
    """

    id: UUID
    language: str = "en"
    home_currency: str | None = None
    time_zone: str | None = None
    email: str | None = None
    role: Role = Role.USER
    blocked: bool = False
    unused: tuple[str, ...] = ()
    own: tuple[str, ...] = ()

    @property
    def is_guest(self) -> bool:
        """Tell whether nobody signed up for it yet."""
        return self.email is None

    @property
    def offered(self) -> list[str]:
        """Return the categories that it is offered: all but those that it does not use, and its own."""
        return [*(one.value for one in Category if one.value not in self.unused), *self.own]

    @property
    def is_admin(self) -> bool:
        """Tell whether it sees how the whole service is doing."""
        return self.role is Role.ADMIN


@dataclass(frozen=True)
class TelegramUser:
    """A person as Telegram names them: the id that is stable, and what they call themselves and speak."""

    id: int
    name: str
    language: str = "en"


@dataclass(frozen=True)
class Chat:
    """A Telegram user who is linked to an account, as its page shows them."""

    telegram_id: int
    name: str
    linked_at: datetime


@dataclass(frozen=True)
class Session:
    """A browser that is signed in; `way` is "password", "chat" or "mini app", `device` what it calls itself."""

    id: UUID
    account: UUID
    device: str
    way: str
    opened_at: datetime
    seen_at: datetime
