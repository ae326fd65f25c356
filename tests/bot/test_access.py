"""Who may come in: open, linked or invited; somebody unknown costs no download and no reading."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from telegram import Update

from bot import sentences
from bot.__main__ import _reach_telegram
from bot.context import ChatContext
from bot.doors import Rules, doors_of
from bot.gate import may_pass
from core.adapters.postgres_quota import PostgresPhotoCount
from core.adapters.postgres_requests import PostgresRequests
from core.adapters.wiring import Stores
from core.quota import Quota
from core.signing_in import Identity
from tests.conversation import Conversation, conversation, written
from tests.owner import as_owner
from tests.person import Person, said
from webhook.local_chat.faults import Fault

BAKERY = b"%PDF-1.4 a receipt"


@asynccontextmanager
async def talking(stores: Stores, folder: Path, rules: Rules, most: int = 300) -> AsyncIterator[Conversation]:
    """Let a worker work under these rules."""
    doors = replace(doors_of(stores, rules), quota=Quota(PostgresPhotoCount(stores.pool), most))
    async with conversation(stores, folder, doors) as talk, talk.working():
        talk.reader.known[BAKERY] = written("Corner Bakery\nTOTAL   $ 10.45")
        yield talk


def rule(talk: Conversation, rules: Rules) -> None:
    """Let other rules hold from now on."""
    parts = talk.application.bot_data["parts"]
    talk.application.bot_data["parts"] = replace(parts, doors=replace(parts.doors, rules=rules))


def watched(talk: Conversation) -> Fault:
    """Return a fault that strikes, and is gone, as soon as a file is asked for."""
    fault = Fault("getFile", 400, "Bad Request: nobody may ask for this")
    talk.faults.add(fault)
    return fault


async def admin(talk: Conversation) -> Person:
    """Return a person who is an admin."""
    boss = await talk.person("Boss")
    await boss.say("/start")
    await boss.reply()
    known = await talk.stores.accounts.known(boss.chat)
    assert known is not None
    await talk.stores.people.promote(known.id)
    return boss


async def test_link_first_costs_nothing_and_opens_no_account(stores: Stores, tmp_path: Path) -> None:
    """A photo gets a sentence, and no secret is made for it; the file is not asked for."""
    async with talking(stores, tmp_path, Rules(access="link")) as talk:
        fault, ada = watched(talk), await talk.person()
        await ada.send_file(BAKERY)
        message = await ada.until_said("link this chat to an account first")
        assert sentences.SEND_LINK in said(message)
        assert "reply_markup" not in message
        async with as_owner(stores) as owner:
            assert await (await owner.execute("select from secrets")).fetchone() is None
        assert await stores.accounts.known(ada.chat) is None
        assert talk.faults.waiting == [fault]
        assert talk.reader.read_photos == 0


async def test_an_album_is_refused_once(stores: Stores, tmp_path: Path) -> None:
    """However many photos it has."""
    async with talking(stores, tmp_path, Rules(access="link")) as talk:
        ada = await talk.person()
        await ada.send_file(BAKERY, BAKERY + b"2", BAKERY + b"3")
        await ada.until_said("link this chat")
        await ada.say("/privacy")
        await ada.until_said("What is kept")
        refused = [message for message in await ada.answers() if "link this chat" in said(message)]
        assert len(refused) == 1


@pytest.mark.parametrize("command", ["/start", "/help"])
async def test_the_first_command_leads_to_the_link(stores: Stores, tmp_path: Path, command: str) -> None:
    """Not to a sample that could not be read yet; beside the button no command is asked for."""
    async with talking(stores, tmp_path, Rules(access="link")) as talk:
        ada = await talk.person()
        await ada.say(command)
        message = await ada.until_said("link this chat to an account first")
        token = message["reply_markup"]["inline_keyboard"][0][0]["url"].rsplit("/link/", 1)[1]
        assert (await stores.links.invited(token)).id == ada.chat
        assert sentences.SEND_LINK not in said(message)
        assert sentences.TRY_SAMPLE not in str(message)


async def test_who_links_may_come_in(stores: Stores, tmp_path: Path) -> None:
    """By a start token from the pages, without an account before."""
    async with talking(stores, tmp_path, Rules(access="link")) as talk:
        mine = await stores.accounts.enter(Identity(UUID(int=1), "ada@example.org"))
        ada = await talk.person()
        await ada.say(f"/start {await stores.links.offer(mine.id)}")
        await ada.press(await ada.until_said("a***@example.org"), sentences.LINK)
        await ada.until_said("now linked")
        await ada.send_file(BAKERY)
        await ada.until_said("10.45")


async def test_an_admin_is_asked_and_lets_somebody_in(stores: Stores, tmp_path: Path) -> None:
    """One request with two buttons; the person is told once, and again when it was decided."""
    async with talking(stores, tmp_path, Rules()) as talk:
        boss = await admin(talk)
        rule(talk, Rules(access="invite"))
        fault, bob = watched(talk), await talk.person("<b>Bob")
        await bob.send_file(BAKERY)
        await bob.until_said(sentences.ADMIN_ASKED)
        await bob.send_file(BAKERY)
        await bob.until_said(sentences.STILL_ASKED)
        assert await stores.accounts.known(bob.chat) is None
        assert talk.faults.waiting == [fault]
        asked = await boss.until_said("asks to use the bot")
        assert "<b>Bob" in said(asked)
        await boss.press(asked, sentences.APPROVE)
        await boss.until_said("may come in")
        await bob.until_said(sentences.APPROVED)
        assert sum("asks to use" in said(message) for message in await boss.answers()) == 0
        talk.faults.waiting.clear()
        await bob.send_file(BAKERY)
        await bob.until_said("10.45")


async def test_who_is_refused_is_told_once(stores: Stores, tmp_path: Path) -> None:
    """And has no account; a second press decides nothing."""
    async with talking(stores, tmp_path, Rules()) as talk:
        boss = await admin(talk)
        rule(talk, Rules(access="invite"))
        bob = await talk.person("Bob")
        await bob.say("/start")
        asked = await boss.until_said("asks to use the bot")
        await boss.press(asked, sentences.REFUSE)
        await bob.until_said(sentences.REFUSED)
        await bob.say("please")
        await bob.say("/privacy")
        await bob.until_said("What is kept")
        assert [said(message) for message in await bob.answers()].count(sentences.REFUSED) == 1
        assert len(await bob.answers()) == 3
        assert await stores.accounts.known(bob.chat) is None


async def test_an_admin_of_the_settings_needs_no_invitation(stores: Stores, tmp_path: Path) -> None:
    """Somebody has to be the first."""
    async with talking(stores, tmp_path, Rules()) as talk:
        boss = await talk.person("Boss")
        rule(talk, Rules(access="invite", admin_ids=frozenset({boss.chat})))
        await boss.say("/start")
        await boss.until_said("SnapSpend reads receipts")


async def test_an_admin_is_told_that_a_link_makes_the_account_an_admins(stores: Stores, tmp_path: Path) -> None:
    """Before they accept it; nobody else is."""
    async with talking(stores, tmp_path, Rules()) as talk:
        boss, eve = await talk.person("Boss"), await talk.person("Eve")
        rule(talk, Rules(admin_ids=frozenset({boss.chat})))
        mine = await stores.accounts.enter(Identity(UUID(int=1), "ada@example.org"))
        token = await stores.links.offer(mine.id)
        await boss.say(f"/start {token}")
        assert sentences.MAKES_ADMIN in said(await boss.until_said("a***@example.org"))
        await eve.say(f"/start {token}")
        assert sentences.MAKES_ADMIN not in said(await eve.until_said("a***@example.org"))


async def test_who_is_blocked_costs_nothing(stores: Stores, tmp_path: Path) -> None:
    """One sentence, whatever they send, and nothing is downloaded."""
    async with talking(stores, tmp_path, Rules()) as talk:
        ada = await talk.person()
        await ada.say("/start")
        await ada.until_said("SnapSpend reads receipts")
        known = await stores.accounts.known(ada.chat)
        assert known is not None
        await stores.people.block(known.id)
        fault = watched(talk)
        await ada.send_file(BAKERY)
        await ada.until_said(sentences.BLOCKED)
        await ada.say("/deleteme")
        await ada.reply(sentences.BLOCKED)
        assert talk.faults.waiting == [fault]


async def test_a_button_of_somebody_blocked_does_nothing(stores: Stores, tmp_path: Path) -> None:
    """It says so in the toast."""
    async with talking(stores, tmp_path, Rules()) as talk:
        ada = await talk.person()
        await ada.say("/start")
        message = await ada.until_said("SnapSpend reads receipts")
        known = await stores.accounts.known(ada.chat)
        assert known is not None
        await stores.people.block(known.id)
        assert (await ada.answer(await ada.press(message, sentences.TRY_SAMPLE)))["text"] == sentences.BLOCKED


async def test_too_many_photos_are_refused_before_the_download(stores: Stores, tmp_path: Path) -> None:
    """With the number, and when to come back."""
    async with talking(stores, tmp_path, Rules(), most=1) as talk:
        ada = await talk.person()
        await ada.send_file(BAKERY)
        await ada.until_said("10.45")
        fault = watched(talk)
        await ada.send_file(BAKERY + b"2")
        await ada.until_said("1 photo within 24 hours")
        assert talk.faults.waiting == [fault]
        assert talk.reader.read_photos == 1


@pytest.mark.parametrize("access", ["link", "invite"])
async def test_what_is_kept_is_told_before_anybody_comes_in(stores: Stores, tmp_path: Path, access: str) -> None:
    """Without an account, and without asking an admin."""
    async with talking(stores, tmp_path, Rules(access=access)) as talk:
        ada = await talk.person()
        await ada.say("/privacy")
        await ada.until_said("What is kept")
        assert await stores.accounts.known(ada.chat) is None
        assert await stores.requests.find(ada.chat) is None


async def test_an_admin_who_cannot_be_reached_holds_up_no_other(stores: Stores, tmp_path: Path) -> None:
    """Somebody named in the settings may never have spoken to the bot."""
    requests = PostgresRequests(stores.pool, stores.chat_jobs, frozenset({1}))
    async with talking(replace(stores, requests=requests), tmp_path, Rules()) as talk:
        boss = await admin(talk)
        assert await requests.admins() == [1, boss.chat]
        rule(talk, Rules(access="invite"))
        await (await talk.person("Bob")).say("/start")
        await boss.until_said("asks to use the bot")


async def test_a_request_is_decided_once(stores: Stores, tmp_path: Path) -> None:
    """The second admin's press changes nothing, and their message says what was decided."""
    async with talking(stores, tmp_path, Rules()) as talk:
        boss, other = await admin(talk), await admin(talk)
        rule(talk, Rules(access="invite"))
        bob = await talk.person("Bob")
        await bob.say("/start")
        asked, again = await boss.until_said("asks to use the bot"), await other.until_said("asks to use the bot")
        await boss.answer(await boss.press(asked, sentences.APPROVE))
        await boss.until_said("may come in")
        assert (await other.answer(await other.press(again, sentences.REFUSE)))["text"] == sentences.ALREADY_DECIDED
        await other.until_said("may come in")
        assert await stores.accounts.known(bob.chat) is not None


