"""The Bot API methods around a message: who and where, actions, button answers, files, commands."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from webhook.local_chat.call import Call
from webhook.local_chat.content import Body, addressed
from webhook.local_chat.context import LocalChat
from webhook.local_chat.entities import units
from webhook.local_chat.errors import bad_request
from webhook.local_chat.wire import chat_of

DOWNLOAD_LIMIT = 20 << 20  # bytes; getFile refuses more
ACTIONS = {
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
}
COMMAND = re.compile(r"[a-z0-9_]{1,32}")
SCOPES = {"default", "all_private_chats", "all_group_chats", "all_chat_administrators"}
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


async def get_me(chat: LocalChat, call: Call) -> Body:
    """Return the bot."""
    abilities = (
        "can_join_groups",
        "can_read_all_group_messages",
        "supports_inline_queries",
        "can_connect_to_business",
        "has_main_web_app",
    )
    return chat.settings.bot | dict.fromkeys(abilities, False)


async def get_chat(chat: LocalChat, call: Call) -> Body:
    """Return what is known of a chat."""
    row = await addressed(chat, call)
    gifts = dict.fromkeys(
        (
            "unlimited_gifts",
            "limited_gifts",
            "unique_gifts",
            "premium_subscription",
            "gifts_from_channels",
        ),
        False,
    )
    return chat_of(row) | {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": gifts}


async def send_action(chat: LocalChat, call: Call) -> bool:
    """Show for five seconds, or until the next message, what the bot does."""
    row = await addressed(chat, call)
    action = call.text("action")
    if action not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    await chat.store.announce(row["id"], "action", {"action": action})
    return True


async def answer_callback(chat: LocalChat, call: Call) -> bool:
    """Answer a pressed button with a note, an alert, or nothing but the end of its spinner."""
    text = call.text("text") or ""
    if units(text) > 200:
        raise bad_request("MESSAGE_TOO_LONG")
    number = call.text("callback_query_id") or ""
    asked = await chat.store.callback(number)
    oldest = chat.store.clock() - timedelta(seconds=chat.settings.callback_seconds)
    if asked is None or asked["asked"] < oldest:
        raise bad_request(TOO_OLD)
    answer = {"callback": number, "text": text, "alert": call.flag("show_alert"), "url": call.text("url")}
    await chat.store.announce(asked["chat_id"], "answer", answer)
    return True


async def get_file(chat: LocalChat, call: Call) -> Body:
    """Return where a file's bytes can be had."""
    file = await chat.store.file("id", call.text("file_id") or "")
    if file is None:
        raise bad_request("invalid file_id")
    if file.size > DOWNLOAD_LIMIT:
        raise bad_request("file is too big")
    return {
        "file_id": file.id,
        "file_unique_id": file.unique_id,
        "file_size": file.size,
        "file_path": file.path,
    }


def scope_of(call: Call) -> tuple[str, str]:
    """Return the scope as one word and the language of a call about commands. Raises ApiError 400."""
    scope: Any = call.json("scope") or {"type": "default"}
    kind = str(scope.get("type")) if isinstance(scope, dict) else None
    language = call.text("language_code") or ""
    if language and not re.fullmatch("[a-z]{2}", language):
        raise bad_request("invalid language code specified")
    if kind in ("chat", "chat_administrators", "chat_member"):
        return f"{kind}:{Call(call.method, scope).integer('chat_id')}", language
    if kind not in SCOPES:
        raise bad_request("can't parse BotCommandScope")
    return str(kind), language


async def set_commands(chat: LocalChat, call: Call) -> bool:
    """Set the menu of commands of a scope and language."""
    commands = call.json("commands")
    if not isinstance(commands, list) or len(commands) > 100:
        raise bad_request("can't parse commands")
    for command in commands:
        name = command.get("command") if isinstance(command, dict) else None
        if not isinstance(name, str) or not COMMAND.fullmatch(name.removeprefix("/")):
            raise bad_request("BOT_COMMAND_INVALID")
        if not isinstance(command.get("description"), str) or not 1 <= len(command["description"]) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    kept = [
        {"command": command["command"].removeprefix("/"), "description": command["description"]} for command in commands
    ]
    await chat.menu.set_commands(*scope_of(call), kept)
    return True


async def get_commands(chat: LocalChat, call: Call) -> list[Body]:
    """Return the menu of commands of exactly this scope and language."""
    return await chat.menu.commands(*scope_of(call))


async def delete_commands(chat: LocalChat, call: Call) -> bool:
    """Remove the menu of commands of a scope and language."""
    await chat.menu.set_commands(*scope_of(call), [])
    return True


async def set_menu_button(chat: LocalChat, call: Call) -> bool:
    """Set what the button beside the input field does."""
    button = call.json("menu_button") or {"type": "default"}
    if not isinstance(button, dict) or button.get("type") not in ("default", "commands", "web_app"):
        raise bad_request("can't parse menu button")
    row = await addressed(chat, call) if call.text("chat_id") else {"id": 0}
    await chat.menu.set_button(row["id"], button)
    return True


async def get_menu_button(chat: LocalChat, call: Call) -> Body:
    """Return what the button beside the input field does."""
    row = await addressed(chat, call) if call.text("chat_id") else {"id": 0}
    return await chat.menu.button(row["id"]) or await chat.menu.button(0) or {"type": "commands"}


METHODS = {
    "getMe": get_me,
    "getChat": get_chat,
    "sendChatAction": send_action,
    "answerCallbackQuery": answer_callback,
    "getFile": get_file,
    "setMyCommands": set_commands,
    "getMyCommands": get_commands,
    "deleteMyCommands": delete_commands,
    "setChatMenuButton": set_menu_button,
    "getChatMenuButton": get_menu_button,
}
