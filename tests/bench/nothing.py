"""`python -m tests.bench.nothing PORT`: an aiohttp server that answers 200 to every update and does nothing."""

from __future__ import annotations

import sys

from aiohttp import web

from core.running import tell_ready


async def on_update(request: web.Request) -> web.Response:
    """Read the update and forget it."""
    await request.read()
    return web.Response()


async def on_ready(request: web.Request) -> web.Response:
    """Answer HAProxy's checks."""
    return web.Response()


async def on_startup(application: web.Application) -> None:
    """Say that it serves (a moment early; HAProxy's checks wait for it)."""
    tell_ready()


def main() -> None:
    """Serve until ended."""
    application = web.Application()
    application.add_routes([web.post("/telegram", on_update), web.get("/readyz", on_ready)])
    application.on_startup.append(on_startup)
    web.run_app(application, host="127.0.0.1", port=int(sys.argv[1]), print=None, access_log=None)


if __name__ == "__main__":
    main()
