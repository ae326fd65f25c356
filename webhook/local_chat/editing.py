"""The Bot API methods that change or remove a message that is already there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from webhook.local_chat.call import Call
from webhook.local_chat.content import Body, addressed, formatted, keyboard
from webhook.local_chat.context import LocalChat
from webhook.local_chat.errors import bad_request
from webhook.local_chat.sending import input_media
from webhook.local_chat.wire import seconds, written

CONTENT = ("text", "entities", "caption", "caption_entities", "photo", "document")
DELETABLE_FOR = timedelta(hours=48)
SAME = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
REACTIONS = frozenset(
    (
        "❤",
        "👍",
        "👎",
        "🔥",
        "🥰",
        "👏",
        "😁",
        "🤔",
        "🤯",
        "😱",
        "🤬",
        "😢",
        "🎉",
        "🤩",
        "🤮",
        "💩",
        "🙏",
        "👌",
        "🕊",
        "🤡",
        "🥱",
        "🥴",
        "😍",
        "🐳",
        "❤‍🔥",
        "🌚",
        "🌭",
        "💯",
        "🤣",
        "⚡",
        "🍌",
        "🏆",
        "💔",
        "🤨",
        "😐",
        "🍓",
        "🍾",
        "💋",
        "🖕",
        "😈",
        "😴",
        "😭",
        "🤓",
        "👻",
        "👨‍💻",
        "👀",
        "🎃",
        "🙈",
        "😇",
        "😨",
        "🤝",
        "✍",
        "🤗",
        "🫡",
        "🎅",
        "🎄",
        "☃",
        "💅",
        "🤪",
        "🗿",
        "🆒",
        "💘",
        "🙉",
        "🦄",
        "😘",
        "💊",
        "🙊",
        "😎",
        "👾",
        "🤷‍♂",
        "🤷",
        "🤷‍♀",
        "😡",
    )
)


async def edit_text(chat: LocalChat, call: Call) -> Body:
    """Change a text message; without `reply_markup` its keyboard goes."""
    body = await editable(chat, call)
    text, entities = formatted(call, "text")
    if not text:
        raise bad_request("message text is empty")
    if "text" not in body:
        raise bad_request("there is no text in the message to edit")
    return await change(chat, call, body, written(text, entities))


async def edit_caption(chat: LocalChat, call: Call) -> Body:
    """Change what stands under a picture or file."""
    body = await editable(chat, call)
    caption = written(*formatted(call, "caption"), caption=True)
    if "text" in body:
        raise bad_request("there is no caption in the message to edit")
    kept = {key: body[key] for key in ("photo", "document") if key in body}
    return await change(chat, call, body, kept | caption)


async def edit_media(chat: LocalChat, call: Call) -> Body:
    """Put another picture or file, with its caption, in place of what a message held."""
    body = await editable(chat, call)
    return await change(chat, call, body, await input_media(chat, call, call.json("media")))


async def edit_markup(chat: LocalChat, call: Call) -> Body:
    """Change only the keyboard."""
    body = await editable(chat, call)
    return await change(chat, call, body, {key: body[key] for key in CONTENT if key in body})


async def editable(chat: LocalChat, call: Call) -> Body:
    """Return the message to edit. Raises ApiError 400 when there is none, or it is not the bot's."""
    row = await addressed(chat, call)
    number = call.integer("message_id")
    if number is None:
        raise bad_request("message identifier is not specified")
    message = await chat.store.message(row["id"], number)
    if message is None:
        raise bad_request("message to edit not found")
    if not message["from_bot"]:
        raise bad_request("message can't be edited")
    return dict(message["body"])


async def change(chat: LocalChat, call: Call, body: Body, content: Body) -> Body:
    """Replace a message's content and keyboard. Raises ApiError 400 when nothing would change."""
    replaced = (*CONTENT, "reply_markup")
    new = {key: value for key, value in body.items() if key not in replaced} | content | keyboard(call)
    if all(new.get(key) == body.get(key) for key in replaced):
        raise bad_request(SAME)
    new["edit_date"] = seconds(chat.store.clock())
    async with chat.store.writing() as connection:
        return await chat.store.rewrite(connection, body["chat"]["id"], new)


async def delete_message(chat: LocalChat, call: Call) -> bool:
    """Remove a message of the chat that is younger than 48 hours."""
    row = await addressed(chat, call)
    message = await chat.store.message(row["id"], call.integer("message_id") or 0)
    if message is None:
        raise bad_request("message to delete not found")
    if message["body"]["date"] < seconds(chat.store.clock() - DELETABLE_FOR):
        raise bad_request("message can't be deleted")
    return await chat.store.remove(row["id"], message["id"])


async def delete_messages(chat: LocalChat, call: Call) -> bool:
    """Remove up to 100 messages; those that are not there are passed over."""
    row = await addressed(chat, call)
    numbers = call.json("message_ids")
    if not isinstance(numbers, list) or not 1 <= len(numbers) <= 100:
        raise bad_request("message identifiers are not specified")
    for number in numbers:
        await chat.store.remove(row["id"], Call(call.method, {"id": number}).integer("id") or 0)
    return True


async def react(chat: LocalChat, call: Call) -> bool:
    """Set the bot's reaction (one emoji at most) to a message, or take it away."""
    row = await addressed(chat, call)
    reactions: Any = call.json("reaction") or []
    if not isinstance(reactions, list) or len(reactions) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    for reaction in reactions:
        if not isinstance(reaction, dict) or bare(str(reaction.get("emoji"))) not in REACTIONS:
            raise bad_request("REACTION_INVALID")
    kept = [{"type": "emoji", "emoji": reaction["emoji"]} for reaction in reactions]
    if not await chat.store.react(row["id"], call.integer("message_id") or 0, kept):
        raise bad_request("message to react not found")
    return True


def bare(emoji: str) -> str:
    """Return an emoji without its variation selectors, which clients write or leave out."""
    return emoji.replace("\ufe0f", "")


METHODS = {
    "editMessageText": edit_text,
    "editMessageCaption": edit_caption,
    "editMessageMedia": edit_media,
    "editMessageReplyMarkup": edit_markup,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
    "setMessageReaction": react,
}
