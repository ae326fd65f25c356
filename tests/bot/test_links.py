"""A chat and an account find each other and part: buttons, codes and start tokens, used once and by their owner."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from bot import sentences
from bot.door_cards import link_card
from bot.door_presses import AcceptOffer, Unlink, read_door_press
from bot.doors import Rules
from core.accounts import Account
from core.linking import Invitation, OthersLink, SpentLink, masked
from core.settings import Settings
from core.signing_in import Identity
from tests.bot.fakes import how, open_chat
from tests.conversation import Conversation, written
from tests.core.adapters.test_postgres_links import age
from tests.person import Body, Person, said

GROUP = {"id": -100, "type": "supergroup", "title": "Family"}
TOKEN = "t" * 22
BAKERY = b"%PDF-1.4 a receipt"


@pytest.fixture
async def mine(talk: Conversation) -> Account:
    """Give an account that signed up on the pages."""
    return await talk.stores.accounts.enter(Identity(UUID(int=1), "ada@example.org"))


def button(message: Body) -> str:
    """Return where the first button under a message leads."""
    return str(message["reply_markup"]["inline_keyboard"][0][0]["url"])


async def account_of(talk: Conversation, person: Person) -> Account:
    """Return whose receipts a person's chat sends."""
    known = await talk.stores.accounts.known(person.chat)
    assert known is not None
    return known


async def test_the_button_and_the_code_belong_to_the_person(ada: Person, talk: Conversation) -> None:
    """Either lets an account on the pages claim this chat."""
    await ada.say("/link")
    message = await ada.until_said("type")
    token = button(message).removeprefix("http://127.0.0.1:8080/link/")
    code = next(word for word in said(message).split() if len(word) == 9 and word[4] == "-")
    assert (await talk.stores.links.invited(token)).id == ada.chat
    assert (await talk.stores.links.invited(code)).name == "Ada"


async def test_a_claimed_chat_is_told_once(ada: Person, talk: Conversation, mine: Account) -> None:
    """However often the job runs; the address is masked."""
    await ada.say("/link")
    token = button(await ada.until_said("type")).rsplit("/", 1)[1]
    await talk.stores.links.claim(token, mine.id)
    await talk.stores.chat_jobs.tell_linked(ada.chat, mine.id)
    await talk.stores.chat_jobs.tell_linked(ada.chat, mine.id)
    await ada.until_said("now linked to a***@example.org")
    await ada.say("/link")
    await ada.until_said("moves only the chat")
    assert sum("now linked" in said(message) for message in await ada.answers()) == 1


async def test_a_start_token_links_after_asking_once(ada: Person, talk: Conversation, mine: Account) -> None:
    """The receipts that were sent before come along."""
    talk.reader.known[BAKERY] = written("Corner Bakery\nTOTAL   $ 10.45")
    await ada.send_file(BAKERY)
    await ada.until_said("10.45")
    await ada.say(f"/start {await talk.stores.links.offer(mine.id)}")
    asked = await ada.until_said("a***@example.org")
    await ada.answer(await ada.press(asked, sentences.LINK))
    await ada.until_said("now linked")
    assert (await account_of(talk, ada)).id == mine.id
    assert (await talk.stores.ledger.newest(mine.id, 1, 0))[1] == 1


async def test_no_leaves_the_chat_as_it_is(ada: Person, talk: Conversation, mine: Account) -> None:
    """And the token unused."""
    token = await talk.stores.links.offer(mine.id)
    await ada.say(f"/start {token}")
    asked = await ada.until_said("a***@example.org")
    await ada.answer(await ada.press(asked, sentences.NO))
    await ada.until_said(sentences.LEFT_ALONE)
    assert await talk.stores.accounts.known(ada.chat) is None
    assert await talk.stores.links.offered(token) == mine


async def test_a_token_that_was_used_links_nobody(ada: Person, talk: Conversation, mine: Account) -> None:
    """Neither when opened again, nor by a button that was shown before."""
    token = await talk.stores.links.offer(mine.id)
    await ada.say(f"/start {token}")
    asked = await ada.until_said("a***@example.org")
    eve = await talk.person("Eve")
    await eve.say(f"/start {token}")
    await eve.press(await eve.until_said("a***@example.org"), sentences.LINK)
    await eve.until_said("now linked")
    await ada.press(asked, sentences.LINK)
    await ada.until_said(SpentLink().sentence)
    await ada.say(f"/start {token}")
    await ada.reply(SpentLink().sentence)
    assert [chat.name for chat in await talk.stores.accounts.chats(mine.id)] == ["Eve"]


async def test_a_token_older_than_ten_minutes_is_told(ada: Person, talk: Conversation, mine: Account) -> None:
    """In a sentence."""
    token = await talk.stores.links.offer(mine.id)
    await age(talk.stores)
    await ada.say(f"/start {token}")
    await ada.until_said(SpentLink().sentence)


