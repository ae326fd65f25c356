"""The door for Telegram's Mini App: opened from the bot's menu, it signs its person in without a password."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from aiohttp import web

from core.accounts import Account
from core.errors import NotAllowed
from webhook.init_data import OLDEST, BadInitData, InitData, verified
from webhook.pages.browser import is_foreign
from webhook.pages.cookies import SESSION, set_cookie
from webhook.pages.entering import open_session
from webhook.pages.frame import render
from webhook.pages.guards import ForeignForm, arriving
from webhook.pages.limits import MINI_APP, limit
from webhook.pages.site import SITE, STORES

REMEMBERED_MINUTES = 2 * round(OLDEST.total_seconds() / 60)


class Stranger(NotAllowed):
    """This bot does not know you yet. Please send it /start in the chat first."""


async def on_app(request: web.Request) -> web.StreamResponse:
    """Show the page whose script passes on what Telegram opened it with; there is none without HTTPS."""
    if request.app[SITE].settings.public_url is None:
        raise web.HTTPNotFound
    return render(request, "app.html", {})


async def on_app_enter(request: web.Request) -> web.StreamResponse:
    """Sign in whom Telegram names, once for each opening, and answer where to go.

    Inside a frame (Telegram in a browser) no cookie of ours is kept, so there it is a link that signs in, once.
    """
    settings, stores = request.app[SITE].settings, request.app[STORES]
    if settings.public_url is None or settings.bot_token is None:
        raise web.HTTPNotFound
    if is_foreign(request) or request.content_type != "application/json":
        raise ForeignForm
    async with arriving(request.app[SITE].patience.form):
        body = await request.text()
    given, is_framed = _read(body)
    opening = verified(given, settings.bot_token, datetime.now(UTC))
    await limit(request, MINI_APP, str(opening.person.id))
    if not await request.app[SITE].throttle.allow(f"init data {opening.hash}", 1, REMEMBERED_MINUTES):
        raise BadInitData
    account = await _account(request, opening)
    if is_framed:
        return web.json_response({"go": f"/enter/{await stores.links.sign_in_token(account.id, opening.person.id)}"})
    answer = web.json_response({"go": "/"})
    set_cookie(request, answer, SESSION, await open_session(request, account, "mini app"))
    return answer


async def _account(request: web.Request, opening: InitData) -> Account:
    """Return the account of whoever opened the app; a guest's is opened where anybody may start. Raises Stranger."""
    accounts = request.app[STORES].accounts
    if request.app[SITE].settings.access == "open":
        return await accounts.of(opening.person)
    known = await accounts.known(opening.person.id)
    if known is None:
        raise Stranger
    return known


def _read(body: str) -> tuple[str, bool]:
    """Return the init data, and whether the page is inside a frame. Raises BadInitData."""
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError):
        raise BadInitData from None
    if not isinstance(sent, dict) or not isinstance(sent.get("init_data"), str):
        raise BadInitData
    return sent["init_data"], sent.get("framed") is True


ROUTES = [web.get("/app", on_app), web.post("/app/enter", on_app_enter)]
