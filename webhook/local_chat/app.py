"""Puts the local chat's two sides together as one web application."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress

from aiohttp import web

from core.adapters.local_chat_store import LocalChatStore
from webhook.local_chat import botapi, events, page, person
from webhook.local_chat.call import TOTAL_LIMIT
from webhook.local_chat.context import LOCAL_CHAT, LocalChat, Settings
from webhook.local_chat.delivery import watch
from webhook.local_chat.faults import Faults
from webhook.local_chat.guard import add_headers, guard
from webhook.local_chat.person_requests import refusals


def build_app(store: LocalChatStore, settings: Settings, faults: Faults | None = None) -> web.Application:
    """Return the application; `store` has an open pool, and its schema is there (create_schema)."""
    app = web.Application(middlewares=[guard, refusals], client_max_size=TOTAL_LIMIT)
    app[LOCAL_CHAT] = LocalChat(settings, store, faults or Faults())
    for part in (botapi, person, events, page):
        part.add_routes(app)
    app.on_response_prepare.append(add_headers)
    app.on_shutdown.append(_close)
    app.cleanup_ctx.append(_watching)
    return app


async def _watching(app: web.Application) -> AsyncIterator[None]:
    """Hear the database and deliver updates while the application runs."""
    chat = app[LOCAL_CHAT]
    await asyncio.to_thread(chat.folder.create)
    watching = asyncio.create_task(watch(chat))
    yield
    watching.cancel()
    with suppress(asyncio.CancelledError):
        await watching


async def _close(app: web.Application) -> None:
    """End the calls that wait, so that the server need not."""
    app[LOCAL_CHAT].signals.close()
