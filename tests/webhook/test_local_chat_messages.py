"""The real client library talks to the local chat: messages, edits, media, commands."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaDocument,
    InputMediaPhoto,
    MenuButtonCommands,
    ReplyParameters,
)
from telegram.constants import ChatAction, ReactionEmoji
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, RetryAfter, TimedOut

from tests.person import Person
from tests.webhook.conftest import Running
from webhook.local_chat.editing import REACTIONS, bare
from webhook.local_chat.faults import Fault

KEYS = InlineKeyboardMarkup([[InlineKeyboardButton("Yes", callback_data="yes")]])


def picture(width: int = 1600, height: int = 900, kind: str = "JPEG") -> bytes:
    """Return a drawn picture."""
    out = io.BytesIO()
    Image.linear_gradient("L").resize((width, height)).convert("RGB").save(out, kind)
    return out.getvalue()


async def test_get_me_is_a_bot(bot: Bot) -> None:
    """The bot knows itself as a bot with the id of its token."""
    me = await bot.get_me()
    assert me.is_bot
    assert me.id == 1000001


async def test_html_becomes_entities(bot: Bot, person: Person) -> None:
    """Marks are stored as entities, counted in UTF-16 units, and white space around the text goes."""
    sent = await bot.send_message(
        person.chat,
        " 🧾 <b>Total <i>5 &lt; 6</i></b> <a href='https://example.org/?a=1&amp;b=2'>x</a> /list ",
        parse_mode="HTML",
    )
    assert sent.text == "🧾 Total 5 < 6 x /list"
    assert {(mark.type, text) for mark, text in sent.parse_entities().items()} == {
        ("bold", "Total 5 < 6"),
        ("italic", "5 < 6"),
        ("text_link", "x"),
        ("bot_command", "/list"),
    }
    assert next(mark.url for mark in sent.entities if mark.url) == "https://example.org/?a=1&b=2"


@pytest.mark.parametrize("markup", ["<b>", "</b>", "<b><i></b></i>", "<script>x</script>", "a < b", "<span>x</span>"])
async def test_bad_html_is_refused(bot: Bot, person: Person, markup: str) -> None:
    """Markup that Telegram would not parse is not parsed here."""
    with pytest.raises(BadRequest, match=r"(?i)can't parse entities"):
        await bot.send_message(person.chat, markup, parse_mode="HTML")


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "ftp://example.org", "http://", "pages"]
)
async def test_a_button_leads_to_the_web_alone(bot: Bot, person: Person, address: str) -> None:
    """Telegram refuses what is no address of a page, and so does the stand-in."""
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Open", url=address)]])
    with pytest.raises(BadRequest, match=r"(?i)wrong http url"):
        await bot.send_message(person.chat, "Open", reply_markup=keyboard)


async def test_text_length_is_bounded(bot: Bot, person: Person) -> None:
    """4096 units after parsing are taken and one more is not."""
    await bot.send_message(person.chat, f"<b>{'é' * 4096}</b>", parse_mode="HTML")
    with pytest.raises(BadRequest, match=r"(?i)too long"):
        await bot.send_message(person.chat, "😀" * 2049)
    with pytest.raises(BadRequest, match=r"(?i)empty"):
        await bot.send_message(person.chat, " \n ")
    with pytest.raises(BadRequest, match=r"(?i)caption is too long"):
        await bot.send_document(person.chat, b"x", caption="x" * 1025)


async def test_callback_data_is_bounded_in_bytes(bot: Bot, person: Person) -> None:
    """64 bytes of callback data are taken and 65 are not, whatever the letters."""

    def keys(data: str) -> InlineKeyboardMarkup:
        return InlineKeyboardMarkup([[InlineKeyboardButton("x", callback_data=data)]])

    await bot.send_message(person.chat, "x", reply_markup=keys("é" * 32))
    with pytest.raises(BadRequest, match=r"(?i)button_data_invalid"):
        await bot.send_message(person.chat, "x", reply_markup=keys("é" * 32 + "x"))


async def test_edit_without_keyboard_removes_it(bot: Bot, person: Person) -> None:
    """An edit replaces the text and, without a keyboard, takes the old one away; the same again is an error."""
    sent = await bot.send_message(person.chat, "Reading…", reply_markup=KEYS)
    edited = await bot.edit_message_text("Done", person.chat, sent.message_id)
    assert (edited.text, edited.reply_markup, bool(edited.edit_date)) == ("Done", None, True)
    with pytest.raises(BadRequest, match=r"(?i)message is not modified"):
        await bot.edit_message_text("Done", person.chat, sent.message_id)
    assert (await bot.edit_message_reply_markup(person.chat, sent.message_id, reply_markup=KEYS)).reply_markup == KEYS


async def test_edits_of_wrong_messages_are_refused(bot: Bot, person: Person) -> None:
    """A message that is missing, not the bot's, or of another kind is not edited."""
    photo = await bot.send_photo(person.chat, picture(), caption="a")
    own = await person.say("mine")
    with pytest.raises(BadRequest, match=r"(?i)message to edit not found"):
        await bot.edit_message_text("x", person.chat, 999_999)
    with pytest.raises(BadRequest, match=r"(?i)can't be edited"):
        await bot.edit_message_text("x", person.chat, own["message_id"])
    with pytest.raises(BadRequest, match=r"(?i)no text in the message"):
        await bot.edit_message_text("x", person.chat, photo.message_id)


