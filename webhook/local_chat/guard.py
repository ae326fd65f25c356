"""Keeps the local chat to this machine and to its own page."""

from __future__ import annotations

import ipaddress
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; "
    "manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-cache",
}


def is_loopback(host: str) -> bool:
    """Say whether a host name or address means this machine, without asking a name server."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def host_of(header: str) -> str | None:
    """Return the host in a Host header, without its port, or None when it is none."""
    try:
        return urlsplit(f"//{header}").hostname
    except ValueError:
        return None


def refusal(request: web.Request) -> str | None:
    """Say why a request is not from this machine's own page or programs, or None when it is.

    The Host header stops DNS rebinding; Origin and Sec-Fetch-Site stop other pages; X-Forwarded-For stops a
    proxy that would carry the outside in.
    """
    host = request.headers.get("Host", "")
    if not is_loopback(host_of(host) or ""):
        return "This page is open on this machine only: use http://localhost or http://127.0.0.1."
    origin = request.headers.get("Origin")
    if origin is not None and origin not in (f"http://{host}", f"https://{host}"):
        return "Another page may not use the local chat."
    if request.headers.get("Sec-Fetch-Site") in ("cross-site", "same-site") and request.path != "/chat":
        return "Another page may not use the local chat."
    forwarded = request.headers.get("X-Forwarded-For", "")
    if any(not is_loopback(address.strip()) for address in forwarded.split(",") if address.strip()):
        return "The local chat is for this machine only."
    return None


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse what does not come from this machine, and send every answer with its safety headers."""
    sentence = refusal(request)
    if sentence:
        return web.json_response({"ok": False, "error_code": 403, "description": sentence}, status=403, headers=HEADERS)
    return await handler(request)


async def add_headers(request: web.Request, response: web.StreamResponse) -> None:
    """Add the safety headers that the handler did not set itself."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
