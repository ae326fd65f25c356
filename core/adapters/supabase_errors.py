"""What Supabase's Auth answers, in SnapSpend's words.

The codes are those of https://supabase.com/docs/guides/auth/debugging/error-codes; they are matched as strings, since
the server knows more of them than the client.
"""

from __future__ import annotations

import math
import re

from supabase_auth.errors import AuthApiError, AuthError, AuthWeakPasswordError

from core.errors import SnapSpendError, Unavailable
from core.signing_in import (
    NotConfirmed,
    Shut,
    ShutOut,
    TooOften,
    WeakPassword,
    WrongCode,
    WrongCredentials,
)

ANSWERS: dict[str, type[SnapSpendError]] = {
    "invalid_credentials": WrongCredentials,
    "email_not_confirmed": NotConfirmed,
    "user_banned": ShutOut,
    "otp_expired": WrongCode,
    "signup_disabled": Shut,
    "email_provider_disabled": Shut,
    "provider_disabled": Shut,
    "otp_disabled": Shut,
    "anonymous_provider_disabled": Shut,
    # The built-in mail server writes to the project's own team alone.
    "email_address_not_authorized": Shut,
}
INVALID = {"validation_failed", "email_address_invalid", "bad_json"}
MINUTES = {"over_request_rate_limit": 5, "over_email_send_rate_limit": 60, "over_sms_send_rate_limit": 60}
"""How long Supabase counts; only its limit by address says how long is left."""
REASONS = {
    "length": "it is too short",
    "characters": "it needs small and capital letters, digits and signs",
    "pwned": "it is known from a leak",
}


def in_our_words(error: AuthError, invalid: type[SnapSpendError] = Unavailable) -> SnapSpendError:
    """Return the error of core.signing_in that an answer means, or Unavailable with its code (never the address).

    `invalid` is what it means here that Supabase finds what was typed not valid.
    """
    code = str(error.code or "")
    if isinstance(error, AuthWeakPasswordError) or code == "weak_password":
        return WeakPassword(reason=_reason(error))
    if code in MINUTES:
        return TooOften(minutes=math.ceil((seconds_left(error) or MINUTES[code] * 60) / 60))
    if code in INVALID and invalid is not Unavailable:
        return invalid()
    if code in ANSWERS:
        return ANSWERS[code]()
    status = getattr(error, "status", "")
    return Unavailable(f"auth: {code or type(error).__name__} {status}".strip())


def seconds_left(error: AuthError) -> int | None:
    """Return how long an address must wait for its next mail, or None when that is not what is said.

    "For security purposes, you can only request this after 51 seconds" is said of known addresses alone.
    """
    found = re.search(r"\bafter (\d{1,6}) seconds?", error.message)
    return int(found[1]) if found and error.code == "over_email_send_rate_limit" else None


def is_gone(error: AuthError) -> bool:
    """Tell whether whom it was about is not there (any more)."""
    return error.code == "user_not_found" or (isinstance(error, AuthApiError) and error.status == 404)


def _reason(error: AuthError) -> str:
    given = getattr(error, "reasons", None) or []
    said = [REASONS[reason] for reason in given if reason in REASONS]
    return " and ".join(said) or "it is too easy to guess"
