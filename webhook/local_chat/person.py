"""The person's side of the local chat as JSON for the page and for tests: its addresses, chats and history."""

from __future__ import annotations

import re

from aiohttp import web
from aiohttp.helpers import content_disposition_header

from core.adapters.local_chat_rows import shown
from webhook.local_chat.context import LOCAL_CHAT
from webhook.local_chat.errors import RefusedError
from webhook.local_chat.person_requests import found_chat, read_object
from webhook.local_chat.person_sending import NOT_TEXT, on_files, on_press, on_text

PAGE = 50
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})?")


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


async def on_state(request: web.Request) -> web.Response:
    """Return the bot, every chat with its newest message, and the newest event's id."""
    chat = request.app[LOCAL_CHAT]
    event = await chat.store.newest_event()  # before the rest: an event in between is only told twice
    last = await chat.store.last_messages()
    chats = [row | {"last": shown(last[row["id"]]) if row["id"] in last else None} for row in await chat.store.chats()]
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
