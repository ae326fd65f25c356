"""What every request of the person's side has in common: the chat in its address, its JSON, its refusals."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable

from aiohttp import web

from webhook.local_chat.content import Body
from webhook.local_chat.context import LOCAL_CHAT, LocalChat
from webhook.local_chat.errors import ApiError, RefusedError

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@web.middleware
async def refusals(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Tell the page in a sentence what could not be taken."""
    try:
        return await handler(request)
    except RefusedError as error:
        return web.json_response({"problem": error.sentence}, status=error.status)
    except ApiError as error:
        return web.json_response({"problem": error.description}, status=error.code)


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
