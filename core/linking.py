"""How a chat and an account find each other: secrets that are made once, used once, and live ten minutes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol
from uuid import UUID

from core.accounts import Account, TelegramUser
from core.errors import NotAllowed

LIFETIME = timedelta(minutes=10)
CODE_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""No letter or digit that is mistaken for another."""
CODE_LENGTH = 8
TOKEN_BYTES = 16
TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")
"""So many bytes written as text: whatever looks otherwise was typed."""


class SpentLink(NotAllowed):
    """This link or code was used already, or is older than 10 minutes. Send /link to the bot for a new one."""


class OthersLink(NotAllowed):
    """This link was made for another Telegram user. Make one of your own on the page "Account"."""


@dataclass(frozen=True)
class Invitation:
    """What `/link` answers with: a token for the button's address, and a code to type instead; either is used once."""

    token: str
    code: str


class Links(Protocol):
    """Ties between Telegram users and accounts. Secrets are kept as hashes alone. Every method raises Unavailable."""

    async def invite(self, person: TelegramUser) -> Invitation:
        """Make the secrets by which an account on the pages can claim this Telegram user; older ones are void."""
        ...

    async def invited(self, secret: str) -> TelegramUser:
        """Return who made this token or typed code, without using it up. Raises SpentLink."""
        ...

    async def claim(self, secret: str, account: UUID) -> TelegramUser:
        """Use up the token or code and link its person to the account, once. Raises SpentLink.

        What a guest account of theirs held moves to the account in the same transaction, and the guest account ends.
        """
        ...

    async def offer(self, account: UUID) -> str:
        """Make a token for `t.me/<bot>?start=`, by which whoever opens it can be linked to the account."""
        ...

    async def offered(self, token: str) -> Account:
        """Return the account that a start token belongs to, without using it up. Raises SpentLink."""
        ...

    async def accept(self, token: str, person: TelegramUser) -> Account:
        """Use up a start token and link the person to its account, as `claim` does. Raises SpentLink."""
        ...

    async def unlink(self, telegram_id: int) -> bool:
        """Untie a Telegram user from an account that has an address; False for a guest or somebody unknown."""
        ...

    async def sign_in_token(self, account: UUID, telegram_id: int) -> str:
        """Make a token by which a browser is signed in once."""
        ...

    async def signing_in(self, token: str) -> Account:
        """Return whom a sign-in token would sign in, without using it up. Raises SpentLink."""
        ...

    async def sign_in(self, token: str) -> Account:
        """Use up a sign-in token and return whom it signs in. Raises SpentLink."""
        ...


def typed_code(secret: str) -> str | None:
    """Return a code without what people type between its signs; None for a token, which nobody can guess."""
    return None if TOKEN.fullmatch(secret) else re.sub(r"[^A-Za-z0-9]", "", secret).upper()


def masked(address: str) -> str:
    """Return an address so that its owner knows it and nobody else learns it: `a***@example.org`."""
    name, _, domain = address.partition("@")
    return f"{name[:1]}***@{domain}"