async def test_the_menu_opens_the_pages_where_telegram_can(talk: Conversation) -> None:
    """Only an address with https is one."""
    await _reach_telegram(talk.application, None, asyncio.Event())
    assert (await talk.application.bot.get_chat_menu_button()).type == "commands"
    await _reach_telegram(talk.application, "https://receipts.example", asyncio.Event())
    button = await talk.application.bot.get_chat_menu_button()
    assert button.to_dict()["web_app"] == {"url": "https://receipts.example/app"}


async def test_a_menu_that_telegram_refuses_does_not_hold_up_the_start(talk: Conversation) -> None:
    """The client library counts a refusal among network errors, which are waited out."""
    talk.faults.add(Fault("setChatMenuButton", 400, "Bad Request: BUTTON_URL_INVALID"))
    await asyncio.wait_for(_reach_telegram(talk.application, "https://receipts.example", asyncio.Event()), 5)


async def test_a_button_in_a_channel_is_somebodys(stores: Stores, tmp_path: Path) -> None:
    """The message is the channel's, the press a person's, who may be blocked."""
    async with talking(stores, tmp_path, Rules()) as talk:
        channel = {"id": -5, "type": "channel", "title": "News"}
        message = {"message_id": 3, "date": 1, "chat": channel, "sender_chat": channel, "text": "…"}
        person = {"id": 77, "is_bot": False, "first_name": "Eve"}
        pressed = {"id": "1", "from": person, "chat_instance": "1", "data": "list:0", "message": message}
        update = Update.de_json({"update_id": 1, "callback_query": pressed}, talk.application.bot)
        context = ChatContext.from_update(update, talk.application)
        assert context.recognise()
        assert await may_pass(update, context)
        assert await stores.accounts.known(77) == context.account


@pytest.mark.parametrize("text", ["/roll", "/start@other_bot", "good morning"])
async def test_a_group_hears_nothing_of_who_may_come_in(stores: Stores, tmp_path: Path, text: str) -> None:
    """What strangers say to each other, or to another bot, asks nobody for anything."""
    async with talking(stores, tmp_path, Rules(access="invite")) as talk:
        entity = [{"type": "bot_command", "offset": 0, "length": len(text)}] if text.startswith("/") else []
        group, person = {"id": -5, "type": "group", "title": "Family"}, {"id": 77, "is_bot": False, "first_name": "Eve"}
        message = {"message_id": 3, "date": 1, "chat": group, "from": person, "text": text, "entities": entity}
        update = Update.de_json({"update_id": 1, "message": message}, talk.application.bot)
        context = ChatContext.from_update(update, talk.application)
        assert context.recognise()
        assert not await may_pass(update, context)
        assert await stores.requests.find(77) is None
        assert await stores.accounts.known(77) is None