async def test_photo_comes_in_several_sizes(bot: Bot, person: Person) -> None:
    """A photo is stored small to large, its longest side 1280, and can be sent again by its id."""
    sent = await bot.send_photo(person.chat, picture(), caption="<b>a</b>", parse_mode="HTML")
    assert [(size.width, size.height) for size in sent.photo] == [(90, 51), (320, 180), (800, 450), (1280, 720)]
    again = await bot.send_photo(person.chat, sent.photo[-1].file_id)
    assert again.photo == sent.photo
    caption = await bot.edit_message_caption(person.chat, sent.message_id, caption="b")
    assert (caption.caption, caption.photo) == ("b", sent.photo)


async def test_photo_of_something_else_is_refused(bot: Bot, person: Person) -> None:
    """Bytes that are no picture cannot be a photo, and nothing is fetched from elsewhere."""
    with pytest.raises(BadRequest, match=r"(?i)image_process_failed"):
        await bot.send_photo(person.chat, b"not a picture")
    with pytest.raises(BadRequest, match=r"(?i)failed to get HTTP URL"):
        await bot.send_photo(person.chat, "https://example.org/cat.jpg")
    with pytest.raises(BadRequest, match=r"(?i)wrong file identifier"):
        await bot.send_photo(person.chat, "no-such-file")


async def test_document_comes_back_byte_for_byte(bot: Bot, person: Person) -> None:
    """A document keeps its bytes and name, and getFile leads to them."""
    sent = await bot.send_document(person.chat, b"a,b\n1,2\n", filename="../../march.csv", caption="March")
    assert sent.document is not None
    assert (sent.document.file_name, sent.document.mime_type) == ("march.csv", "text/csv")
    file = await bot.get_file(sent.document.file_id)
    assert bytes(await file.download_as_bytearray()) == b"a,b\n1,2\n"


async def test_file_over_twenty_megabytes_is_too_big(bot: Bot, person: Person) -> None:
    """A person may send more than a bot may fetch."""
    message = (await person.send([("big.bin", bytes((20 << 20) + 1))], "file"))[0]
    with pytest.raises(BadRequest, match=r"(?i)file is too big"):
        await bot.get_file(message["document"]["file_id"])


async def test_album_and_media_edit(bot: Bot, person: Person) -> None:
    """An album shares one id, holds 2 to 10 of one type, and its parts can be replaced."""
    sent = await bot.send_media_group(
        person.chat, [InputMediaPhoto(picture(), caption="<i>one</i>", parse_mode="HTML"), InputMediaPhoto(picture())]
    )
    assert len({message.media_group_id for message in sent}) == 1
    assert sent[0].caption == "one"
    edited = await bot.edit_message_media(
        InputMediaDocument(b"x", filename="x.txt", caption="c"), person.chat, sent[0].message_id
    )
    assert edited.document is not None
    assert not edited.photo
    with pytest.raises(BadRequest, match=r"(?i)2-10"):
        await bot.send_media_group(person.chat, [InputMediaPhoto(picture())])
    with pytest.raises(BadRequest, match=r"(?i)mixed"):
        await bot.send_media_group(person.chat, [InputMediaPhoto(picture()), InputMediaDocument(b"x")])


async def test_replies_quote_what_they_answer(bot: Bot, person: Person) -> None:
    """A reply holds the message it answers; one to nothing is refused unless it may stand alone."""
    own = await person.say("hello")
    sent = await bot.send_message(person.chat, "hi", reply_parameters=ReplyParameters(own["message_id"]))
    assert sent.reply_to_message is not None
    assert sent.reply_to_message.text == "hello"
    with pytest.raises(BadRequest, match=r"(?i)replied not found"):
        await bot.send_message(person.chat, "hi", reply_parameters=ReplyParameters(999_999))
    alone = ReplyParameters(999_999, allow_sending_without_reply=True)
    assert (await bot.send_message(person.chat, "hi", reply_parameters=alone)).reply_to_message is None


