"""What the local chat keeps: messages about to be said, updates about to be queued, files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

Body = dict[str, Any]


@dataclass(frozen=True)
class Draft:
    """A message about to be said, in Telegram's form but without its id."""

    chat: int
    body: Body
    from_bot: bool


@dataclass(frozen=True)
class Pending:
    """An update about to be queued; `message` is the person's message whose ticks follow it."""

    queue: str
    kind: Literal["message", "callback_query"]
    body: Body
    chat: int
    expires: datetime
    message: int | None = None


@dataclass(frozen=True)
class StoredFile:
    """One kept file: ids in Telegram's sense, and its path inside the folder."""

    id: str
    unique_id: str
    path: str
    size: int
    mime: str
    kind: Literal["photo", "document"]
    name: str | None = None
    width: int | None = None
    height: int | None = None


def shown(row: Body) -> Body:
    """Return a message row as the page gets it."""
    return {
        "message": row["body"],
        "from_bot": row["from_bot"],
        "reactions": row["reactions"],
        "delivery": row["delivery"],
    }
