"""The frame of every page: who is signed in, how a page is rendered, and where to go next with a notice."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import lru_cache, partial
from typing import NoReturn

from aiohttp import web

from core.accounts import Account
from core.days import day_of
from core.errors import NotAllowed, SnapSpendError, Unavailable, Unusable
from core.locales import locale_of
from webhook.pages.cookies import SAID, set_sealed
from webhook.pages.seals import token
from webhook.pages.site import SITE as SITE
from webhook.pages.site import STORES as STORES
from webhook.pages.site import Site as Site
from webhook.pages.site import Visit, visit_of
from webhook.pages.templates import TEMPLATES

CSRF = "csrf"
STATUSES: tuple[tuple[type[SnapSpendError], int], ...] = ((Unusable, 422), (NotAllowed, 403), (Unavailable, 503))


def render(request: web.Request, template: str, facts: Mapping[str, object], status: int = 200) -> web.Response:
    """Return a page: a template with its facts, and what the frame adds.

    That is `account` (None when nobody is signed in), `session`, `path`, `locale`, `said` (a notice from the page
    before), `mails` (whether e-mail leaves this machine) and `csrf_token` (a function; the macro `csrf()` writes it
    into a form).
    """
    visit = visit_of(request)
    added = {
        "account": visit.account,
        "session": visit.session,
        "path": request.path,
        "locale": _locale(visit.account.language if visit.account else "en"),
        "said": visit.said,
        "csrf_token": partial(csrf_token, request),
        "mails": request.app[SITE].settings.supabase_url is not None,
    }
    text = request.app[TEMPLATES].get_template(template).render({**facts, **added})
    visit.was_told = bool(visit.said)
    return web.Response(text=text, status=status, content_type="text/html", charset="utf-8")


def me(request: web.Request) -> Account:
    """Return who is signed in; behind @signed_in there always is somebody."""
    account = visit_of(request).account
    if account is None:
        see_other("/login")
    return account


def day_here(request: web.Request) -> date:
    """Return the day where the one who is signed in lives."""
    return day_of(datetime.now(UTC), me(request).time_zone)


def see_other(address: str, said: str = "") -> NoReturn:
    """Send the browser to another page of the site, which shows `said` once. Raises HTTPSeeOther."""
    answer = web.HTTPSeeOther(address)
    answer.text = ""
    raise Said(answer, said) if said else answer


def status_of(error: SnapSpendError) -> int:
    """Return the status of a page that tells of an error."""
    return next((status for family, status in STATUSES if isinstance(error, family)), 500)


class Said(Exception):
    """A way to another page, with a notice that the middleware seals into a cookie."""

    def __init__(self, answer: web.HTTPSeeOther, said: str) -> None:
        """Take both."""
        self.answer = answer
        self.said = said
        super().__init__("see other")

    def sent(self, request: web.Request) -> web.HTTPSeeOther:
        """Return the answer with its cookie."""
        set_sealed(request, self.answer, SAID, self.said)
        return self.answer


def csrf_token(request: web.Request) -> str:
    """Return what this browser's forms are known by: the session's, or before signing in the visitor's."""
    return token(request.app[SITE].key, CSRF, form_owner(visit_of(request)))


def form_owner(visit: Visit) -> str:
    """Return what the forms of a browser are tied to; a browser that is new gets its visitor's cookie."""
    if visit.account is not None:
        return f"session {visit.token}"
    if not visit.visitor:
        visit.visitor, visit.is_new = secrets.token_urlsafe(16), True
    return f"visitor {visit.visitor}"


@lru_cache(256)
def _locale(language: str) -> str:
    return locale_of(language)
