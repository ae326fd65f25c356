"""People, chats, messages and updates in Telegram's documented form."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Any

from core.adapters.local_chat_rows import Pending
from webhook.local_chat.entities import Entity

Body = dict[str, Any]
MESSAGE_GOOD_FOR = timedelta(hours=24)
CALLBACK_GOOD_FOR = timedelta(seconds=150)


def chat_of(row: Body) -> Body:
    """Return a person's private chat as a Chat."""
    return {"id": row["id"], "type": "private", "first_name": row["name"]}


def person_of(row: Body) -> Body:
    """Return the person of a chat as a User."""
    return {"id": row["id"], "is_bot": False, "first_name": row["name"], "language_code": row["language"]}


def seconds(moment: datetime) -> int:
    """Return a moment as Telegram writes it: whole seconds since 1970."""
    return int(moment.timestamp())


def message_body(sender: Body, chat: Body, moment: datetime) -> Body:
    """Return what every message begins with."""
    return {"from": sender, "chat": chat, "date": seconds(moment)}


def written(text: str, entities: list[Entity], caption: bool = False) -> Body:
    """Return text or caption with its entities; nothing for an empty text."""
    if not text:
        return {}
    names = ("caption", "caption_entities") if caption else ("text", "entities")
    return {names[0]: text, **({names[1]: entities} if entities else {})}


def quoted(body: Body) -> Body:
    """Return a message as it stands inside an answer to it: without what it answers itself."""
    return {key: value for key, value in body.items() if key != "reply_to_message"}


def chat_instance(chat: int) -> str:
    """Return the number by which button presses of one chat are known; the same for ever."""
    digest = hashlib.sha256(f"chat {chat}".encode()).digest()
    return str(int.from_bytes(digest[:8], "big", signed=True))


def message_update(body: Body, moment: datetime) -> Pending:
    """Return the update that tells the bot of a person's message."""
    chat = body["chat"]["id"]
    return Pending(
        queue=f"chat:{chat}",
        kind="message",
        body=body,
        chat=chat,
        expires=moment + MESSAGE_GOOD_FOR,
        message=body["message_id"],
    )


def callback_update(callback: Body, chat: int, moment: datetime) -> Pending:
    """Return the update that tells the bot of a pressed button; such updates have a queue of their own."""
    return Pending(
        queue=f"callback:{chat}",
        kind="callback_query",
        body=callback,
        chat=chat,
        expires=moment + CALLBACK_GOOD_FOR,
    )
