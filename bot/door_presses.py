"""What the buttons of accounts stand for: link, untie, delete; written into callback data and read back."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Dismiss:
    """Leave everything as it is."""

    def data(self) -> str:
        """Return the callback data."""
        return "dismiss"


@dataclass(frozen=True)
class AcceptOffer:
    """Link this chat to the account that a start token belongs to."""

    token: str

    def data(self) -> str:
        """Return the callback data."""
        return f"accept:{self.token}"


@dataclass(frozen=True)
class Unlink:
    """Untie this chat from its account."""

    def data(self) -> str:
        """Return the callback data."""
        return "unlink"


@dataclass(frozen=True)
class DeleteMe:
    """Delete everything: asked for once (1), and once more (2)."""

    time: int

    def data(self) -> str:
        """Return the callback data."""
        return f"deleteme:{self.time}"


DoorPress = Dismiss | AcceptOffer | Unlink | DeleteMe

TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")
"""A start token, as core/adapters/postgres_links.py makes them."""


def read_door_press(data: str | None) -> DoorPress | None:
    """Return what callback data stands for, or None for anything that no such button carries."""
    verb, _, rest = (data or "").partition(":")
    if data == "dismiss":
        return Dismiss()
    if data == "unlink":
        return Unlink()
    if verb == "accept" and TOKEN.fullmatch(rest):
        return AcceptOffer(rest)
    return DeleteMe(int(rest)) if verb == "deleteme" and rest in ("1", "2") else None
