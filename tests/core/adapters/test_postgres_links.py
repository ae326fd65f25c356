"""Secrets that tie a Telegram user to an account: made once, used once, for ten minutes."""

from __future__ import annotations

import asyncio
from uuid import UUID

import pytest

from core.accounts import Account, TelegramUser
from core.adapters.wiring import Stores
from core.linking import CODE_LETTERS, SpentLink
from core.signing_in import Identity
from tests.core.adapters.test_postgres_ledger import filed
from tests.owner import as_owner

ADA, EVE = TelegramUser(7, "Ada", "de"), TelegramUser(8, "Eve")


async def member(stores: Stores, number: int = 1) -> Account:
    """Return an account with an address."""
    return await stores.accounts.enter(Identity(UUID(int=number), f"ada{number}@example.org"))


async def age(stores: Stores) -> None:
    """Let every secret be ten minutes old."""
    async with as_owner(stores) as connection:
        await connection.execute("update secrets set made_at = made_at - interval '10 minutes'")


async def test_a_claimed_guest_brings_its_receipts(stores: Stores, account: Account) -> None:
    """What was sent before signing up is the account's, and the guest account is gone."""
    receipt, mine = await filed(stores, account, "chat:1"), await member(stores)
    assert await stores.links.claim((await stores.links.invite(ADA)).token, mine.id) == ADA
    assert await stores.accounts.known(ADA.id) == mine
    assert await stores.ledger.find(mine.id, receipt.id) is not None
    assert await stores.accounts.find(account.id) is None


async def close(stores: Stores, account: Account) -> None:
    """Begin the removal of an account."""
    assert await stores.removal.begin(account.id)


async def test_nothing_moves_into_an_account_that_is_being_removed(stores: Stores, account: Account) -> None:
    """The guest keeps their receipts, and the link stays good for another account."""
    receipt, mine, other = await filed(stores, account, "chat:1"), await member(stores, 1), await member(stores, 2)
    made = await stores.links.invite(ADA)
    await close(stores, mine)
    for gone in (mine.id, UUID(int=404)):
        with pytest.raises(SpentLink):
            await stores.links.claim(made.token, gone)
    assert await stores.accounts.known(ADA.id) == account
    assert await stores.ledger.find(account.id, receipt.id) is not None
    assert await stores.links.claim(made.token, other.id) == ADA


async def test_a_start_token_of_an_account_that_is_being_removed_links_nobody(stores: Stores, account: Account) -> None:
    """Also one that was made in the last moment."""
    mine = await member(stores)
    await close(stores, mine)
    with pytest.raises(SpentLink):
        await stores.links.accept(await stores.links.offer(mine.id), ADA)
    assert await stores.accounts.known(ADA.id) == account


async def test_a_link_waits_for_a_removal_that_began_before(stores: Stores, account: Account) -> None:
    """And then moves nothing."""
    receipt, mine = await filed(stores, account, "chat:1"), await member(stores)
    made = await stores.links.invite(ADA)
    async with as_owner(stores) as removing:
        await removing.execute("select private.close_account(%s)", [mine.id])
        claiming = asyncio.create_task(stores.links.claim(made.token, mine.id))
        await asyncio.sleep(0.2)
        assert not claiming.done()
    with pytest.raises(SpentLink):
        await claiming
    assert await stores.ledger.find(account.id, receipt.id) is not None


async def test_what_a_guest_has_removed_does_not_come_back_by_a_link(stores: Stores, account: Account) -> None:
    """The link waits, ties the person, and leaves the receipts to their removal."""
    receipt, mine = await filed(stores, account, "chat:1"), await member(stores)
    made = await stores.links.invite(ADA)
    async with as_owner(stores) as removing:
        await removing.execute("update accounts set closing_at = now() where id = %s", [account.id])
        claiming = asyncio.create_task(stores.links.claim(made.token, mine.id))
        await asyncio.sleep(0.2)
        assert not claiming.done()
    assert await claiming == ADA
    assert await stores.accounts.known(ADA.id) == mine
    assert await stores.ledger.find(mine.id, receipt.id) is None


@pytest.mark.parametrize("typed", ["{code}", " {small} ", "{left}-{right}", "{left} – {right}\n"])
async def test_a_code_is_taken_however_it_is_typed(stores: Stores, typed: str) -> None:
    """With spaces, dashes and small letters."""
    code, mine = (await stores.links.invite(ADA)).code, await member(stores)
    assert set(code) <= set(CODE_LETTERS)
    written = typed.format(code=code, small=code.lower(), left=code[:4], right=code[4:])
    assert await stores.links.invited(written) == ADA
    assert await stores.links.claim(written, mine.id) == ADA


