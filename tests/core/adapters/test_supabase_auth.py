"""What holds of passwords that Supabase keeps: every answer has its sentence, and no token is taken on trust."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable

import httpx
import pytest

from core.adapters.supabase_project import open_project
from core.errors import SnapSpendError, Unavailable
from core.signing_in import (
    AuthGateway,
    NoAddress,
    NotConfirmed,
    Shut,
    ShutOut,
    TooOften,
    WeakPassword,
    WrongCode,
    WrongCredentials,
)
from tests.doors import ADMIN, SupabaseDoor, supabase_door, supabase_settings
from tests.supabase.project import Project

ADA, GOOD, OTHER = "ada@home.example", "correct horse", "battery staple"
Ask = Callable[[AuthGateway], Awaitable[object]]
ASKED: dict[str, Ask] = {
    "signup": lambda gateway: gateway.register(ADA, GOOD),
    "token": lambda gateway: gateway.sign_in(ADA, GOOD),
    "verify": lambda gateway: gateway.confirm(ADA, "123456"),
    "resend": lambda gateway: gateway.mail_again(ADA),
    "recover": lambda gateway: gateway.forget(ADA),
    "admin/users": lambda gateway: gateway.remove(uuid.uuid4()),
}
ANSWERS = [
    ("signup", "422 signup_disabled Signups not allowed for this instance", Shut),
    ("signup", "400 email_provider_disabled Email signups are disabled", Shut),
    ("signup", "400 email_address_not_authorized Email address not authorized", Shut),
    ("signup", "400 email_address_invalid Email address is invalid", NoAddress),
    ("signup", "400 validation_failed Unable to validate email address: invalid format", NoAddress),
    ("signup", "429 over_email_send_rate_limit email rate limit exceeded", TooOften),
    ("signup", "429 over_request_rate_limit Request rate limit reached", TooOften),
    ("signup", "500 unexpected_failure Database error saving new user", Unavailable),
    ("signup", "500 hook_timeout Failed to reach hook", Unavailable),
    ("signup", "400 captcha_failed captcha protection: request disallowed", Unavailable),
    ("token", "400 invalid_credentials Invalid login credentials", WrongCredentials),
    ("token", "400 validation_failed missing email or phone", WrongCredentials),
    ("token", "400 email_not_confirmed Email not confirmed", NotConfirmed),
    ("token", "400 user_banned User is banned", ShutOut),
    ("token", "422 email_provider_disabled Email logins are disabled", Shut),
    ("token", "429 over_request_rate_limit Request rate limit reached", TooOften),
    ("token", "400 a_code_of_next_year Whatever", Unavailable),
    ("token", "401 no_authorization This endpoint requires a valid Bearer token", Unavailable),
    ("verify", "403 otp_expired Token has expired or is invalid", WrongCode),
    ("verify", "400 validation_failed Verify requires a token", WrongCode),
    ("verify", "403 user_banned User is banned", ShutOut),
    ("resend", "422 otp_disabled Signups not allowed for otp", Shut),
    ("resend", "429 over_email_send_rate_limit email rate limit exceeded", TooOften),
    ("recover", "429 over_request_rate_limit Request rate limit reached", TooOften),
    ("admin/users", "403 not_admin User not allowed", Unavailable),
    *((path, "504 request_timeout Processing this request timed out", Unavailable) for path in ASKED),
    *((path, "text 500", Unavailable) for path in ASKED),
    *((path, "text 503", Unavailable) for path in ASKED),
    *((path, "cut", Unavailable) for path in ASKED),
    *((path, "html", Unavailable) for path in ("signup", "token", "verify", "resend")),
]


@pytest.fixture
async def door() -> AsyncIterator[SupabaseDoor]:
    """Give SupabaseAuth before a fresh stand-in."""
    async with supabase_door(Project()) as opened:
        yield opened


async def registered(door: SupabaseDoor, address: str = ADA) -> None:
    """Register an address and confirm it."""
    await door.gateway.register(address, GOOD)
    await door.gateway.confirm(address, door.mails(address)[-1])


@pytest.mark.parametrize(("path", "answer", "meant"), ANSWERS)
async def test_every_answer_has_its_sentence(
    door: SupabaseDoor, path: str, answer: str, meant: type[SnapSpendError]
) -> None:
    """And neither it nor the log's detail has the address or the password."""
    door.project.fail(f"/{path}", answer)
    with pytest.raises(SnapSpendError) as raised:
        await ASKED[path](door.gateway)
    assert type(raised.value) is meant
    assert "{" not in raised.value.sentence
    assert not any(part in f"{raised.value} {raised.value.sentence}" for part in (ADA, GOOD))


async def test_silence_is_unavailable(door: SupabaseDoor) -> None:
    """Nobody waits forever."""
    door.project.fail("/token", "hang")
    settings = supabase_settings(door.project)
    async with open_project(settings, httpx.Timeout(0.2)) as client:
        with pytest.raises(Unavailable):
            await SupabaseDoor(door.project, client).gateway.sign_in(ADA, GOOD)


