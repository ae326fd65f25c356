"""Signing up and in by e-mail and password: the port to whoever keeps the passwords, and what can go wrong."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from core.errors import NotAllowed, Unusable

SHORTEST_PASSWORD = 8
LONGEST_PASSWORD = 72
"""In bytes of UTF-8: what bcrypt takes, which Supabase uses."""
LONGEST_ADDRESS = 254
UNTYPABLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
PART = r"[^\s\x00-\x1f\x7f\ud800-\udfff@<>\"'(),:;\\\[\]]"
ADDRESS = re.compile(rf"{PART}{{1,64}}@{PART}{{1,190}}\.{PART}{{2,63}}")


class WrongCredentials(NotAllowed):
    """This e-mail address and password do not belong together."""


class NotConfirmed(NotAllowed):
    """Please confirm your e-mail address first: type the code from our e-mail, or open its link."""


class WrongCode(NotAllowed):
    """This code is wrong or too old. Please ask for a new one."""


class TooOften(NotAllowed):
    """That was too often. Please wait {minutes} minutes and try again."""


class Shut(NotAllowed):
    """Signing up is not open here. Ask whoever runs this bot to let you in."""


class ShutOut(NotAllowed):
    """This account is locked. Ask whoever runs this bot."""


class NoAddress(Unusable):
    """This is not an e-mail address. Please check it."""


class WeakPassword(Unusable):
    """Please take another password: {reason}."""


@dataclass(frozen=True)
class Identity:
    """Who signed in: the id becomes the account's, the address is confirmed and written small."""

    id: UUID
    email: str


class AuthGateway(Protocol):
    """Whoever keeps addresses and passwords. Every method raises Unavailable when they do not answer.

    Nothing here tells whether an address is known: not by its answer, nor by the time that takes.
    """

    confirms: bool
    """Whether a new address is confirmed by a code that is mailed before its owner can sign in."""

    async def register(self, email: str, password: str) -> None:
        """Make an identity, or do nothing where the address is known.

        Raises NoAddress, WeakPassword, TooOften or Shut.
        """
        ...

    async def confirm(self, email: str, code: str) -> Identity:
        """Confirm a new address by the mailed code. Raises WrongCode or TooOften."""
        ...

    async def mail_again(self, email: str) -> None:
        """Mail the code for a new address again. Raises TooOften."""
        ...

    async def sign_in(self, email: str, password: str) -> Identity:
        """Return who this is. Raises WrongCredentials, NotConfirmed (only with the right password) or TooOften."""
        ...

    async def forget(self, email: str) -> None:
        """Mail a code by which a new password can be set. Raises TooOften."""
        ...

    async def reset(self, email: str, code: str, password: str) -> Identity:
        """Set a new password by the mailed code. Raises WrongCode, WeakPassword or TooOften."""
        ...

    async def remove(self, identity: UUID) -> None:
        """Forget an identity; one that is not there is no error."""
        ...


def checked_address(given: str) -> str:
    """Return an e-mail address without spaces around it and written small. Raises NoAddress."""
    address = given.strip().lower()
    if len(address) > LONGEST_ADDRESS or not ADDRESS.fullmatch(address) or "=?" in address:
        raise NoAddress  # "=?utf-8?q?…?=" is another address to a mail server than to us (RFC 2047)
    return address


def check_password(password: str) -> None:
    """Raise WeakPassword when nobody may have this password: the same rule whoever keeps it."""
    if len(password) < SHORTEST_PASSWORD:
        raise WeakPassword(reason=f"it needs at least {SHORTEST_PASSWORD} characters")
    if len(password.encode("utf-8", "surrogatepass")) > LONGEST_PASSWORD:
        raise WeakPassword(reason=f"it may have at most {LONGEST_PASSWORD} letters (fewer with accents)")
    if UNTYPABLE.search(password):
        raise WeakPassword(reason="it has signs in it that nobody can type")
    if len(set(password)) == 1:
        raise WeakPassword(reason="it must be more than one character repeated")