async def test_a_secret_is_used_once(stores: Stores) -> None:
    """The token and its code are one secret: after either neither works, also for who comes at the same moment."""
    one, other = await member(stores, 1), await member(stores, 2)
    made = await stores.links.invite(ADA)
    claims = [stores.links.claim(made.token, one.id), stores.links.claim(made.code, other.id)]
    outcomes = await asyncio.gather(*claims, return_exceptions=True)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["SpentLink", "TelegramUser"]
    with pytest.raises(SpentLink):
        await stores.links.invited(made.token)


async def test_a_new_invitation_voids_the_one_before(stores: Stores) -> None:
    """Only the newest button works; another person's stays good."""
    old, others = await stores.links.invite(ADA), await stores.links.invite(EVE)
    await stores.links.invite(ADA)
    with pytest.raises(SpentLink):
        await stores.links.invited(old.code)
    assert (await stores.links.invited(others.token)).name == "Eve"


async def test_nothing_works_after_ten_minutes(stores: Stores) -> None:
    """Neither invitation, start token nor sign-in token."""
    mine = await member(stores)
    made, start = await stores.links.invite(ADA), await stores.links.offer(mine.id)
    entering = await stores.links.sign_in_token(mine.id, ADA.id)
    await age(stores)
    for late in (
        stores.links.invited(made.token),
        stores.links.claim(made.code, mine.id),
        stores.links.offered(start),
        stores.links.accept(start, ADA),
        stores.links.signing_in(entering),
        stores.links.sign_in(entering),
    ):
        with pytest.raises(SpentLink):
            await late


async def test_a_start_token_links_whoever_opens_it_once(stores: Stores) -> None:
    """Looking does not use it up; the second who accepts is told."""
    mine = await member(stores)
    token = await stores.links.offer(mine.id)
    assert await stores.links.offered(token) == mine
    assert await stores.links.accept(token, ADA) == mine
    with pytest.raises(SpentLink):
        await stores.links.accept(token, EVE)
    assert [chat.name for chat in await stores.accounts.chats(mine.id)] == ["Ada"]


async def test_one_kind_of_secret_does_not_do_anothers_work(stores: Stores) -> None:
    """A start token signs nobody in, an invitation is no start token."""
    mine = await member(stores)
    start, made = await stores.links.offer(mine.id), await stores.links.invite(ADA)
    for wrong in (stores.links.sign_in(start), stores.links.claim(start, mine.id), stores.links.offered(made.token)):
        with pytest.raises(SpentLink):
            await wrong


async def test_a_sign_in_token_enters_once(stores: Stores, account: Account) -> None:
    """Also a guest sees their receipts on the pages."""
    token = await stores.links.sign_in_token(account.id, ADA.id)
    assert await stores.links.signing_in(token) == account
    assert await stores.links.sign_in(token) == account
    with pytest.raises(SpentLink):
        await stores.links.sign_in(token)


async def test_unlinking_voids_what_the_chat_was_given(stores: Stores) -> None:
    """A sign-in button from before no longer opens the account."""
    mine = await member(stores)
    await stores.links.accept(await stores.links.offer(mine.id), ADA)
    token = await stores.links.sign_in_token(mine.id, ADA.id)
    assert await stores.links.unlink(ADA.id)
    assert await stores.accounts.known(ADA.id) is None
    with pytest.raises(SpentLink):
        await stores.links.sign_in(token)


async def test_a_guest_has_nothing_to_untie(stores: Stores, account: Account) -> None:
    """They would lose their ledger."""
    assert not await stores.links.unlink(ADA.id)
    assert await stores.accounts.known(ADA.id) == account


@pytest.mark.parametrize("forged", ["", "\0", "\ud800", "x" * 9000, "' or true --"])
async def test_no_forged_secret_is_anyones(stores: Stores, forged: str) -> None:
    """Whatever the bytes, the answer is the same sentence."""
    await stores.links.invite(ADA)
    with pytest.raises(SpentLink):
        await stores.links.invited(forged)


async def test_only_hashes_are_kept(stores: Stores) -> None:
    """Who reads the table can use none of it."""
    made = await stores.links.invite(ADA)
    async with as_owner(stores) as connection:
        rows = await (await connection.execute("select secrets::text as row from secrets")).fetchall()
    assert made.token not in rows[0]["row"]
    assert made.code not in rows[0]["row"]
