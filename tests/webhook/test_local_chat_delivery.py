"""Updates reach the bot in order, with their secret, again and again, and survive restarts."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.error import BadRequest, Conflict

from core.adapters.database import Pool
from core.adapters.local_chat_store import LocalChatStore
from tests.person import Person
from tests.webhook.conftest import Running
from webhook.local_chat.app import build_app
from webhook.local_chat.context import LOCAL_CHAT, Settings, telegram_wait

SECRET = "a_Secret-1"
KEYS = InlineKeyboardMarkup([[InlineKeyboardButton("Yes", callback_data="yes")]])


@dataclass
class Receiver:
    """A webhook that answers as it is told: the next statuses first, then 200, once `open` is set."""

    statuses: list[int] = field(default_factory=list)
    came: asyncio.Queue[tuple[str | None, dict[str, Any]]] = field(default_factory=asyncio.Queue)
    open: asyncio.Event = field(default_factory=asyncio.Event)
    url: str = ""

    async def take(self, request: web.Request) -> web.Response:
        """Note an update and answer."""
        secret = request.headers.get("X-Telegram-Bot-Api-Secret-Token")
        self.came.put_nowait((secret, await request.json()))
        await self.open.wait()
        return web.Response(status=self.statuses.pop(0) if self.statuses else 200)

    async def next(self) -> dict[str, Any]:
        """Return the next update that comes; it must have the secret."""
        secret, update = await asyncio.wait_for(self.came.get(), 15)
        assert secret == SECRET
        return update


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    """Lend a running webhook that answers 200."""
    receiver = Receiver()
    receiver.open.set()
    app = web.Application()
    app.router.add_post("/hook", receiver.take)
    async with TestServer(app) as server:
        receiver.url = str(server.make_url("/hook"))
        yield receiver
        receiver.open.set()


async def taken(person: Person) -> None:
    """Wait until the person's newest message has been taken by the bot."""
    await person.until(lambda event: event["kind"] == "message" and event["data"]["delivery"] == "delivered")


async def test_an_update_is_what_the_library_expects(bot: Bot, person: Person, receiver: Receiver) -> None:
    """A message comes with its secret and becomes an Update with a command in it."""
    await bot.set_webhook(receiver.url, secret_token=SECRET)
    await person.say("/start now")
    update = Update.de_json(await receiver.next(), bot)
    assert update.message is not None
    assert update.message.from_user is not None
    assert (update.message.text, update.message.chat.type) == ("/start now", "private")
    assert update.message.parse_entities(["bot_command"]).popitem()[1] == "/start"
    assert not update.message.from_user.is_bot
    await taken(person)


async def test_a_failed_delivery_is_repeated_before_the_next(bot: Bot, person: Person, receiver: Receiver) -> None:
    """The same update comes again until it is taken; only then comes the next of the chat."""
    receiver.statuses = [500, 404, 302]
    await bot.set_webhook(receiver.url, secret_token=SECRET)
    await person.say("one")
    await person.say("two")
    updates = [await receiver.next() for _ in range(5)]
    assert [update["message"]["text"] for update in updates] == ["one"] * 4 + ["two"]
    assert updates[0]["update_id"] == updates[3]["update_id"] < updates[4]["update_id"]
    await taken(person)
    info = await bot.get_webhook_info()
    assert info.last_error_message == "Wrong response from the webhook: 302 Found"


async def test_a_failing_chat_does_not_hold_up_another(
    bot: Bot, person: Person, receiver: Receiver, running: Running
) -> None:
    """While one chat's update is on its way, another chat's is delivered; the same chat's waits."""
    other = await Person.join(person.client, running.address, "Bea")
    await bot.set_webhook(receiver.url, secret_token=SECRET)
    receiver.open.clear()
    for sender, text in ((person, "a1"), (person, "a2"), (other, "b1")):
        await sender.say(text)
    held = {(await receiver.next())["message"]["text"] for _ in range(2)}
    assert held == {"a1", "b1"}
    assert receiver.came.empty()
    receiver.open.set()
    assert (await receiver.next())["message"]["text"] == "a2"


