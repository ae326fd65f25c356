"""The stand-in's server: the gateway that knows the keys, and what is to go wrong."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.supabase import auth, storage
from tests.supabase.answers import AuthRefusal, StorageRefusal
from tests.supabase.auth import PROJECT
from tests.supabase.project import Project

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
PAGE = "<!doctype html><title>This project is paused</title><p>Sign in to your network first."
NO_KEY = {"message": "No API key found in request", "hint": "No `apikey` request header or url param was found."}
BAD_KEY = {"message": "Invalid API key", "hint": "Double check your Supabase `anon` or `service_role` API key."}
OPEN = ("/.well-known/", "/object/sign/", "/object/public/")


@web.middleware
async def gateway(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Let in who has one of the keys; word the errors."""
    project = request.app[PROJECT]
    project.requests.append((request.method, request.path))
    if request.method != "GET" or not any(part in request.path for part in OPEN):
        key = request.headers.get("apikey")
        if key not in {project.publishable, project.secret}:
            return web.json_response(BAD_KEY if key else NO_KEY, status=401)
    try:
        return await handler(request)
    except (AuthRefusal, StorageRefusal) as refusal:
        return refusal.answer(request)


@web.middleware
async def faults(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Go wrong as the project says."""
    fault = next((fault for fault in request.app[PROJECT].faults if fault.times and fault.path in request.path), None)
    if fault is None:
        return await handler(request)
    fault.times -= 1
    if fault.way == "hang":
        await asyncio.sleep(3600)
    if fault.way == "cut" and request.transport:
        request.transport.close()
    if fault.way == "html":
        return web.Response(text=PAGE, content_type="text/html")
    if fault.way.startswith("json"):
        body = fault.way[5:].encode("utf-8", "surrogateescape")
        return web.Response(body=body, content_type="application/json")
    if fault.way.startswith("text"):
        return web.Response(text="upstream connect error", status=int(fault.way.split()[1]))
    status, code, message = fault.way.split(" ", 2)
    if request.path.startswith("/storage"):
        return StorageRefusal(status, code, message).answer(request)
    return AuthRefusal(int(status), code, message).answer(request)


@asynccontextmanager
async def run_supabase(project: Project) -> AsyncIterator[Project]:
    """Serve a project on this machine; its `url` says where."""
    app = web.Application(middlewares=[faults, gateway], client_max_size=60 * 1024 * 1024)
    app[PROJECT] = project
    app.add_routes([*auth.routes, *storage.routes])
    server = TestServer(app, shutdown_timeout=0)
    await server.start_server()
    project.url = str(server.make_url("")).rstrip("/")
    try:
        yield project
    finally:
        await server.close()
