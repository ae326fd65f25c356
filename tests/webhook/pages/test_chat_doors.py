"""The doors between a chat and the pages: signed in by the chat, and a chat linked to an account."""

from __future__ import annotations

import pytest
from aiohttp.test_utils import TestServer

from core.accounts import Account, TelegramUser
from core.adapters.wiring import Stores
from tests.owner import as_owner
from tests.webhook.pages.browser import Browser
from tests.webhook.pages.conftest import receiver
from tests.webhook.pages.passwords import RememberedPasswords
from tests.webhook.pages.test_signing_in import ADA, PASSWORD, joined, register, sign_in

BOB = TelegramUser(9, "Bob")


async def jobs(stores: Stores) -> list[tuple[str, dict[str, object]]]:
    """Return the jobs that wait: their names and facts."""
    found = await stores.jobs.job_manager.list_jobs_async()
    return [(job.task_name, dict(job.task_kwargs)) for job in found]


async def older(stores: Stores) -> None:
    """Let eleven minutes pass for every secret."""
    async with as_owner(stores) as connection:
        await connection.execute("update secrets set made_at = made_at - interval '11 minutes'")


async def test_the_chats_link_signs_in_by_one_button(browser: Browser, stores: Stores, account: Account) -> None:
    """Looking at it, as a preview does, uses nothing up; the guest is told how to stay."""
    token = await stores.links.sign_in_token(account.id, 7)
    for _ in range(3):
        assert "Ada" in await browser.go(f"/enter/{token}")
    assert "as a guest" in await browser.send(f"/enter/{token}")
    found = await stores.sessions.find(browser.cookie("session"))
    assert found is not None
    assert (found[1], found[0].way) == (account, "chat")


async def test_the_chats_link_works_once(browser: Browser, site: TestServer, stores: Stores, account: Account) -> None:
    """Replayed: a sentence, and nobody is signed in."""
    token = await stores.links.sign_in_token(account.id, 7)
    async with Browser(site) as other:
        await other.go(f"/enter/{token}")
        await browser.go(f"/enter/{token}")
        await browser.send(f"/enter/{token}")
        assert "This link has been used" in await other.send(f"/enter/{token}")
        assert (other.status, other.cookie("session")) == (403, "")


async def test_the_chats_link_ends_after_ten_minutes(browser: Browser, stores: Stores, account: Account) -> None:
    """Expired: a sentence."""
    token = await stores.links.sign_in_token(account.id, 7)
    await older(stores)
    assert "This link has been used" in await browser.go(f"/enter/{token}")
    assert browser.status == 403


@pytest.mark.parametrize("place", ["/enter/some-token", "/link/some-token"])
async def test_a_place_with_a_secret_is_told_to_nobody(browser: Browser, place: str) -> None:
    """No referrer leaves it."""
    await browser.go(place)
    assert browser.answer["Referrer-Policy"] == "no-referrer"


async def test_a_chat_is_linked_by_its_button(browser: Browser, stores: Stores) -> None:
    """The page asks once, then the chat's receipts are the account's and the chat is told."""
    guest = await stores.accounts.of(BOB)
    invitation = await stores.links.invite(BOB)
    await joined(browser)
    page = await browser.go(f"/link/{invitation.token}")
    assert "Bob" in page
    assert ADA in page
    assert "Linked: what Bob sends" in await browser.send(f"/link/{invitation.token}") + await browser.go("/")
    known = await stores.accounts.known(BOB.id)
    assert known is not None
    assert (known.email, await stores.accounts.find(guest.id)) == (ADA, None)
    assert ("tell_linked", {"telegram_id": 9, "account_id": str(known.id)}) in await jobs(stores)


async def test_a_new_person_signs_up_on_the_way_and_comes_back(browser: Browser, stores: Stores) -> None:
    """From the button in the chat to the question, without losing the way."""
    invitation = await stores.links.invite(BOB)
    assert "who are you" in await browser.go(f"/link/{invitation.token}")
    assert "Bob" not in browser.text
    await browser.go(f"/register?next=/link/{invitation.token}")
    await browser.send("/register", email=ADA, password=PASSWORD)
    await browser.send("/login", email=ADA, password=PASSWORD)
    assert browser.place == f"/link/{invitation.token}"
    assert "Bob" in browser.text


async def test_an_invited_person_signs_up_by_the_chats_link(stores: Stores, gateway: RememberedPasswords) -> None:
    """Where only invited people may."""
    invitation = await stores.links.invite(BOB)
    async with receiver(stores, gateway, ACCESS="invite") as server, Browser(server) as browser:
        await browser.go(f"/register?link={invitation.token}")
        await browser.send("/register", email=ADA, password=PASSWORD)
        await browser.send("/login", email=ADA, password=PASSWORD)
        assert "Bob" in browser.text


