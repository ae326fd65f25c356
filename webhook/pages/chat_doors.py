"""The doors between a chat and the pages: signing in by the chat's /login, and linking a chat to an account."""

from __future__ import annotations

import logging
from typing import NoReturn
from urllib.parse import quote

from aiohttp import web

from core.accounts import Account, TelegramUser
from core.errors import Unavailable
from core.linking import CODE_LENGTH, SpentLink, typed_code
from webhook.pages.cookies import SESSION, set_cookie
from webhook.pages.entering import open_session
from webhook.pages.frame import me, render, see_other
from webhook.pages.guards import form, signed_in
from webhook.pages.limits import LINK_CODE, limit
from webhook.pages.site import SITE, STORES, visit_of

SECRET = "{secret:[A-Za-z0-9_-]{4,64}}"  # noqa: S105

log = logging.getLogger(__name__)


async def on_enter(request: web.Request) -> web.StreamResponse:
    """Show whom a token from the chat signs in, with one button: a preview of the link must not use it up."""
    try:
        account = await request.app[STORES].links.signing_in(request.match_info["secret"])
    except SpentLink:
        return render(request, "enter.html", {"whose": "", "spent": True}, 403)
    return render(request, "enter.html", {"whose": await _called(request, account), "spent": False})


async def on_enter_sent(request: web.Request) -> web.StreamResponse:
    """Use the token up and sign in."""
    await form(request)
    try:
        account = await request.app[STORES].links.sign_in(request.match_info["secret"])
    except SpentLink:
        return render(request, "enter.html", {"whose": "", "spent": True}, 403)
    answer = web.HTTPSeeOther("/")
    set_cookie(request, answer, SESSION, await open_session(request, account, "chat"))
    raise answer


@signed_in
async def on_code(request: web.Request) -> web.StreamResponse:
    """Ask for the code that the chat's /link gave."""
    if me(request).is_guest:
        see_other("/register")
    return render(request, "link_code.html", {"problem": ""})


@signed_in
async def on_code_sent(request: web.Request) -> web.StreamResponse:
    """Go to the link that the code stands for."""
    code = typed_code((await form(request)).text("code"))
    if code is not None and len(code) == CODE_LENGTH:
        see_other(f"/link/{code}")
    problem = f"The code has {CODE_LENGTH} letters and digits. Send /link to the bot for one."
    return render(request, "link_code.html", {"problem": problem}, 422)


async def on_link(request: web.Request) -> web.StreamResponse:
    """Show which Telegram name is about to be linked to which account; who is not signed in does that first."""
    account = visit_of(request).account
    secret = request.match_info["secret"]
    if account is None or account.is_guest:
        return render(request, "link_door.html", {"back": quote(f"/link/{secret}")})
    await _count(request, secret)
    try:
        person = await request.app[STORES].links.invited(secret)
    except SpentLink as error:
        return render(request, "link_code.html", {"problem": error.sentence}, 403)
    known = await request.app[STORES].accounts.known(person.id)
    facts = {
        "name": person.name,
        "is_ours": known is not None and known.id == account.id,
        "is_admins": person.id in request.app[SITE].settings.admin_telegram_ids,
        "is_others": known is not None and not known.is_guest and known.id != account.id,
    }
    return render(request, "link.html", facts)


@signed_in
async def on_link_sent(request: web.Request) -> web.StreamResponse:
    """Link the chat to the account, and have the chat told."""
    await form(request)
    if me(request).is_guest:
        see_other("/register")
    secret = request.match_info["secret"]
    await _count(request, secret)
    try:
        person = await request.app[STORES].links.claim(secret, me(request).id)
    except SpentLink as error:
        return render(request, "link_code.html", {"problem": error.sentence}, 403)
    return await _linked(request, person)


async def _linked(request: web.Request, person: TelegramUser) -> NoReturn:
    """Have the chat told, and go to the page with the account's chats."""
    try:
        await request.app[STORES].chat_jobs.tell_linked(person.id, me(request).id)
    except Unavailable:  # linked it is, and the page says so
        log.warning("a chat could not be told that it is linked")
    see_other("/account", f"Linked: what {person.name} sends in Telegram is in this account now.")


async def _count(request: web.Request, secret: str) -> None:
    """Count tries of what is taken for a typed code, which could be guessed. Raises TooOften."""
    if typed_code(secret) is not None:
        await limit(request, LINK_CODE, str(me(request).id))


async def _called(request: web.Request, account: Account) -> str:
    """Return what somebody knows an account by: its address, or for a guest the name in the chat."""
    if account.email is not None:
        return account.email
    chats = await request.app[STORES].accounts.chats(account.id)
    return chats[0].name if chats else ""


ROUTES = [
    web.get(f"/enter/{SECRET}", on_enter),
    web.post(f"/enter/{SECRET}", on_enter_sent),
    web.get("/link", on_code),
    web.post("/link", on_code_sent),
    web.get(f"/link/{SECRET}", on_link),
    web.post(f"/link/{SECRET}", on_link_sent),
]
