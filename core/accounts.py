"""Account, the one whose ledger it is, and the Telegram user who is linked to it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Account:
    """Whose ledger it is; `home_currency` (ISO 4217) and `time_zone` (IANA) are None until known."""

    id: UUID
    language: str = "en"
    home_currency: str | None = None
    time_zone: str | None = None


@dataclass(frozen=True)
class TelegramUser:
    """A person as Telegram names them: the id that is stable, and what they call themselves and speak."""

    id: int
    name: str
    language: str = "en"
