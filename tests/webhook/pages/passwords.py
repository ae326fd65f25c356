"""A keeper of passwords with a memory, for tests of the pages: it mails codes into a dict."""

from __future__ import annotations

from uuid import UUID, uuid4

from core.signing_in import (
    Identity,
    NotConfirmed,
    WrongCode,
    WrongCredentials,
    check_password,
    checked_address,
)


class RememberedPasswords:
    """Implements the port AuthGateway in memory."""

    def __init__(self, confirms: bool = False) -> None:
        """Begin with nobody; `confirms` as the port says."""
        self.confirms = confirms
        self.identities: dict[str, Identity] = {}
        self.passwords: dict[str, str] = {}
        self.confirmed: set[str] = set()
        self.codes: dict[str, str] = {}
        self.calls: list[str] = []

    async def register(self, email: str, password: str) -> None:
        """Make an identity, or do nothing where the address is known."""
        self.calls.append("register")
        address = checked_address(email)
        check_password(password)
        if address not in self.identities:
            self.identities[address] = Identity(uuid4(), address)
            self.passwords[address] = password
            if self.confirms:
                self.codes[address] = f"{len(self.identities):06}"
            else:
                self.confirmed.add(address)

    async def confirm(self, email: str, code: str) -> Identity:
        """Confirm a new address by the mailed code."""
        self.calls.append("confirm")
        address = checked_address(email)
        if not code or self.codes.get(address) != code:
            raise WrongCode
        del self.codes[address]
        self.confirmed.add(address)
        return self.identities[address]

    async def mail_again(self, email: str) -> None:
        """Mail the code again."""
        self.calls.append("mail_again")

    async def sign_in(self, email: str, password: str) -> Identity:
        """Return who this is."""
        self.calls.append("sign_in")
        address = email.strip().lower()
        if self.passwords.get(address) != password:
            raise WrongCredentials
        if address not in self.confirmed:
            raise NotConfirmed
        return self.identities[address]

    async def forget(self, email: str) -> None:
        """Mail a code by which a new password can be set."""
        self.calls.append("forget")
        address = checked_address(email)
        if address in self.identities:
            self.codes[address] = "777777"

    async def reset(self, email: str, code: str, password: str) -> Identity:
        """Set a new password by the mailed code."""
        self.calls.append("reset")
        check_password(password)
        address = checked_address(email)
        if not code or self.codes.get(address) != code:
            raise WrongCode
        del self.codes[address]
        self.passwords[address] = password
        self.confirmed.add(address)
        return self.identities[address]

    async def remove(self, identity: UUID) -> None:
        """Forget an identity."""
        known = [address for address, entry in self.identities.items() if entry.id == identity]
        for address in known:
            del self.identities[address], self.passwords[address]
