"""Addresses and passwords kept by a Supabase project's Auth."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

from jwt import PyJWTError
from pydantic import TypeAdapter
from supabase_auth.errors import AuthError
from supabase_auth.types import AuthResponse

from core.adapters.even_pace import even_pace
from core.adapters.supabase_errors import in_our_words, is_gone, seconds_left
from core.adapters.supabase_project import SupabaseProject, answering
from core.errors import SnapSpendError, Unavailable
from core.signing_in import (
    LONGEST_PASSWORD,
    UNTYPABLE,
    Identity,
    NoAddress,
    Shut,
    WrongCode,
    WrongCredentials,
    check_password,
    checked_address,
)

SECONDS = 30.0
PACE_SECONDS = 1.0
IDENTITY = TypeAdapter(UUID)


class SupabaseAuth:
    """Implements the port AuthGateway. Everybody signs in on a client of their own, which is then thrown away."""

    confirms = True

    def __init__(
        self, project: SupabaseProject, admin_emails: frozenset[str] = frozenset(), pace: float = PACE_SECONDS
    ) -> None:
        """Take the project, the admins' addresses, and the seconds of which every telling answer takes a multiple."""
        self._project = project
        self._admin_emails = admin_emails
        self._pace = pace
        self._verifier = project.visitor()  # keeps the project's public keys; nobody signs in on it

    async def register(self, email: str, password: str) -> None:
        """Make an identity, or do nothing where the address is known. Raises NoAddress, WeakPassword, TooOften, Shut.

        A project that mails no codes lets anybody have any address: then nobody can register an admin's.
        """
        address = checked_address(email)
        check_password(password)
        async with even_pace(self._pace), _asking(NoAddress, known_is_fine=True):
            answer = await self._project.visitor().sign_up({"email": address, "password": password})
            if answer.session and answer.user and address in self._admin_emails:
                await self._project.owner().admin.delete_user(answer.user.id)
                raise Shut("the project does not confirm addresses")

    async def confirm(self, email: str, code: str) -> Identity:
        """Confirm a new address by the mailed code. Raises WrongCode or TooOften."""
        address, digits = _typed(email, code)
        async with even_pace(self._pace, failures_only=True), _asking(WrongCode):
            answer = await self._project.visitor().verify_otp({"email": address, "token": digits, "type": "signup"})
            return await self._identity(answer, address)

    async def mail_again(self, email: str) -> None:
        """Mail the code for a new address again. Raises TooOften."""
        async with even_pace(self._pace), _asking(known_is_fine=True):
            if address := _address(email):
                await self._project.visitor().resend({"type": "signup", "email": address})

    async def sign_in(self, email: str, password: str) -> Identity:
        """Return who this is. Raises WrongCredentials, NotConfirmed (only with the right password) or TooOften."""
        address = _address(email)
        async with even_pace(self._pace, failures_only=True), _asking(WrongCredentials):
            if not address or not 0 < len(password) <= LONGEST_PASSWORD or UNTYPABLE.search(password):
                raise WrongCredentials  # nobody can have it, and not all of these can be sent
            answer = await self._project.visitor().sign_in_with_password({"email": address, "password": password})
            return await self._identity(answer, address)

    async def forget(self, email: str) -> None:
        """Mail a code by which a new password can be set. Raises TooOften."""
        async with even_pace(self._pace), _asking(known_is_fine=True):
            if address := _address(email):
                await self._project.visitor().reset_password_for_email(address)

    async def reset(self, email: str, code: str, password: str) -> Identity:
        """Set a new password by the mailed code. Raises WrongCode, WeakPassword or TooOften.

        The code is spent before Supabase looks at the password, so one that it finds weak needs another code.
        """
        check_password(password)
        address, digits = _typed(email, code)
        client = self._project.visitor()
        async with even_pace(self._pace, failures_only=True), _asking(WrongCode):
            answer = await client.verify_otp({"email": address, "token": digits, "type": "recovery"})
            identity = await self._identity(answer, address)
            try:
                await client.update_user({"password": password})
            except AuthError as error:
                if error.code != "same_password":  # it has the wanted password already
                    raise
            return identity

    async def remove(self, identity: UUID) -> None:
        """Forget an identity; one that is not there is no error."""
        async with _asking():
            try:
                await self._project.owner().admin.delete_user(str(identity))
            except AuthError as error:
                if not is_gone(error):
                    raise

    async def _identity(self, answer: AuthResponse, address: str) -> Identity:
        """Return whose session was answered, once its token proves it. Raises Unavailable; the tokens end here."""
        if answer.session is None or answer.user is None:
            raise Unavailable("auth: no session")
        found = await self._verifier.get_claims(answer.session.access_token)
        claims = dict(found["claims"]) if found else {}
        audience = claims.get("aud")
        if claims.get("iss") not in {self._project.url, f"{self._project.url}/auth/v1"}:
            raise Unavailable("auth: a token of another issuer; SUPABASE_URL must be the project's own address")
        if "authenticated" not in (audience if isinstance(audience, list) else [audience]):
            raise Unavailable("auth: a token for another audience")
        if claims.get("sub") != answer.user.id or (answer.user.email or "").lower() != address:
            raise Unavailable("auth: somebody else's token")
        return Identity(IDENTITY.validate_python(answer.user.id), address)


@asynccontextmanager
async def _asking(invalid: type[SnapSpendError] = Unavailable, known_is_fine: bool = False) -> AsyncIterator[None]:
    """Turn what Supabase answers into our errors; `invalid` as in `in_our_words`.

    With `known_is_fine` nothing is said where the answer would tell that an address is known.
    """
    async with answering("auth", SECONDS):
        try:
            yield
        except AuthError as error:
            is_telling = error.code in {"user_already_exists", "email_exists"} or seconds_left(error) is not None
            if not (known_is_fine and is_telling):
                raise in_our_words(error, invalid) from error
        except PyJWTError as error:
            raise Unavailable(f"auth: {type(error).__name__}") from error


def _typed(email: str, code: str) -> tuple[str, str]:
    """Return an address and a code as Supabase takes them. Raises WrongCode without asking it."""
    address, digits = _address(email), re.sub(r"[\s-]", "", code)
    if not address or not re.fullmatch(r"[0-9]{6,10}", digits):
        raise WrongCode
    return address, digits


def _address(given: str) -> str:
    """Return an address as it is kept; one that cannot be an address is nobody's."""
    try:
        return checked_address(given)
    except NoAddress:
        return ""
