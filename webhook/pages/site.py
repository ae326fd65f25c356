"""What the pages work with: one Site for the whole application, and one Visit for each request."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from aiohttp import web

from core.accounts import Account, Session
from core.adapters.wiring import Stores
from core.bookkeeper import Bookkeeper
from core.ports import Throttle
from core.settings import Settings
from core.signing_in import AuthGateway

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True)
class Patience:
    """How many seconds what a browser sends may take."""

    form: float = 15
    """All of a form without files."""
    silence: float = 30
    """Between two pieces of an upload."""
    upload: float = 15 * 60
    """All of an upload."""


@dataclass(frozen=True)
class Site:
    """The settings, and the parts that pages work with."""

    settings: Settings
    gateway: AuthGateway
    throttle: Throttle
    bookkeeper: Bookkeeper
    patience: Patience = Patience()

    @property
    def key(self) -> bytes:
        """Return what the pages seal with: all receivers have the same, and nobody else has it."""
        secret = self.settings.webhook_secret or ""
        return hmac.digest(secret.encode(), b"pages", hashlib.sha256)


@dataclass
class Visit:
    """Who asks for a page: the session and its account when signed in, and what the browser's cookies say."""

    account: Account | None = None
    session: Session | None = None
    token: str = ""
    """The session's."""
    visitor: str = ""
    """What a browser that is not signed in is known by."""
    is_new: bool = False
    """The visitor's cookie has to be set."""
    is_over: bool = False
    """The session's cookie has to go."""
    said: str = ""
    """A notice for the next page that is shown."""
    was_told: bool = False
    """The notice was shown, so its cookie has to go."""


STORES = web.AppKey("stores", Stores)
SITE = web.AppKey("site", Site)
VISIT = web.RequestKey("visit", Visit)
STARTED = web.RequestKey("started", web.StreamResponse)
"""What is being sent already: nothing else can be answered any more."""


def build_site(settings: Settings, stores: Stores, gateway: AuthGateway) -> Site:
    """Return what the pages work with."""
    bookkeeper = Bookkeeper(
        photos=stores.photos,
        intake=stores.ledger,
        ledger=stores.ledger,
        rules=stores.rules,
        today=lambda: datetime.now(UTC).date(),
    )
    return Site(settings, gateway, stores.throttle, bookkeeper)


def visit_of(request: web.Request) -> Visit:
    """Return the request's visit; an empty one where none was looked up."""
    if VISIT not in request:
        request[VISIT] = Visit()
    return request[VISIT]
