"""What a chat handler is given: the account, the parts it works with, and ways to answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from telegram import InlineKeyboardMarkup
from telegram.ext import CallbackContext, ExtBot

from core.accounts import Account
from core.bookkeeper import Bookkeeper
from core.ports import Accounts, Figures, Ledger, Photos


@dataclass(frozen=True)
class Parts:
    """What handlers work with; made once by the worker."""

    accounts: Accounts
    ledger: Ledger
    figures: Figures
    photos: Photos
    bookkeeper: Bookkeeper


class ChatContext(CallbackContext[ExtBot[None], dict[Any, Any], dict[Any, Any], dict[Any, Any]]):
    """PTB's context with SnapSpend's parts; every answer goes through `say`, `show` or `change`."""

    parts: Parts
    account: Account
    today: date

    async def say(self, text: str, keyboard: InlineKeyboardMarkup | None = None) -> None:
        """Send one HTML message to the update's chat, at most once even when the update is answered again."""
        raise NotImplementedError

    async def show(self, picture: bytes, caption: str, keyboard: InlineKeyboardMarkup | None = None) -> None:
        """Send one picture with an HTML caption, at most once."""
        raise NotImplementedError

    async def change(self, text: str, keyboard: InlineKeyboardMarkup | None = None) -> None:
        """Edit the message whose button was pressed; an identical edit is no error."""
        raise NotImplementedError

    async def toast(self, text: str = "") -> None:
        """Answer the button press with a short note (at most 200 characters) or none."""
        raise NotImplementedError

    async def receive(self, file_id: str, caption: str | None) -> None:
        """Download and keep the file, open its receipt, say "Reading…" and enqueue the reading, once.

        Raises Unusable (too large for Telegram) or Unavailable.
        """
        raise NotImplementedError

    async def receive_sample(self) -> None:
        """Send the drawn sample receipt down the same road, as if the person had sent it."""
        raise NotImplementedError

    async def hand_over(self, file: bytes, name: str, caption: str) -> None:
        """Send one file as a document (a PDF, or a picture that Telegram would not show), at most once."""
        raise NotImplementedError
