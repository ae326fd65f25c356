"""The person's side of the local chat: what they send, press and see, as JSON for the page and for tests."""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web
from aiohttp.helpers import content_disposition_header

from core.adapters.local_chat_rows import Draft, shown
from webhook.local_chat.call import Call, Upload, read_call
from webhook.local_chat.content import CAPTION_LIMIT, TEXT_LIMIT, Body
from webhook.local_chat.context import LOCAL_CHAT, LocalChat
from webhook.local_chat.entities import find_entities, trim, units
from webhook.local_chat.errors import ApiError, RefusedError
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
PAGE = 50
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})?")
NOT_TEXT = re.compile("[\0\ud800-\udfff]")

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def add_routes(app: web.Application) -> None:
    """Add the person's side to an application."""
    chats = "/chat/api/chats"
    app.router.add_get("/chat/api/state", on_state)
    app.router.add_post(chats, on_open)
    app.router.add_patch(chats + r"/{chat:\d{1,18}}", on_block)
    app.router.add_get(chats + r"/{chat:\d{1,18}}/commands", on_commands)
    app.router.add_get(chats + r"/{chat:\d{1,18}}/messages", on_history)
    app.router.add_post(chats + r"/{chat:\d{1,18}}/messages", on_text)
    app.router.add_post(chats + r"/{chat:\d{1,18}}/files", on_files)
    app.router.add_post(chats + r"/{chat:\d{1,18}}/press", on_press)
    app.router.add_get("/chat/api/files/{file}", on_file)


@web.middleware
async def refusals(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Tell the page in a sentence what could not be taken."""
    try:
        return await handler(request)
    except RefusedError as error:
        return web.json_response({"problem": error.sentence}, status=error.status)
    except ApiError as error:
        return web.json_response({"problem": error.description}, status=error.code)


async def on_state(request: web.Request) -> web.Response:
    """Return the bot, every chat with its newest message, and the newest event's id."""
    chat = request.app[LOCAL_CHAT]
    event = await chat.store.newest_event()  # before the rest: an event in between is only told twice
    last = await chat.store.last_messages()
    chats = [row | {"last": shown(last[row["id"]]) if row["id"] in last else None}
             for row in await chat.store.chats()]
    return web.json_response({"bot": chat.settings.bot, "chats": chats, "event": event})


async def on_open(request: web.Request) -> web.Response:
    """Open a chat for a person with a name and a language."""
    body = await read_object(request)
    name = NOT_TEXT.sub("", str(body.get("name", ""))).strip()
    language = str(body.get("language") or "en")
    if not 1 <= len(name) <= 64:
        raise RefusedError(400, "A name has 1 to 64 letters.")
    if not LANGUAGE.fullmatch(language):
        raise RefusedError(400, "A language is a code like en or de.")
    return web.json_response(await request.app[LOCAL_CHAT].store.open_chat(name, language), status=201)


async def on_block(request: web.Request) -> web.Response:
    """Stop the bot in a chat, or let it in again."""
    chat, row = await found_chat(request)
    blocked = (await read_object(request)).get("blocked")
    if not isinstance(blocked, bool):
        raise RefusedError(400, "`blocked` is true or false.")
    await chat.store.block(row["id"], blocked)
    return web.json_response(row | {"blocked": blocked})


async def on_commands(request: web.Request) -> web.Response:
    """Return the menu of commands as this person sees it."""
    chat, row = await found_chat(request)
    return web.json_response(await chat.menu.commands_for(row["id"], row["language"][:2]))


async def on_history(request: web.Request) -> web.Response:
    """Return up to 50 messages, oldest first; `before` is the id of the oldest one that is there already."""
    chat, row = await found_chat(request)
    before = request.query.get("before", "")
    limit = int(before) if before.isdecimal() and len(before) < 19 else (1 << 63) - 1
    return web.json_response([shown(found) for found in await chat.store.history(row["id"], limit, PAGE)])


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
        "id": number, "from": person_of(row), "message": message,
        "chat_instance": chat_instance(row["id"]), "data": data,
    }
    async with chat.store.writing() as connection:
        await chat.store.press(connection, number, row["id"])
        await chat.queue.add(connection, callback_update(callback, row["id"], now))
    return number


async def on_file(request: web.Request) -> web.StreamResponse:
    """Return a photo to look at, or a document to save; a document is never shown inside the page."""
    chat = request.app[LOCAL_CHAT]
    file = await chat.store.file("id", request.match_info["file"])
    if file is None or not (chat.folder.path / file.path).is_file():
        raise RefusedError(404, "This file is not here any more.")
    headers = {"Content-Type": file.mime, "Cache-Control": "private, max-age=31536000, immutable"}
    if file.kind == "document":
        headers["Content-Type"] = "application/octet-stream"
        name = file.name or "file"
        headers["Content-Disposition"] = content_disposition_header("attachment", filename=name)
    return web.FileResponse(chat.folder.path / file.path, headers=headers)


async def found_chat(request: web.Request) -> tuple[LocalChat, Body]:
    """Return the local chat and the row of the chat in the address. Raises RefusedError 404."""
    chat = request.app[LOCAL_CHAT]
    row = await chat.store.chat(int(request.match_info["chat"]))
    if row is None:
        raise RefusedError(404, "There is no such chat.")
    return chat, row


async def read_object(request: web.Request) -> Body:
    """Return a request's JSON object, sent as a type that no foreign form can send. Raises RefusedError."""
    if request.content_type != "application/json":
        raise RefusedError(415, "Send JSON.")
    try:
        body = json.loads(await request.read())
    except (ValueError, RecursionError):
        raise RefusedError(400, "This is not JSON.") from None
    if not isinstance(body, dict):
        raise RefusedError(400, "Send a JSON object.")
    return body
