"""What the person does in a chat: writes, sends photos and files, presses buttons."""

from __future__ import annotations

import re
from typing import Any

from aiohttp import web

from core.adapters.local_chat_rows import Draft
from webhook.local_chat.call import Call, Upload, read_call
from webhook.local_chat.content import CAPTION_LIMIT, TEXT_LIMIT, Body
from webhook.local_chat.context import LocalChat
from webhook.local_chat.entities import find_entities, trim, units
from webhook.local_chat.errors import RefusedError
from webhook.local_chat.person_requests import found_chat, read_object
from webhook.local_chat.pictures import NotAPhotoError
from webhook.local_chat.wire import (
    callback_update,
    chat_instance,
    chat_of,
    message_body,
    message_update,
    person_of,
    quoted,
    written,
)

MOST_FILES = 10  # of one album
NOT_TEXT = re.compile("[\0\ud800-\udfff]")


async def on_text(request: web.Request) -> web.Response:
    """Send text to the bot."""
    chat, row = await found_chat(request)
    body = await read_object(request)
    content = text_content(body.get("text"), TEXT_LIMIT)
    if not content:
        raise RefusedError(400, "There is no text in this message.")
    if type(body.get("reply_to")) is int and 0 < body["reply_to"] < 1 << 63:
        answered = await chat.store.message(row["id"], body["reply_to"])
        content |= {"reply_to_message": quoted(answered["body"])} if answered else {}
    return web.json_response(await send(chat, row, [content]), status=201)


def text_content(text: Any, limit: int, caption: bool = False) -> Body:
    """Return what a person wrote as a message's content, empty for nothing. Raises RefusedError."""
    text, _ = trim(NOT_TEXT.sub("", text if isinstance(text, str) else "").replace("\r\n", "\n"), [])
    if units(text) > limit:
        raise RefusedError(413, f"A message has at most {limit:,} characters.")
    return written(text, find_entities(text), caption)


async def on_files(request: web.Request) -> web.Response:
    """Send files: `as` is photo or file, `caption` goes to the first; several files are an album."""
    chat, row = await found_chat(request)
    call = Call("files")
    call.values["as"] = "photo"
    try:
        await read_call(request, call, chat.folder.incoming)
        if not 1 <= len(call.files) <= MOST_FILES:
            raise RefusedError(400, f"Send 1 to {MOST_FILES} files at once.")
        caption = text_content(call.text("caption"), CAPTION_LIMIT, caption=True)
        contents = [await kept(chat, upload, call.text("as") == "photo") for upload in call.files.values()]
    finally:
        call.discard()
    contents[0] |= caption
    if len(contents) > 1:
        group = chat.settings.new_id()
        contents = [{"media_group_id": group} | content for content in contents]
    return web.json_response(await send(chat, row, contents), status=201)


async def kept(chat: LocalChat, upload: Upload, as_photo: bool) -> Body:
    """Keep one file as a photo (made smaller, as Telegram does) or as it is. Raises RefusedError."""
    if not as_photo:
        return {"document": await chat.folder.keep_document(upload)}
    try:
        return {"photo": await chat.folder.keep_photo(upload)}
    except NotAPhotoError as error:
        name = upload.name or "This"
        raise RefusedError(415, f"“{name}” can't be sent as a photo: {error}. Send it as a file.") from error


async def send(chat: LocalChat, row: Body, contents: list[Body]) -> list[Body]:
    """Put a person's messages into their chat and queue an update for each, in one transaction."""
    if row["blocked"]:
        raise RefusedError(409, "You stopped this bot. Let it in again first.")
    now = chat.store.clock()
    start = message_body(person_of(row), chat_of(row), now)
    sent = []
    async with chat.store.writing() as connection:
        for content in contents:
            body = await chat.store.say(connection, Draft(row["id"], start | content, from_bot=False))
            await chat.queue.add(connection, message_update(body, now))
            sent.append(body)
    return sent


async def on_press(request: web.Request) -> web.Response:
    """Press the button in a row and column of a message; the answer is an event with the id returned."""
    chat, row = await found_chat(request)
    body = await read_object(request)
    place = [body.get("message_id"), body.get("row"), body.get("column")]
    if not all(type(number) is int and 0 <= number < 1 << 63 for number in place):
        raise RefusedError(400, "A button is named by message_id, row and column.")
    message = await chat.store.message(row["id"], body["message_id"])
    rows = message["body"].get("reply_markup", {}).get("inline_keyboard", []) if message else []
    if body["row"] >= len(rows) or body["column"] >= len(rows[body["row"]]) or message is None:
        raise RefusedError(404, "This button is not there any more.")
    data = rows[body["row"]][body["column"]].get("callback_data")
    if data is None:
        raise RefusedError(400, "This button does not ask the bot.")
    return web.json_response({"callback": await press(chat, row, message["body"], data)}, status=201)


async def press(chat: LocalChat, row: Body, message: Body, data: str) -> str:
    """Queue a button press and return its id."""
    now = chat.store.clock()
    number = str(int(chat.settings.new_id(), 36) % (1 << 62))
    callback = {
        "id": number,
        "from": person_of(row),
        "message": message,
        "chat_instance": chat_instance(row["id"]),
        "data": data,
    }
    async with chat.store.writing() as connection:
        await chat.store.press(connection, number, row["id"])
        await chat.queue.add(connection, callback_update(callback, row["id"], now))
    return number