async def test_a_button_press_goes_round(bot: Bot, person: Person, receiver: Receiver) -> None:
    """A press becomes a callback query of the bot's message, and its answer reaches the person, once it is known."""
    await bot.set_webhook(receiver.url, secret_token=SECRET)
    await bot.send_message(person.chat, "Sure?", reply_markup=KEYS)
    press = await person.press((await person.history())[-1]["message"], "Yes")
    query = Update.de_json(await receiver.next(), bot).callback_query
    assert query is not None
    assert query.message is not None
    assert (query.id, query.data, query.message.from_user.is_bot) == (press, "yes", True)
    assert int(query.chat_instance)
    await query.answer("Saved", show_alert=True)
    answer = await person.answer(press)
    assert (answer["text"], answer["alert"]) == ("Saved", True)
    with pytest.raises(BadRequest, match=r"(?i)query is too old"):
        await bot.answer_callback_query("12345")


async def test_a_press_and_a_message_are_two_queues(bot: Bot, person: Person, receiver: Receiver) -> None:
    """A message that is held up does not hold up a press of the same person."""
    await bot.set_webhook(receiver.url, secret_token=SECRET)
    await bot.send_message(person.chat, "Sure?", reply_markup=KEYS)
    receiver.open.clear()
    await person.say("hello")
    await person.press((await person.history())[0]["message"], "Yes")
    kinds = {next(key for key in await receiver.next() if key != "update_id") for _ in range(2)}
    assert kinds == {"message", "callback_query"}


async def test_nothing_is_lost_over_a_restart(
    chat_pool: Pool, chat_settings: Settings, person: Person, bot: Bot, receiver: Receiver
) -> None:
    """What was said while nobody took it is delivered by another process, after a restart."""
    waiting = build_app(LocalChatStore(chat_pool), replace(chat_settings, retry_wait=telegram_wait))
    receiver.statuses = [503]
    await bot.set_webhook(receiver.url, secret_token=SECRET)
    await bot.delete_webhook()
    await person.say("do not lose me")
    async with TestServer(waiting) as second:
        assert second.app[LOCAL_CHAT].settings.token == chat_settings.token
        await bot.set_webhook(receiver.url, secret_token=SECRET)
        first, again = await receiver.next(), await receiver.next()
    assert first == again
    assert first["message"]["text"] == "do not lose me"


async def test_get_updates_confirms_by_offset(bot: Bot, person: Person) -> None:
    """Updates come until they are confirmed; a poll waits for the first; a webhook forbids it."""
    poll = asyncio.create_task(bot.get_updates(timeout=10))
    await person.say("one")
    first = (await poll)[0]
    assert first.message is not None
    assert first.message.text == "one"
    await person.say("two")
    both = await bot.get_updates()
    assert [update.update_id for update in both] == [first.update_id, first.update_id + 1]
    assert [update.update_id for update in await bot.get_updates(offset=-1)] == [first.update_id + 1]
    assert await bot.get_updates(offset=first.update_id + 2) == ()
    await taken(person)
    await bot.set_webhook("http://127.0.0.1:9/none")
    with pytest.raises(Conflict):
        await bot.get_updates()


async def test_a_second_poll_ends_the_first(bot: Bot, person: Person, running: Running) -> None:
    """Two pollers at once are a conflict for the older one."""
    before = running.chat.polls
    older = asyncio.create_task(bot.get_updates(timeout=20))
    with running.chat.signals.listener() as woken:
        while running.chat.polls == before:
            woken.clear()
            await woken.wait()
    newer = asyncio.create_task(running.bot().get_updates(timeout=20))
    with pytest.raises(Conflict, match=r"(?i)terminated by other"):
        await older
    await person.say("for the newer")
    assert len(await newer) == 1


async def test_webhook_settings_are_checked(bot: Bot, person: Person) -> None:
    """Only an address of this machine and a proper secret are taken; kinds that are not wanted are not queued."""
    with pytest.raises(BadRequest, match="this machine only"):
        await bot.set_webhook("https://example.org/hook")
    with pytest.raises(BadRequest, match="unallowed characters"):
        await bot.set_webhook("http://127.0.0.1:9/", secret_token="no spaces")
    await bot.set_webhook("http://127.0.0.1:9/", allowed_updates=["callback_query"], max_connections=3)
    await person.say("not wanted")
    info = await bot.get_webhook_info()
    assert (info.pending_update_count, info.max_connections) == (0, 3)
    assert info.allowed_updates == ("callback_query",)
    await bot.delete_webhook(drop_pending_updates=True)
    assert (await bot.get_webhook_info()).url == ""


def test_waits_are_telegrams() -> None:
    """The first retry comes at once, the next after 2, 4, 8 … seconds, never more than a minute."""
    assert [telegram_wait(attempts) for attempts in (1, 2, 3, 4, 99)] == [0, 2, 4, 8, 60]