async def test_delete_and_react(bot: Bot, person: Person) -> None:
    """A message can be reacted to and deleted, once."""
    own = await person.say("hello")
    await bot.set_message_reaction(person.chat, own["message_id"], ReactionEmoji.THUMBS_UP)
    assert (await person.history())[-1]["reactions"] == [{"type": "emoji", "emoji": "👍"}]
    with pytest.raises(BadRequest, match=r"(?i)reaction_invalid"):
        await bot.set_message_reaction(person.chat, own["message_id"], "🧾")
    assert await bot.delete_message(person.chat, own["message_id"])
    with pytest.raises(BadRequest, match=r"(?i)message to delete not found"):
        await bot.delete_message(person.chat, own["message_id"])


def test_reactions_are_telegrams() -> None:
    """Every reaction of the client library is known here."""
    assert {bare(reaction.value) for reaction in ReactionEmoji} == REACTIONS


async def test_commands_by_scope_and_language(bot: Bot, person: Person, running: Running) -> None:
    """The person sees the nearest menu of commands in their language; names are checked."""
    await bot.set_my_commands([BotCommand("list", "What you bought")])
    await bot.set_my_commands([BotCommand("liste", "Was du gekauft hast")], language_code="de")
    await bot.set_my_commands([BotCommand("own", "Yours")], scope=BotCommandScopeChat(person.chat))
    assert [command.command for command in await bot.get_my_commands(language_code="de")] == ["liste"]
    german = await Person.join(person.client, running.address, "Jörg", "de")
    for someone, expected in ((german, "liste"), (person, "own")):
        async with person.client.get(f"{running.address}/chat/api/chats/{someone.chat}/commands") as response:
            assert [command["command"] for command in await response.json()] == [expected]
    with pytest.raises(BadRequest, match=r"(?i)bot_command_invalid"):
        await bot.set_my_commands([BotCommand("No Spaces", "x")])
    assert await bot.set_chat_menu_button(person.chat, MenuButtonCommands())


async def test_chat_action_is_shown(bot: Bot, person: Person) -> None:
    """What the bot does reaches the person; an unknown action is refused."""
    await bot.send_chat_action(person.chat, ChatAction.TYPING)
    assert (await person.until(lambda event: event["kind"] == "action"))["data"] == {"action": "typing"}
    with pytest.raises(BadRequest, match=r"(?i)wrong parameter action"):
        await bot.send_chat_action(person.chat, "dancing")


async def test_get_chat(bot: Bot, person: Person) -> None:
    """A chat is known by its person; an unknown one is an error."""
    assert (await bot.get_chat(person.chat)).first_name == "Alex"
    with pytest.raises(BadRequest, match=r"(?i)chat not found"):
        await bot.send_message(5, "x")


async def test_errors_become_the_librarys_classes(running: Running, person: Person) -> None:
    """Wrong tokens, a stopped bot, floods and failures are what the client library expects them to be."""
    bot = running.bot()
    with pytest.raises(InvalidToken):
        await running.bot("1000001:another").get_me()
    with pytest.raises(InvalidToken):
        await running.bot("nonsense").get_me()
    faults = running.chat.faults
    faults.add(Fault("sendMessage", 429, retry_after=7))
    with pytest.raises(RetryAfter, match=r"(?i)7"):
        await bot.send_message(person.chat, "x")
    faults.add(Fault("sendMessage", 502, "Bad Gateway"))
    with pytest.raises(NetworkError):
        await bot.send_message(person.chat, "x")
    url = f"{running.address}/chat/api/chats/{person.chat}"
    async with person.client.patch(url, json={"blocked": True}) as response:
        assert response.status == 200
    with pytest.raises(Forbidden, match=r"(?i)blocked by the user"):
        await bot.send_message(person.chat, "x")


async def test_a_send_can_be_done_without_an_answer(running: Running, person: Person) -> None:
    """A test can have a message sent whose answer never comes, asked for over HTTP."""
    fault = {"method": "sendMessage", "hang": True, "done_first": True}
    async with person.client.post(f"{running.address}/control/faults", json=fault) as response:
        assert response.status == 200
    with pytest.raises(TimedOut):
        await running.bot(read_timeout=0.3).send_message(person.chat, "once")
    assert [row["message"]["text"] for row in await person.history()] == ["once"]
