"""The page of the local chat and its static files."""

from __future__ import annotations

from pathlib import Path

from aiohttp import web

HERE = Path(__file__).parent


def add_routes(app: web.Application) -> None:
    """Add the page to an application."""
    app.router.add_get("/chat", on_page)
    app.router.add_static("/chat/static", HERE / "static")


async def on_page(request: web.Request) -> web.StreamResponse:
    """Return the page; what it shows comes later, as JSON."""
    return web.FileResponse(HERE / "templates" / "chat.html")
