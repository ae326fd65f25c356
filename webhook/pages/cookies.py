"""The pages' cookies: none is readable by scripts or sent along by another site's forms."""

from __future__ import annotations

from aiohttp import web

from core.adapters.postgres_sessions import OLDEST
from webhook.pages.browser import is_secure
from webhook.pages.seals import opened, sealed
from webhook.pages.site import SITE

SESSION = "session"
VISITOR = "visitor"
SAID = "said"
ADDRESS = "address"
LONGEST_SAID = 600
AGES = {SESSION: round(OLDEST.total_seconds()), SAID: 300, ADDRESS: 3600}
"""In seconds; a visitor's cookie ends with the browser."""


def read_cookie(request: web.Request, name: str) -> str:
    """Return a cookie's value, or an empty text."""
    return request.cookies.get(_named(request, name), "")


def set_cookie(request: web.Request, response: web.StreamResponse, name: str, value: str) -> None:
    """Have the browser keep a cookie; under HTTPS only for this very host, and only over HTTPS."""
    secure = is_secure(request)
    response.set_cookie(
        _named(request, name), value, max_age=AGES.get(name), path="/", httponly=True, samesite="Lax", secure=secure
    )


def drop_cookie(request: web.Request, response: web.StreamResponse, name: str) -> None:
    """Have the browser forget a cookie."""
    response.del_cookie(
        _named(request, name), path="/", httponly=True, samesite="Lax", secure=is_secure(request) or None
    )


def read_sealed(request: web.Request, name: str) -> str:
    """Return the text that a cookie of ours holds, or an empty one when it is not as we set it."""
    return opened(request.app[SITE].key, name, read_cookie(request, name))


def set_sealed(request: web.Request, response: web.StreamResponse, name: str, text: str) -> None:
    """Have the browser keep a text, which it can give back but not make up."""
    set_cookie(request, response, name, sealed(request.app[SITE].key, name, text[:LONGEST_SAID]))


def _named(request: web.Request, name: str) -> str:
    """Return the name that a cookie has: with `__Host-` no other host or path can plant it (RFC 6265bis)."""
    return f"__Host-{name}" if is_secure(request) else name