async def test_nobody_there_is_unavailable() -> None:
    """No connection at all."""
    project = Project()
    project.url = "http://127.0.0.1:1"
    async with open_project(supabase_settings(project)) as client:
        with pytest.raises(Unavailable):
            await SupabaseDoor(project, client).gateway.sign_in(ADA, GOOD)


async def test_a_limit_by_address_is_not_told_and_its_wait_is_by_others(door: SupabaseDoor) -> None:
    """It is said of known addresses alone."""
    await registered(door)
    await door.gateway.forget(ADA)
    await door.gateway.forget(ADA)
    door.project.mail_limit = True
    await door.pass_time(61)
    with pytest.raises(TooOften, match="60 minutes"):
        await door.gateway.forget(ADA)


async def test_a_known_address_is_not_told_where_the_project_confirms_by_itself(door: SupabaseDoor) -> None:
    """There Supabase says user_already_exists."""
    door.project.autoconfirm = True
    await door.gateway.register(ADA, GOOD)
    await door.gateway.register(ADA, OTHER)
    assert (await door.gateway.sign_in(ADA, GOOD)).email == ADA


async def test_nobody_becomes_admin_where_the_project_confirms_by_itself(door: SupabaseDoor) -> None:
    """Whoever registers an admin's address there has not shown that it is theirs."""
    door.project.autoconfirm = True
    with pytest.raises(Shut):
        await door.gateway.register(ADMIN, GOOD)
    assert ADMIN not in door.project.users


async def test_a_password_that_supabase_finds_weak_is_told_with_its_reason(door: SupabaseDoor) -> None:
    """At registration and at a reset."""
    door.project.leaked_passwords = {"letmein1"}
    with pytest.raises(WeakPassword, match="leak"):
        await door.gateway.register(ADA, "letmein1")
    await registered(door)
    await door.pass_time(61)
    await door.gateway.forget(ADA)
    with pytest.raises(WeakPassword, match="leak"):
        await door.gateway.reset(ADA, door.mails(ADA)[-1], "letmein1")


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://another.example/auth/v1"},
        {"aud": "another"},
        {"aud": ["another"]},
        {"sub": str(uuid.UUID(int=9))},
        {"sub": None},
        {"exp": 1},
    ],
)
@pytest.mark.parametrize("signing", ["ES256", "HS256"])
async def test_a_token_of_others_is_nobodys(signing: str, claims: dict[str, object]) -> None:
    """Issuer, audience, subject and expiry are checked."""
    async with supabase_door(Project(signing=signing)) as door:
        await registered(door)
        door.project.wrong_claims = claims
        with pytest.raises(Unavailable):
            await door.gateway.sign_in(ADA, GOOD)


async def test_a_token_that_the_project_did_not_sign_is_nobodys(door: SupabaseDoor) -> None:
    """The signature is held against the project's public keys."""
    await registered(door)
    other = Project()
    async with supabase_door(other) as theirs:
        door.project.private = other.private
        with pytest.raises(Unavailable):
            await door.gateway.sign_in(ADA, GOOD)
        assert theirs.project.requests == []


async def test_the_public_keys_are_fetched_once(door: SupabaseDoor) -> None:
    """Not for every sign-in."""
    await registered(door)
    for _ in range(5):
        await door.gateway.sign_in(ADA, GOOD)
    assert sum("jwks" in path for _, path in door.project.requests) == 1


async def test_signing_in_asks_once_and_leaves_no_task_behind(door: SupabaseDoor) -> None:
    """No token is refreshed: our own session begins."""
    await registered(door)
    before = len(door.project.requests), len(asyncio.all_tasks())
    await door.gateway.sign_in(ADA, GOOD)
    assert door.project.requests[before[0] :] == [("POST", "/auth/v1/token")]
    assert len(asyncio.all_tasks()) <= before[1] + 1


async def test_what_is_no_code_costs_no_call(door: SupabaseDoor) -> None:
    """Supabase counts them for all of us together."""
    for code in ("", "12345", "abcdef"):
        with pytest.raises(WrongCode):
            await door.gateway.confirm(ADA, code)
    assert door.project.requests == []


async def test_a_slow_answer_for_known_addresses_is_not_seen(door: SupabaseDoor) -> None:
    """Both answers come no sooner than after the same span."""
    async with open_project(supabase_settings(door.project)) as client:
        gateway = SupabaseDoor(door.project, client, pace=0.3).gateway
        await registered(door)
        clock = asyncio.get_running_loop().time
        for address in (ADA, "nobody@home.example"):
            began = clock()
            with pytest.raises(WrongCredentials):
                await gateway.sign_in(address, OTHER)
            assert clock() - began >= 0.3


def test_without_its_settings_nothing_of_supabase_is_loaded() -> None:
    """Twenty megabytes that nobody needs who keeps all at home."""
    program = (
        "import sys, bot.cli, core.adapters.wiring, webhook.application; bot.cli.build_parser()\n"
        "parts = ('supabase', 'supabase_auth', 'storage3', 'postgrest', 'realtime', 'jwt')\n"
        "print([name for name in parts if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=120)
    assert done.stdout.strip() == "[]"
