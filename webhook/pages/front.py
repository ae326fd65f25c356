"""The first page: what SnapSpend is, for those who are not signed in."""

from __future__ import annotations

from aiohttp import web

from webhook.pages.frame import render
from webhook.pages.site import visit_of


async def on_front(request: web.Request) -> web.StreamResponse:
    """Show the welcome, or to who is signed in their receipts' home."""
    if visit_of(request).account is not None:
        return render(request, "home.html", {})
    return render(request, "welcome.html", {})


ROUTES = [web.get("/", on_front)]