@pytest.mark.parametrize("payload", ["hello", "x" * 64, "' or 1=1", "<b>", TOKEN + "é"])
async def test_a_start_with_anything_else_is_a_plain_start(payload: str) -> None:
    """No sentence about links."""
    assert how(await (await open_chat()).send(text=f"/start {payload}")) == [("say", sentences.START)]


@pytest.mark.parametrize("command", ["/link", "/login", "/unlink", "/deleteme", f"/start@snapspend_bot {TOKEN}"])
async def test_no_secret_is_told_in_a_group(command: str) -> None:
    """Everybody there would read it."""
    assert how(await (await open_chat()).send(chat=GROUP, text=command)) == [("say", sentences.PRIVATE_ONLY)]


async def test_nobody_takes_a_link_in_a_group() -> None:
    """A token that is shown there, or a forged button, links nobody."""
    message = {"message_id": 9, "date": 1, "chat": GROUP, "text": "…"}
    said_then = await (await open_chat()).press(AcceptOffer(TOKEN).data(), message=message)
    assert how(said_then) == [("toast", OthersLink().sentence)]


@pytest.mark.parametrize("data", ["accept:", "accept:x", f"accept:{TOKEN}x", "deleteme:3", "unlink:1", "dismiss:"])
async def test_forged_buttons_stand_for_nothing(data: str) -> None:
    """They get the toast of any old button."""
    assert read_door_press(data) is None
    assert how(await (await open_chat()).press(data)) == [("toast", sentences.OLD_BUTTON)]


@pytest.mark.parametrize("data", [Unlink().data(), "deleteme:1", "deleteme:2"])
async def test_an_old_question_is_not_answered_any_more(data: str) -> None:
    """A message found again months later does nothing."""
    assert how(await (await open_chat()).press(data)) == [("toast", sentences.TOO_LATE)]


async def test_login_signs_in_once(ada: Person, talk: Conversation) -> None:
    """The button's token is the account's, guest or not."""
    await ada.say("/login")
    address = button(await ada.until_said("signs you in"))
    assert address.startswith("http://127.0.0.1:8080/enter/")
    token = address.rsplit("/", 1)[1]
    assert await talk.stores.links.sign_in(token) == await account_of(talk, ada)


async def test_untying_asks_and_leaves_the_receipts(ada: Person, talk: Conversation, mine: Account) -> None:
    """Afterwards the chat begins anew."""
    await ada.say("/unlink")
    await ada.until_said(sentences.NOT_LINKED)
    await ada.say(f"/start {await talk.stores.links.offer(mine.id)}")
    await ada.press(await ada.until_said("a***@example.org"), sentences.LINK)
    await ada.until_said("now linked")
    await ada.say("/unlink")
    await ada.press(await ada.until_said("untied from a***@example.org"), sentences.UNLINK)
    await ada.until_said(sentences.UNLINKED)
    assert await talk.stores.accounts.known(ada.chat) is None
    assert await talk.stores.accounts.find(mine.id) == mine


async def test_a_name_with_markup_is_shown_as_it_is(talk: Conversation, mine: Account) -> None:
    """It ends up in an account's list of chats, never as HTML."""
    async with talk.working():
        eve = await talk.person("<b>Eve</b> & <a href='x'>co")
        await eve.say("/link")
        token = button(await eve.until_said("type")).rsplit("/", 1)[1]
    assert (await talk.stores.links.invited(token)).name == "<b>Eve</b> & <a href='x'>co"


@pytest.mark.parametrize(
    ("settings", "buttons"),
    [
        ({}, False),
        ({"PUBLIC_URL": "https://receipts.example"}, True),
        ({"TELEGRAM_API_URL": "http://127.0.0.1:8081"}, True),
    ],
)
def test_telegram_gets_no_button_to_this_machine(settings: dict[str, Any], buttons: bool) -> None:
    """It would refuse the whole message; the address stands in the text then."""
    rules = Rules.of(Settings.from_environment(settings))
    text, keyboard = link_card("…", Invitation(TOKEN, "ABCDEFGH"), rules)
    assert (keyboard is not None, f"/link/{TOKEN}" in text) == (buttons, not buttons)
    assert "ABCD-EFGH" in text


@pytest.mark.parametrize(("address", "shown"), [("ada@example.org", "a***@example.org"), ("x@y.de", "x***@y.de")])
def test_an_address_is_shown_masked(address: str, shown: str) -> None:
    """Its owner knows it."""
    assert masked(address) == shown


async def test_links_are_made_eight_times_in_a_while(ada: Person, talk: Conversation) -> None:
    """Then a sentence says when to come back; sign-ins count with them."""
    for _ in range(8):
        await ada.say("/link")
        await ada.until_said("type")
    for command in ("/login", "/link"):
        await ada.say(command)
        await ada.until_said("wait 15 minutes")
