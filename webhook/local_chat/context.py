"""What the local chat is made of: its settings, its memory, its folder and its faults."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiohttp import web

from core.adapters.local_chat_menu import LocalChatMenu
from core.adapters.local_chat_queue import LocalChatQueue
from core.adapters.local_chat_store import LocalChatStore
from webhook.local_chat.faults import Faults
from webhook.local_chat.folder import Folder
from webhook.local_chat.signals import Signals

FASTEST_RETRY = 2.0
SLOWEST_RETRY = 60.0


def telegram_wait(attempts: int) -> float:
    """Return the seconds before the next try after `attempts` failed ones: 0, 2, 4, 8 … 60.

    Rule: tdlib/telegram-bot-api, WebhookActor on_update_error (its cap is random from 60 to 120).
    """
    return 0.0 if attempts <= 1 else float(min(FASTEST_RETRY ** min(attempts - 1, 10), SLOWEST_RETRY))


USERNAME = "snapspend_local_bot"


def random_id() -> str:
    """Return an id that cannot be guessed."""
    return secrets.token_hex(12)


@dataclass(frozen=True)
class Settings:
    """How the local chat behaves; `control` opens the loopback endpoint where tests ask for faults."""

    token: str
    folder: Path
    name: str = "SnapSpend"
    username: str = USERNAME
    control: bool = False
    retry_wait: Callable[[int], float] = telegram_wait
    delivery_timeout: float = 60.0
    callback_seconds: float = 60.0  # how long a button press can be answered
    new_id: Callable[[], str] = random_id

    @property
    def bot(self) -> dict[str, Any]:
        """Return the bot as a User."""
        return {
            "id": int(self.token.split(":")[0]),
            "is_bot": True,
            "first_name": self.name,
            "username": self.username,
        }


@dataclass
class LocalChat:
    """The parts that every request works with."""

    settings: Settings
    store: LocalChatStore
    faults: Faults = field(default_factory=Faults)
    signals: Signals = field(default_factory=Signals)

    polls: int = 0  # getUpdates calls so far; only the newest may wait

    def __post_init__(self) -> None:
        """Put the parts together that follow from the others."""
        self.queue = LocalChatQueue(self.store)
        self.menu = LocalChatMenu(self.store)
        self.folder = Folder(self.settings.folder, self.store, self.settings.new_id)

    def seconds(self) -> float:
        """Return the clock in seconds, for measuring waits."""
        return self.store.clock().timestamp()


LOCAL_CHAT = web.AppKey("local_chat", LocalChat)
