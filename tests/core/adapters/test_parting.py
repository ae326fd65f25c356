"""What an account loses with a chat that is untied: the browsers that came from it, and the role that it brought."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID

import pytest

from core.accounts import Account, Role, TelegramUser
from core.adapters.wiring import Stores, open_stores
from core.settings import Settings
from core.signing_in import Identity

ADA, BOB, EVE = TelegramUser(7, "Ada"), TelegramUser(8, "Bob"), TelegramUser(9, "Eve")
NAMED = "ada1@example.org"


@pytest.fixture
async def ruled(database_url: str, tmp_path: Path) -> AsyncIterator[Stores]:
    """Give stores where two Telegram users and an address are an admin's, and one admin more is there."""
    facts = {"DATABASE_URL": database_url, "SNAPSPEND_DATA": str(tmp_path)}
    rules = {"ADMIN_TELEGRAM_IDS": f"{ADA.id},{BOB.id}", "ADMIN_EMAILS": NAMED}
    async with open_stores(Settings.from_environment(facts | rules)) as opened:
        boss = await member(opened, 9)
        await opened.people.promote(boss.id)
        yield opened


async def member(stores: Stores, number: int) -> Account:
    """Return an account with an address."""
    return await stores.accounts.enter(Identity(UUID(int=number), f"ada{number}@example.org"))


async def tied(stores: Stores, number: int, *people: TelegramUser) -> Account:
    """Return an account that these people have linked."""
    account = await member(stores, number)
    for person in people:
        await stores.links.accept(await stores.links.offer(account.id), person)
        await stores.accounts.known(person.id)
    return account


async def role(stores: Stores, account: Account) -> Role:
    """Return what an account is by now."""
    found = await stores.accounts.find(account.id)
    assert found is not None
    return found.role


async def test_the_role_goes_with_the_admin_who_brought_it(ruled: Stores) -> None:
    """The account was nobody's but an ordinary person's."""
    account = await tied(ruled, 2, ADA)
    assert await role(ruled, account) == Role.ADMIN
    assert await ruled.links.unlink(ADA.id)
    assert await role(ruled, account) == Role.USER


async def test_the_role_goes_with_an_admin_who_moves_on(ruled: Stores) -> None:
    """To another account, which is an admin's from then on."""
    account = await tied(ruled, 2, ADA)
    other = await tied(ruled, 3, ADA)
    assert (await role(ruled, account), await role(ruled, other)) == (Role.USER, Role.ADMIN)


async def test_an_account_whose_address_is_an_admins_stays_one(ruled: Stores) -> None:
    """It has its role by that too."""
    account = await tied(ruled, 1, ADA)
    await ruled.links.unlink(ADA.id)
    assert await role(ruled, account) == Role.ADMIN


async def test_an_account_stays_an_admins_while_one_admin_is_tied(ruled: Stores) -> None:
    """Of two who leave at once the last takes the role along."""
    account = await tied(ruled, 2, ADA, BOB, EVE)
    await ruled.links.unlink(EVE.id)
    assert await role(ruled, account) == Role.ADMIN
    await asyncio.gather(ruled.links.unlink(ADA.id), ruled.links.unlink(BOB.id))
    assert await role(ruled, account) == Role.USER


async def test_a_chat_that_is_no_admins_takes_no_role_along(ruled: Stores) -> None:
    """Another admin gave it."""
    account = await tied(ruled, 2, EVE)
    await ruled.people.promote(account.id)
    await ruled.links.unlink(EVE.id)
    assert await role(ruled, account) == Role.ADMIN


async def test_the_last_admin_stays_one(ruled: Stores) -> None:
    """Else nobody could let anybody in any more."""
    account = await tied(ruled, 2, ADA)
    await ruled.people.demote(UUID(int=9))
    await ruled.links.unlink(ADA.id)
    assert await role(ruled, account) == Role.ADMIN


@pytest.mark.parametrize("moves", [False, True])
async def test_browsers_that_came_from_a_chat_are_signed_out_with_it(stores: Stores, moves: bool) -> None:
    """Who signed in with the password stays."""
    account = await tied(stores, 2, EVE)
    tokens = {way: await stores.sessions.open(account.id, "Firefox", way) for way in ("password", "chat", "mini app")}
    if moves:
        await tied(stores, 3, EVE)
    else:
        await stores.links.unlink(EVE.id)
    left = [way for way, token in tokens.items() if await stores.sessions.find(token) is not None]
    assert left == ["password"]
