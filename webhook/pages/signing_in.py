"""The pages where somebody with an address signs in, and out."""

from __future__ import annotations

from urllib.parse import quote

from aiohttp import web

from core.errors import NotAllowed, Unusable
from core.signing_in import NotConfirmed
from webhook.pages.browser import safe_next
from webhook.pages.cookies import ADDRESS, read_sealed, set_sealed
from webhook.pages.entering import enter
from webhook.pages.frame import Said, render, see_other, status_of
from webhook.pages.guards import form
from webhook.pages.limits import SIGN_IN, SIGN_IN_FROM, limit
from webhook.pages.site import SITE, STORES, visit_of


async def on_login(request: web.Request) -> web.StreamResponse:
    """Ask for address and password."""
    back = safe_next(request.query.get("next", "/"))
    account = visit_of(request).account
    if account is not None and not account.is_guest:
        see_other(back)
    return render(request, "login.html", {"back": back, "email": read_sealed(request, ADDRESS), "problem": ""})


async def on_login_sent(request: web.Request) -> web.StreamResponse:
    """Sign in, or say why not."""
    fields = await form(request)
    email, back = fields.text("email"), safe_next(fields.text("next"))
    try:
        await limit(request, SIGN_IN_FROM)
        await limit(request, SIGN_IN, email)
        identity = await request.app[SITE].gateway.sign_in(email, fields.get("password", ""))
        await enter(request, identity, back)
    except NotConfirmed as error:
        answer = web.HTTPSeeOther(f"/confirm?next={quote(back)}")
        set_sealed(request, answer, ADDRESS, email)
        raise Said(answer, error.sentence) from None
    except (NotAllowed, Unusable) as error:
        facts = {"back": back, "email": email, "problem": error.sentence}
        return render(request, "login.html", facts, status_of(error))


async def on_logout(request: web.Request) -> web.StreamResponse:
    """Sign this browser out."""
    visit = visit_of(request)
    if visit.session is None:
        see_other("/")
    await form(request)
    await request.app[STORES].sessions.close(visit.session.account, visit.session.id)
    visit.is_over = True
    see_other("/", "You are signed out.")


ROUTES = [web.get("/login", on_login), web.post("/login", on_login_sent), web.post("/logout", on_logout)]
