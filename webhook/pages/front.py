"""The first page: what SnapSpend is for those who are not signed in, and for the others their home."""

from __future__ import annotations

from aiohttp import web

from webhook.pages.frame import render
from webhook.pages.home import on_home
from webhook.pages.site import visit_of


async def on_front(request: web.Request) -> web.StreamResponse:
    """Show the welcome, or to who is signed in their receipts' home."""
    if visit_of(request).account is not None:
        return await on_home(request)
    return render(request, "welcome.html", {})


ROUTES = [web.get("/", on_front)]
