"""The Bot API over HTTP: finds the method, calls it, and answers in Telegram's shape."""

from __future__ import annotations

import logging
import re
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import Any, cast

from aiohttp import web

from core.errors import Unavailable
from webhook.local_chat import asking, editing, receiving, sending
from webhook.local_chat.call import Call, parse_json, read_call
from webhook.local_chat.context import LOCAL_CHAT, LocalChat
from webhook.local_chat.errors import ApiError, bad_request
from webhook.local_chat.faults import Fault
from webhook.local_chat.signals import wait_for

log = logging.getLogger(__name__)

Method = Callable[[LocalChat, Call], Awaitable[Any]]
TOKEN = re.compile(r"\d{1,18}:[A-Za-z0-9_-]{1,128}")
HANG = 90.0  # seconds; longer than any client waits

_ALL: list[dict[str, Any]] = [sending.METHODS, editing.METHODS, asking.METHODS, receiving.METHODS]
METHODS: dict[str, Method] = {name.lower(): cast(Method, method) for group in _ALL for name, method in group.items()}


def add_routes(app: web.Application) -> None:
    """Add the bot's side to an application."""
    app.router.add_route("*", "/bot{token}/{method}", on_call)
    app.router.add_get("/file/bot{token}/{path:.+}", on_file)
    if app[LOCAL_CHAT].settings.control:
        app.router.add_post("/control/faults", on_fault)


async def on_call(request: web.Request) -> web.Response:
    """Do one call. Errors come with Telegram's status and JSON."""
    chat = request.app[LOCAL_CHAT]
    call = Call(request.match_info["method"])
    try:
        check_token(chat, request.match_info["token"])
        if request.method not in ("GET", "POST"):
            raise ApiError(404, "Not Found")
        await read_call(request, call, chat.folder.incoming)
        return answer(await perform(chat, call))
    except ApiError as error:
        headers = {"Retry-After": str(error.retry_after)} if error.retry_after is not None else None
        return web.json_response(error.body(), status=error.code, headers=headers)
    except Unavailable:
        return web.json_response(ApiError(500, "Internal Server Error").body(), status=500)
    finally:
        call.discard()


def answer(result: Any) -> web.Response:
    """Return a result in Telegram's envelope."""
    if isinstance(result, receiving.Done):
        return web.json_response({"ok": True, **result})
    return web.json_response({"ok": True, "result": result})


def check_token(chat: LocalChat, token: str) -> None:
    """Check a token. Raises ApiError 404 (not a token) or 401 (not this bot's)."""
    if not TOKEN.fullmatch(token):
        raise ApiError(404, "Not Found")
    if token != chat.settings.token:
        raise ApiError(401, "Unauthorized")


async def perform(chat: LocalChat, call: Call) -> Any:
    """Find the method and do the call, with the fault that a test asked for."""
    method = METHODS.get(call.method.lower())
    if method is None:
        raise ApiError(404, "Not Found: method not found")
    fault = chat.faults.strike(call.method)
    if fault is None:
        return await method(chat, call)
    if fault.done_first:
        await method(chat, call)
    if fault.hang:
        await hang(chat)
    raise fault.error()


async def hang(chat: LocalChat) -> None:
    """Give no answer until the client has lost its patience, or the local chat ends."""
    end = chat.seconds() + HANG
    with chat.signals.listener() as changed:
        while not chat.signals.closing and chat.seconds() < end:
            changed.clear()
            await wait_for(changed, HANG)


async def on_file(request: web.Request) -> web.StreamResponse:
    """Return the bytes of a file by the path that getFile gave."""
    chat = request.app[LOCAL_CHAT]
    try:
        check_token(chat, request.match_info["token"])
        file = await chat.store.file("path", request.match_info["path"])
        if file is None or not (chat.folder.path / file.path).is_file():
            raise ApiError(404, "Not Found")
        if file.size > asking.DOWNLOAD_LIMIT:
            raise bad_request("file is too big")
    except ApiError as error:
        return web.json_response(error.body(), status=error.code)
    kind = {"Content-Type": "application/octet-stream"}
    return web.FileResponse(chat.folder.path / file.path, headers=kind)


async def on_fault(request: web.Request) -> web.Response:
    """Take a test's wish for a fault: the fields of Fault as a JSON object."""
    chat = request.app[LOCAL_CHAT]
    try:
        fault = Fault(**parse_json(await request.read(), "fault"))
    except (TypeError, ApiError):
        return web.json_response({"ok": False, "error_code": 400, "description": "Not a fault"}, status=400)
    chat.faults.add(fault)
    log.info("fault asked for: %s", fault.method)
    return web.json_response({"ok": True, "result": asdict(fault)})
