"""What the buttons of admins stand for, written into callback data and read back; only an admin's press counts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class AdminPage:
    """Show a page (from 0) of what admins see: overview, people, failures or requests."""

    what: str
    page: int = 0

    def data(self) -> str:
        """Return the callback data."""
        return f"admin:{self.what}:{self.page}"


@dataclass(frozen=True)
class OnPerson:
    """Do `verb` with an account: person (show it), block, unblock, promote or demote."""

    verb: str
    account: UUID
    page: int = 0

    def data(self) -> str:
        """Return the callback data."""
        return f"{self.verb}:{self.account.hex}:{self.page}"


@dataclass(frozen=True)
class TryAgain:
    """Read a receipt again that could not be read."""

    receipt: UUID
    page: int = 0

    def data(self) -> str:
        """Return the callback data."""
        return f"again:{self.receipt.hex}:{self.page}"


@dataclass(frozen=True)
class Decide:
    """Let somebody in who asked to, or not."""

    telegram_id: int
    approved: bool

    def data(self) -> str:
        """Return the callback data."""
        return f"request:{'yes' if self.approved else 'no'}:{self.telegram_id}"


AdminPress = AdminPage | OnPerson | TryAgain | Decide

_PAGE = re.compile(r"admin:(overview|people|failures|requests):([0-9]{1,4})")
_PERSON = re.compile(r"(person|block|unblock|promote|demote):([0-9a-f]{32}):([0-9]{1,4})")


def read_admin_press(data: str | None) -> AdminPress | None:
    """Return what callback data stands for, or None for anything that no such button carries."""
    if found := _PAGE.fullmatch(data or ""):
        return AdminPage(found[1], int(found[2]))
    if found := _PERSON.fullmatch(data or ""):
        return OnPerson(found[1], UUID(hex=found[2]), int(found[3]))
    if found := re.fullmatch(r"again:([0-9a-f]{32}):([0-9]{1,4})", data or ""):
        return TryAgain(UUID(hex=found[1]), int(found[2]))
    if found := re.fullmatch(r"request:(yes|no):([0-9]{1,18})", data or ""):
        return Decide(int(found[2]), found[1] == "yes")
    return None
