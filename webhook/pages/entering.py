"""What happens when somebody has shown who they are: an account, a new session, and the way back to where they were."""

from __future__ import annotations

import re
from typing import NoReturn

from aiohttp import web

from core.accounts import Account, TelegramUser
from core.linking import SpentLink
from core.signing_in import Identity, Shut, ShutOut
from webhook.pages.browser import device_of, language_of, safe_next
from webhook.pages.cookies import ADDRESS, SESSION, drop_cookie, set_cookie
from webhook.pages.frame import Said
from webhook.pages.site import SITE, STORES, visit_of

LINK_PLACE = re.compile(r"/link/([A-Za-z0-9_-]{4,64})")


async def enter(request: web.Request, identity: Identity, back: str, said: str = "") -> NoReturn:
    """Sign in somebody with an address and go back to a place within the site.

    Who was here as a guest of a chat is asked there whether the chat's receipts are to move. Raises HTTPSeeOther,
    Shut (invited people only) or ShutOut (the account is blocked).
    """
    await _check_invited(request, identity, back)
    account = await request.app[STORES].accounts.enter(identity, language_of(request))
    back = safe_next(back)
    claim = None if LINK_PLACE.fullmatch(back) else await _claim_of_guest(request)
    token = await open_session(request, account, "password")
    answer = web.HTTPSeeOther(claim or back)
    set_cookie(request, answer, SESSION, token)
    drop_cookie(request, answer, ADDRESS)
    raise Said(answer, said) if said else answer


async def open_session(request: web.Request, account: Account, way: str) -> str:
    """Open a session and return its token, always a new one; what this browser was signed in to before is closed.

    Raises ShutOut for an account that is blocked.
    """
    if account.blocked:
        raise ShutOut
    stores, visit = request.app[STORES], visit_of(request)
    if visit.session is not None:
        await stores.sessions.close(visit.session.account, visit.session.id)
    visit.is_over = False
    return await stores.sessions.open(account.id, device_of(request), way)


async def check_may_register(request: web.Request, address: str, back: str) -> None:
    """See that somebody may sign up: anybody, unless only invited people may. Raises Shut."""
    site, visit = request.app[SITE], visit_of(request)
    if site.settings.access != "invite" or address in site.settings.admin_emails or visit.account is not None:
        return
    secret = LINK_PLACE.fullmatch(back)
    try:
        await request.app[STORES].links.invited(secret[1] if secret else "")
    except SpentLink:
        raise Shut from None


async def _check_invited(request: web.Request, identity: Identity, back: str) -> None:
    """See that somebody may have an account who may have signed up elsewhere, at Supabase itself. Raises Shut."""
    if await request.app[STORES].accounts.find(identity.id) is None:
        await check_may_register(request, identity.email, back)


async def _claim_of_guest(request: web.Request) -> str | None:
    """Return where to ask whether a guest's chat moves to the account, or None when nobody was here as a guest."""
    stores, visit = request.app[STORES], visit_of(request)
    if visit.account is None or not visit.account.is_guest:
        return None
    chats = await stores.accounts.chats(visit.account.id)
    if not chats:
        return None
    person = TelegramUser(chats[0].telegram_id, chats[0].name, visit.account.language)
    return f"/link/{(await stores.links.invite(person)).token}"
