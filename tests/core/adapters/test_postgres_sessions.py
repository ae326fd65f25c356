"""Sessions live in PostgreSQL: tokens are random, kept as hashes, and end by themselves or when they are closed."""

from __future__ import annotations

import pytest

from core.accounts import Account, TelegramUser
from core.adapters.postgres_sessions import PostgresSessions
from core.adapters.wiring import Stores
from tests.owner import as_owner


@pytest.fixture
def sessions(stores: Stores) -> PostgresSessions:
    """Give the sessions."""
    return stores.sessions


async def age(stores: Stores, seen: str, opened: str) -> None:
    """Make every session older."""
    async with as_owner(stores) as connection:
        await connection.execute(
            "update sessions set seen_at = now() - %s::interval, opened_at = now() - %s::interval", [seen, opened]
        )


async def test_a_token_finds_its_session_and_account(sessions: PostgresSessions, account: Account) -> None:
    """Who it is, and how they came."""
    found = await sessions.find(await sessions.open(account.id, "Firefox on Linux", "password"))
    assert found is not None
    session, whose = found
    assert (whose, session.account, session.device, session.way) == (
        account,
        account.id,
        "Firefox on Linux",
        "password",
    )


async def test_only_a_hash_is_kept(sessions: PostgresSessions, account: Account, stores: Stores) -> None:
    """Whoever reads the table cannot sign in."""
    token = await sessions.open(account.id, "x", "chat")
    async with as_owner(stores) as connection:
        rows = await (await connection.execute("select * from sessions")).fetchall()
    assert token not in str(rows)
    assert token.encode() not in bytes(rows[0]["token_hash"])


@pytest.mark.parametrize("token", ["", "guess", "\0", "\ud800", "'; drop table sessions; --"])
async def test_another_token_finds_nothing(sessions: PostgresSessions, account: Account, token: str) -> None:
    """Whatever is in the cookie."""
    await sessions.open(account.id, "x", "chat")
    assert await sessions.find(token) is None


@pytest.mark.parametrize(("seen", "opened", "alive"), [("13 days", "89 days", True), ("15 days", "20 days", False)])
async def test_a_session_ends_when_it_is_idle(
    stores: Stores, account: Account, seen: str, opened: str, alive: bool
) -> None:
    """After 14 days without a page."""
    token = await stores.sessions.open(account.id, "x", "chat")
    await age(stores, seen, opened)
    assert (await stores.sessions.find(token) is not None) is alive


async def test_a_session_ends_however_often_it_is_used(stores: Stores, account: Account) -> None:
    """90 days after it began."""
    token = await stores.sessions.open(account.id, "x", "chat")
    await age(stores, "1 hour", "91 days")
    assert await stores.sessions.find(token) is None
    assert await stores.sessions.of(account.id) == []


async def test_old_sessions_leave_nothing_behind(stores: Stores, account: Account) -> None:
    """The next sign-in of anybody removes them."""
    await stores.sessions.open(account.id, "x", "chat")
    await age(stores, "15 days", "15 days")
    other = await stores.accounts.of(TelegramUser(8, "Bob"))
    await stores.sessions.open(other.id, "y", "chat")
    async with as_owner(stores) as connection:
        rows = await (await connection.execute("select device from sessions")).fetchall()
    assert rows == [{"device": "y"}]


async def test_a_session_is_noted_as_seen_at_most_once_a_minute(stores: Stores, account: Account) -> None:
    """A page costs no write each time."""
    token = await stores.sessions.open(account.id, "x", "chat")
    await age(stores, "30 seconds", "1 hour")
    first = await stores.sessions.find(token)
    await age(stores, "90 seconds", "1 hour")
    second = await stores.sessions.find(token)
    assert first is not None
    assert second is not None
    assert (second[0].seen_at - first[0].seen_at).total_seconds() > 25


async def test_an_account_closes_its_own_sessions_alone(stores: Stores, account: Account) -> None:
    """Another's cannot be closed by its id."""
    other = await stores.accounts.of(TelegramUser(8, "Bob"))
    token = await stores.sessions.open(account.id, "x", "chat")
    found = await stores.sessions.find(token)
    assert found is not None
    assert not await stores.sessions.close(other.id, found[0].id)
    assert await stores.sessions.find(token) is not None
    assert await stores.sessions.close(account.id, found[0].id)
    assert await stores.sessions.find(token) is None


async def test_all_sessions_but_one_are_closed(stores: Stores, account: Account) -> None:
    """As "sign out everywhere else" does."""
    tokens = [await stores.sessions.open(account.id, "x", "password") for _ in range(3)]
    kept = await stores.sessions.find(tokens[1])
    assert kept is not None
    assert await stores.sessions.close_all(account.id, kept[0].id) == 2
    assert [session.id for session in await stores.sessions.of(account.id)] == [kept[0].id]
