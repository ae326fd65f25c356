"""The pages where somebody signs up, and confirms their address by the code that was mailed."""

from __future__ import annotations

from urllib.parse import quote

from aiohttp import web

from core.errors import NotAllowed, Unusable
from core.signing_in import check_password, checked_address
from webhook.pages.browser import safe_next
from webhook.pages.cookies import ADDRESS, read_sealed, set_sealed
from webhook.pages.entering import check_may_register, enter
from webhook.pages.frame import Said, render, see_other, status_of
from webhook.pages.guards import Form, form
from webhook.pages.limits import CODE, CODE_FROM, MAIL, MAIL_FROM, REGISTER_FROM, limit
from webhook.pages.site import SITE, visit_of

READY = "Your account is ready, if this address had none yet. Please sign in."
MAILED = "If this address is new here, a code is on its way to it. Please look into your mail."
MAILED_AGAIN = "If this address still waits to be confirmed, a new code is on its way to it."


async def on_register(request: web.Request) -> web.StreamResponse:
    """Ask for an address and a new password; `link` is the token of a chat's /link, which the account then claims."""
    account = visit_of(request).account
    link = request.query.get("link", "")
    back = safe_next(f"/link/{link}" if link else request.query.get("next", "/"))
    if account is not None and not account.is_guest:
        see_other(back)
    return render(request, "register.html", _facts(request, back))


async def on_register_sent(request: web.Request) -> web.StreamResponse:
    """Make the account. Whether there was one already, the answer is the same."""
    fields = await form(request)
    back = safe_next(fields.text("next"))
    try:
        address = checked_address(fields.text("email"))
        check_password(fields.get("password", ""))
        await limit(request, REGISTER_FROM)
        await check_may_register(request, address, back)
        await request.app[SITE].gateway.register(address, fields.get("password", ""))
    except (NotAllowed, Unusable) as error:
        return render(request, "register.html", _facts(request, back, fields, error.sentence), status_of(error))
    confirms = request.app[SITE].gateway.confirms
    answer = web.HTTPSeeOther(f"/{'confirm' if confirms else 'login'}?next={quote(back)}")
    set_sealed(request, answer, ADDRESS, address)
    raise Said(answer, MAILED if confirms else READY)


async def on_confirm(request: web.Request) -> web.StreamResponse:
    """Ask for the code that was mailed."""
    facts = {"email": read_sealed(request, ADDRESS), "back": safe_next(request.query.get("next", "/")), "problem": ""}
    return render(request, "confirm.html", facts)


async def on_confirm_sent(request: web.Request) -> web.StreamResponse:
    """Confirm the address and sign in."""
    fields = await form(request)
    email, back = fields.text("email"), safe_next(fields.text("next"))
    try:
        await limit(request, CODE_FROM)
        await limit(request, CODE, email)
        identity = await request.app[SITE].gateway.confirm(email, fields.text("code"))
        await enter(request, identity, back, "Your address is confirmed. Welcome!")
    except (NotAllowed, Unusable) as error:
        facts = {"email": email, "back": back, "problem": error.sentence}
        return render(request, "confirm.html", facts, status_of(error))


async def on_mail_again(request: web.Request) -> web.StreamResponse:
    """Mail the code once more."""
    fields = await form(request)
    email, back = fields.text("email"), safe_next(fields.text("next"))
    try:
        address = checked_address(email)
        await limit(request, MAIL_FROM)
        await limit(request, MAIL, address)
        await request.app[SITE].gateway.mail_again(address)
    except (NotAllowed, Unusable) as error:
        facts = {"email": email, "back": back, "problem": error.sentence}
        return render(request, "confirm.html", facts, status_of(error))
    answer = web.HTTPSeeOther(f"/confirm?next={quote(back)}")
    set_sealed(request, answer, ADDRESS, address)
    raise Said(answer, MAILED_AGAIN)


def _facts(request: web.Request, back: str, fields: Form | None = None, problem: str = "") -> dict[str, object]:
    invited = request.app[SITE].settings.access == "invite" and not back.startswith("/link/")
    return {"back": back, "email": fields.text("email") if fields else "", "problem": problem, "invited_only": invited}


ROUTES = [
    web.get("/register", on_register),
    web.post("/register", on_register_sent),
    web.get("/confirm", on_confirm),
    web.post("/confirm", on_confirm_sent),
    web.post("/confirm/again", on_mail_again),
]
