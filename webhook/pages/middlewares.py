"""Around every page: who asks, what they are told when it cannot be had, and the headers that keep pages safe."""

from __future__ import annotations

import logging

from aiohttp import web

from core.errors import NotAllowed, SnapSpendError
from core.logs import where
from core.signing_in import ShutOut
from webhook.pages.cookies import SAID, SESSION, VISITOR, drop_cookie, read_cookie, read_sealed, set_cookie
from webhook.pages.frame import Said, render, see_other, status_of
from webhook.pages.guards import wants_json
from webhook.pages.site import SITE, STARTED, STORES, VISIT, Handler, Visit, visit_of

OPS = frozenset({"/telegram", "/healthz", "/readyz", "/metrics"})
"""What is for machines: no sessions, no pages."""
POLICY = "default-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors {ancestors}"
FRAMED = "/app"
"""The only page that another site may show inside its own."""
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
SECRET_PLACES = ("/enter/", "/link/", "/register", "/login")
"""Addresses that may hold a secret which is used once: nobody is told that one came from there."""
DOORS = (*SECRET_PLACES, "/confirm", "/forgot", "/reset", FRAMED)
"""Where somebody comes in, whoever their browser was before."""

log = logging.getLogger(__name__)


class LinkFirst(NotAllowed):
    """Guests are not let in here any more: send /link to the bot in the chat, and sign in with an address."""


@web.middleware
async def errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turn what went wrong into a page, or into JSON for a script; and set the cookies that the visit asks for."""
    if request.path in OPS:
        return await handler(request)
    try:
        response = await handler(request)
    except Exception as error:  # noqa: BLE001 - the edge: a bug is logged, and the person is told
        if STARTED in request:
            return _broken_off(request, error)
        response = _told(request, error)
    if not response.prepared:
        _set_cookies(request, response)
    if isinstance(response, web.HTTPException):
        raise response
    return response


@web.middleware
async def visits(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Look up who is signed in; who was blocked, or is a guest where guests are not let in, is told at /login."""
    if request.path in OPS or request.path.startswith("/static/"):
        return await handler(request)
    visit = request[VISIT] = Visit(visitor=read_cookie(request, VISITOR), said=read_sealed(request, SAID))
    visit.token = read_cookie(request, SESSION)
    found = await request.app[STORES].sessions.find(visit.token) if visit.token else None
    visit.is_over = bool(visit.token) and found is None
    if found is not None:
        visit.session, visit.account = found
    if visit.account is not None and visit.account.blocked:
        await request.app[STORES].sessions.close_all(visit.account.id)
        visit.account, visit.session, visit.is_over = None, None, True
        see_other("/login", ShutOut().sentence)
    if visit.session is not None and not _is_let_in(request, visit):
        await request.app[STORES].sessions.close(visit.session.account, visit.session.id)
        visit.account, visit.session, visit.is_over = None, None, True
        if not request.path.startswith(DOORS):
            see_other("/login", LinkFirst().sentence)
    return await handler(request)


async def finish(request: web.Request, response: web.StreamResponse) -> None:
    """Add the headers that the page did not set itself, and note that the answer is on its way from here on."""
    if request.path in OPS:
        return
    request[STARTED] = response
    ancestors = "https://web.telegram.org" if request.path == FRAMED else "'none'"
    quiet = request.path.startswith(SECRET_PLACES)
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Content-Security-Policy", POLICY.format(ancestors=ancestors))
    response.headers.setdefault("Referrer-Policy", "no-referrer" if quiet else "same-origin")
    response.headers.setdefault("Cache-Control", _caching(request))


def _is_let_in(request: web.Request, visit: Visit) -> bool:
    """Tell whether the account may be here by ACCESS, by the same rule as in the chat."""
    account = visit.account
    return request.app[SITE].settings.access != "link" or account is None or not account.is_guest or account.is_admin


def _told(request: web.Request, error: Exception) -> web.StreamResponse:
    """Return what is answered for an exception; only a bug, and what is away, is logged."""
    if isinstance(error, Said):
        return error.sent(request)
    if isinstance(error, web.HTTPException):
        return error if error.status < 400 else _page(request, *_sentence(error.status))
    if isinstance(error, SnapSpendError):
        if status_of(error) >= 500:
            log.warning("a page could not be shown: %s", error)
        return _page(request, status_of(error), error.sentence)
    if _has_left(request, error):
        return _page(request, *_sentence(400))
    log.error("a page failed: %s", where(error))
    return _page(request, 500, "")


def _broken_off(request: web.Request, error: Exception) -> web.StreamResponse:
    """End the connection amid an answer, so that what came of it is not taken for the whole."""
    if isinstance(error, SnapSpendError):
        log.warning("a page could not be sent to its end: %s", error)
    elif not _has_left(request, error):
        log.error("a page failed while it was sent: %s", where(error))
    if request.transport is not None:
        request.transport.abort()
    return request[STARTED]


def _has_left(request: web.Request, error: Exception) -> bool:
    """Tell whether it failed because nobody is there any more to answer: that is no fault of ours."""
    gone = request.transport is None or request.transport.is_closing()
    return gone and isinstance(error, ConnectionError)


def _set_cookies(request: web.Request, response: web.StreamResponse) -> None:
    visit = visit_of(request)
    if visit.is_new:
        set_cookie(request, response, VISITOR, visit.visitor)
    if visit.is_over:
        drop_cookie(request, response, SESSION)
    if visit.was_told:
        drop_cookie(request, response, SAID)


def _caching(request: web.Request) -> str:
    """Return how long an answer may be kept: pages of accounts not at all, our own files with their version always."""
    if not request.path.startswith("/static/"):
        return "no-store"
    return "public, max-age=31536000, immutable" if "v" in request.query else "no-cache"


def _sentence(status: int) -> tuple[int, str]:
    """Return the status and the sentence for a refusal of the web server; a page of another method is none."""
    if status == 413:
        return status, "That was larger than I can take. Please send less at once."
    if status == 408:
        return status, "That took too long to arrive. Please try again, with a better connection."
    if status in {404, 405}:
        return 404, ""
    return status, "This request could not be understood."


def _page(request: web.Request, status: int, sentence: str) -> web.Response:
    """Return the page for a status: one of its own for what is not there and for a bug."""
    if wants_json(request):
        return web.json_response({"problem": sentence or "Something went wrong."}, status=status)
    template = {404: "404.html", 500: "500.html"}.get(status, "problem.html")
    return render(request, template, {"sentence": sentence, "status": status}, status)