@pytest.mark.parametrize("typed", ["{}", " {} ", "{}-", "lower"])
async def test_a_chat_is_linked_by_its_code(browser: Browser, stores: Stores, typed: str) -> None:
    """However it is typed."""
    code = (await stores.links.invite(BOB)).code
    await joined(browser)
    await browser.go("/link")
    given = f"{code[:4].lower()} {code[4:].lower()}" if typed == "lower" else typed.format(code)
    assert "Bob" in await browser.send("/link", code=given)
    await browser.send(browser.place)
    known = await stores.accounts.known(BOB.id)
    assert known is not None
    assert known.email == ADA


async def test_a_chats_link_works_once(browser: Browser, site: TestServer, stores: Stores) -> None:
    """Replayed, also by its code: a sentence, and the chat stays where it is."""
    invitation = await stores.links.invite(BOB)
    await joined(browser)
    async with Browser(site) as other:
        await joined(other, "eve@example.org")
        await other.go(f"/link/{invitation.code}")
        await browser.go(f"/link/{invitation.token}")
        await browser.send(f"/link/{invitation.token}")
        assert "used already" in await other.send(f"/link/{invitation.code}")
    known = await stores.accounts.known(BOB.id)
    assert known is not None
    assert known.email == ADA


async def test_a_chats_link_ends_after_ten_minutes(browser: Browser, stores: Stores) -> None:
    """Expired: a sentence, and where to get a new one."""
    invitation = await stores.links.invite(BOB)
    await joined(browser)
    await older(stores)
    for secret in (invitation.token, invitation.code):
        assert "used already, or is older" in await browser.go(f"/link/{secret}")
        assert browser.status == 403


async def test_guessing_a_chats_code_is_stopped(browser: Browser, stores: Stores) -> None:
    """Brute force: ten tries, then even the right one is refused."""
    code = (await stores.links.invite(BOB)).code
    await joined(browser)
    for guess in range(10):
        await browser.go(f"/link/WRNG222{guess}")
    assert "too often" in await browser.go(f"/link/{code}")


@pytest.mark.parametrize("padding", ["-" * 9, "_-" * 20])
async def test_a_code_is_counted_however_it_is_padded(browser: Browser, stores: Stores, padding: str) -> None:
    """Brute force with what is left out when a code is compared."""
    code = (await stores.links.invite(BOB)).code
    await joined(browser)
    for guess in range(10):
        await browser.go(f"/link/WRNG222{guess}{padding}")
    assert "too often" in await browser.go(f"/link/{code}{padding}")
    assert "too often" in await browser.go(f"/link/{code}")


async def test_a_code_as_long_as_a_token_is_none(browser: Browser, stores: Stores) -> None:
    """Tokens are not counted, so what looks like one is never compared with a code."""
    code = (await stores.links.invite(BOB)).code
    await joined(browser)
    assert "used already" in await browser.go(f"/link/{code}{'-' * 14}")
    assert "Bob" in await browser.go(f"/link/{code}")


async def test_guessing_a_code_to_sign_up_by_is_stopped(stores: Stores, gateway: RememberedPasswords) -> None:
    """Brute force where only invited people may: after five tries even the right one is refused."""
    code = (await stores.links.invite(BOB)).code
    async with receiver(stores, gateway, ACCESS="invite") as server, Browser(server) as browser:
        for guess in ["WRNG2222"] * 5 + [code]:
            await browser.go(f"/register?next=/link/{guess}")
            await browser.send("/register", email=ADA, password=PASSWORD)
        assert "too often" in browser.text
    assert gateway.identities == {}


async def test_a_guest_who_signs_up_is_asked_whether_the_receipts_move(browser: Browser, stores: Stores) -> None:
    """The session from the chat shows whose they are, so no new link is needed."""
    guest = await stores.accounts.of(BOB)
    token = await stores.links.sign_in_token(guest.id, BOB.id)
    await browser.go(f"/enter/{token}")
    await browser.send(f"/enter/{token}")
    await register(browser)
    assert "Link this chat?" in await sign_in(browser)
    await browser.send(browser.place)
    known = await stores.accounts.known(BOB.id)
    assert known is not None
    assert (known.email, await stores.accounts.find(guest.id)) == (ADA, None)


async def test_a_chat_of_another_account_says_so_before_it_moves(browser: Browser, stores: Stores) -> None:
    """Its receipts stay where they are."""
    await joined(browser)
    first = await stores.links.invite(BOB)
    await browser.go(f"/link/{first.token}")
    await browser.send(f"/link/{first.token}")
    await browser.go("/")
    await browser.send("/logout")
    await joined(browser, "eve@example.org")
    second = await stores.links.invite(BOB)
    assert "linked to another account now" in await browser.go(f"/link/{second.token}")
