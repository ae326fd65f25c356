"""The pages for a forgotten password: ask for a code by mail, and set a new password by it."""

from __future__ import annotations

from aiohttp import web

from core.errors import NotAllowed, Unusable
from core.signing_in import check_password, checked_address
from webhook.pages.cookies import ADDRESS, read_sealed, set_sealed
from webhook.pages.entering import enter
from webhook.pages.frame import Said, render, status_of
from webhook.pages.guards import form
from webhook.pages.limits import CODE, CODE_FROM, MAIL, MAIL_FROM, limit
from webhook.pages.site import SITE, STORES

MAILED = "If this address has an account, a code to set a new password is on its way to it."
FILED = "If this address has an account, a code to set a new password is in the folder “mail” of SnapSpend's data now."
"""Where nothing is configured no mail leaves the machine: whoever runs it has the folder."""


async def on_forgot(request: web.Request) -> web.StreamResponse:
    """Ask for the address."""
    return render(request, "forgot.html", {"email": read_sealed(request, ADDRESS), "problem": ""})


async def on_forgot_sent(request: web.Request) -> web.StreamResponse:
    """Have a code mailed; the answer is the same for any address."""
    fields = await form(request)
    try:
        address = checked_address(fields.text("email"))
        await limit(request, MAIL_FROM)
        await limit(request, MAIL, address)
        await request.app[SITE].gateway.forget(address)
    except (NotAllowed, Unusable) as error:
        facts = {"email": fields.text("email"), "problem": error.sentence}
        return render(request, "forgot.html", facts, status_of(error))
    answer = web.HTTPSeeOther("/reset")
    set_sealed(request, answer, ADDRESS, address)
    raise Said(answer, MAILED if request.app[SITE].settings.supabase_url else FILED)


async def on_reset(request: web.Request) -> web.StreamResponse:
    """Ask for the code and a new password."""
    return render(request, "reset.html", {"email": read_sealed(request, ADDRESS), "problem": ""})


async def on_reset_sent(request: web.Request) -> web.StreamResponse:
    """Set the new password, sign out every browser that knew the old one, and sign in."""
    fields = await form(request)
    email = fields.text("email")
    try:
        check_password(fields.get("password", ""))
        await limit(request, CODE_FROM)
        await limit(request, CODE, email)
        identity = await request.app[SITE].gateway.reset(email, fields.text("code"), fields.get("password", ""))
        await request.app[STORES].sessions.close_all(identity.id)
        await enter(request, identity, "/", "Your new password is set. All other browsers were signed out.")
    except (NotAllowed, Unusable) as error:
        return render(request, "reset.html", {"email": email, "problem": error.sentence}, status_of(error))


ROUTES = [
    web.get("/forgot", on_forgot),
    web.post("/forgot", on_forgot_sent),
    web.get("/reset", on_reset),
    web.post("/reset", on_reset_sent),
]
