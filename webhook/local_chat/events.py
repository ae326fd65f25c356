"""Tells open pages what happens, as server-sent events or, for tests, by long polling."""

from __future__ import annotations

import json

from aiohttp import web

from core.adapters.local_chat_rows import Body
from core.errors import Unavailable
from webhook.local_chat.context import LOCAL_CHAT, LocalChat
from webhook.local_chat.signals import wait_for
from webhook.local_chat.wire import seconds

HEARTBEAT = 15.0  # seconds; a comment that keeps the connection known to be alive
LONGEST_WAIT = 60.0


def add_routes(app: web.Application) -> None:
    """Add the events to an application."""
    app.router.add_get("/chat/api/events", on_events)


async def on_events(request: web.Request) -> web.StreamResponse:
    """Return events after `after` (or the header Last-Event-ID): a stream, or with `wait=` one JSON list."""
    chat = request.app[LOCAL_CHAT]
    given = request.headers.get("Last-Event-ID") or request.query.get("after", "")
    after = int(given) if given.isdecimal() and len(given) < 19 else await chat.store.newest_event()
    wait = request.query.get("wait")
    if wait is not None:
        longest = min(float(wait), LONGEST_WAIT) if wait.isdecimal() else 0.0
        return web.json_response(await next_events(chat, after, longest))
    return await stream(request, chat, after)


async def next_events(chat: LocalChat, after: int, longest: float) -> list[Body]:
    """Return the next events; wait at most `longest` seconds for the first."""
    end = chat.seconds() + longest
    with chat.signals.listener() as changed:
        while True:
            changed.clear()
            found = await chat.store.events(after)
            left = end - chat.seconds()
            if found or left <= 0 or chat.signals.closing:
                return [plain(event) for event in found]
            await wait_for(changed, left)


async def stream(request: web.Request, chat: LocalChat, after: int) -> web.StreamResponse:
    """Send events as they come until the page goes; the browser comes back by itself with the last id."""
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
    await response.prepare(request)
    await response.write(b"retry: 1000\n\n")
    try:
        while not chat.signals.closing:
            found = await next_events(chat, after, HEARTBEAT)
            for event in found:
                after = event["id"]
                await response.write(f"id: {after}\ndata: {json.dumps(event)}\n\n".encode())
            if not found:
                await response.write(b": still here\n\n")
    except (ConnectionResetError, Unavailable):
        pass  # the page is gone, or it will come back when the database has
    return response


def plain(event: Body) -> Body:
    """Return an event as JSON can hold it: its moment in whole seconds."""
    return event | {"at": seconds(event["at"])}
