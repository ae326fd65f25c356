"""Reads what a message is to hold out of a call: formatted text, the inline keyboard, what it answers."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from webhook.local_chat.call import Call
from webhook.local_chat.context import LocalChat
from webhook.local_chat.entities import MOST, TAGS, Entity, add_found, read_html, trim, units
from webhook.local_chat.errors import ApiError, bad_request
from webhook.local_chat.wire import quoted

Body = dict[str, Any]
TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
CALLBACK_DATA_LIMIT = 64  # bytes
MOST_BUTTONS = 100
KINDS = {
    *TAGS.values(),
    "expandable_blockquote",
    "mention",
    "hashtag",
    "cashtag",
    "bot_command",
    "url",
    "email",
    "phone_number",
    "text_mention",
    "date_time",
}
BUTTON_ACTIONS = (
    "callback_data",
    "url",
    "web_app",
    "copy_text",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "pay",
    "callback_game",
)


async def addressed(chat: LocalChat, call: Call) -> Body:
    """Return the row of the chat that a call is for. Raises ApiError 400 (unknown) or 403 (blocked)."""
    if call.text("chat_id") is None:
        raise bad_request("chat_id is empty")
    wanted = call.text("chat_id") or ""
    row = await chat.store.chat(int(wanted)) if wanted.isdecimal() and len(wanted) < 19 else None
    if row is None:
        raise bad_request("chat not found")
    if row["blocked"]:
        raise ApiError(403, "Forbidden: bot was blocked by the user")
    return row


def formatted(values: Call, name: str) -> tuple[str, list[Entity]]:
    """Return a parameter's text and entities by its parse mode. Raises ApiError 400."""
    raw = values.text(name) or ""
    mode = (values.text("parse_mode") or "").lower()
    given = values.json(f"{name}_entities" if name == "caption" else "entities")
    if mode == "html":
        text, entities = read_html(raw)
    elif mode:
        raise bad_request(
            "unsupported parse_mode"
            if mode not in ("markdown", "markdownv2")
            else "this stand-in for Telegram reads only HTML, not Markdown"
        )
    else:
        text, entities = raw, checked_entities(given)
    text, entities = trim(text.replace("\r\n", "\n").replace("\0", ""), entities)
    limit = CAPTION_LIMIT if name == "caption" else TEXT_LIMIT
    if units(text) > limit:
        raise bad_request("message caption is too long" if name == "caption" else "message is too long")
    return text, add_found(text, entities)


def checked_entities(given: Any) -> list[Entity]:
    """Return entities that were sent ready-made. Raises ApiError 400."""
    if given is None:
        return []
    if not isinstance(given, list):
        raise bad_request("can't parse entities JSON object")
    for entity in given[:MOST]:
        place = [entity.get("offset"), entity.get("length")] if isinstance(entity, dict) else [None]
        if not all(type(number) is int and 0 <= number <= TEXT_LIMIT for number in place):
            raise bad_request("can't parse entities: an entity has no place")
        if str(entity.get("type")) not in KINDS:
            raise bad_request("can't parse entities: unsupported type")
    return given[:MOST]


def keyboard(call: Call) -> Body:
    """Return `reply_markup` as it is stored, or nothing. Only inline keyboards stay with a message."""
    markup = call.json("reply_markup")
    if markup is None:
        return {}
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    rows = markup.get("inline_keyboard")
    if rows is None:
        return {}  # a reply keyboard belongs to the person's app, not to the message
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request('field "inline_keyboard" of the InlineKeyboardMarkup should be an Array of Arrays')
    kept = [[checked_button(button) for button in row] for row in rows if row]
    if sum(map(len, kept)) > MOST_BUTTONS:
        raise bad_request("REPLY_MARKUP_TOO_LONG")
    return {"reply_markup": {"inline_keyboard": kept}} if kept else {}


def checked_button(button: Any) -> Body:
    """Return one inline button. Raises ApiError 400 for one that Telegram would refuse."""
    if not isinstance(button, dict):
        raise bad_request("can't parse inline keyboard button: InlineKeyboardButton must be an Object")
    if not isinstance(button.get("text"), str) or not button["text"].strip():
        raise bad_request("can't parse inline keyboard button: text buttons must be non-empty")
    if sum(action in button for action in BUTTON_ACTIONS) != 1:
        raise bad_request("can't parse inline keyboard button: exactly one action must be given")
    data = button.get("callback_data")
    if data is not None and not (isinstance(data, str) and 1 <= len(data.encode()) <= CALLBACK_DATA_LIMIT):
        raise bad_request("BUTTON_DATA_INVALID")
    check_link(button.get("url"), ("http", "https", "tg"))
    app = button.get("web_app")
    check_link(app.get("url") if isinstance(app, dict) else app, ("https",))
    return button


def check_link(url: Any, schemes: tuple[str, ...]) -> None:
    """Check a button's address, if there is one. Raises ApiError 400."""
    if url is None:
        return
    try:
        parts = urlsplit(url)
        fits = parts.scheme in schemes and bool(parts.netloc)
    except (ValueError, TypeError, AttributeError):
        fits = False
    if not fits:
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")


async def answered(chat: LocalChat, call: Call, chat_id: int) -> Body:
    """Return `reply_to_message` for a call with reply parameters. Raises ApiError 400."""
    asked = call.json("reply_parameters") or {}
    if not isinstance(asked, dict):
        raise bad_request("can't parse reply parameters JSON object")
    reply = Call(call.method, asked)
    number = reply.integer("message_id") if asked else call.integer("reply_to_message_id")
    if number is None:
        return {}
    row = await chat.store.message(chat_id, number)
    if row is None:
        if (reply if asked else call).flag("allow_sending_without_reply"):
            return {}
        raise bad_request("message to be replied not found")
    return {"reply_to_message": quoted(row["body"])}
