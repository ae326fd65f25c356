"""What stands before a page: who may see it, and whether a form that is sent comes from a page of ours."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import wraps
from urllib.parse import quote

from aiohttp import BodyPartReader, MultipartReader, web
from aiohttp.http_exceptions import BadHttpMessage

from core.adapters.storable import storable
from core.errors import NotAllowed, Unusable
from webhook.pages.browser import is_foreign
from webhook.pages.frame import CSRF, form_owner, see_other
from webhook.pages.seals import is_token
from webhook.pages.site import SITE, Handler, Patience, visit_of

CSRF_HEADER = "X-CSRF"
LONGEST_TOKEN = 200
UNREADABLE = (
    *(ValueError, LookupError, RuntimeError, AssertionError),
    *(web.RequestPayloadError, BadHttpMessage, ConnectionError),
)
"""What aiohttp raises for a form that is cut off, malformed, or in an encoding that is none."""


class ForeignForm(NotAllowed):
    """This form is too old, or came from another page. Please open the page again and send it once more."""


class SignInAgain(NotAllowed):
    """You are signed out. Please sign in again."""


class NoForm(Unusable):
    """This form could not be read. Please open the page again and send it once more."""


class Clock:
    """How long an upload may still take; it runs from the moment it is made."""

    def __init__(self, patience: Patience) -> None:
        """Start."""
        self._silence = patience.silence
        self._end = asyncio.get_running_loop().time() + patience.upload

    def left(self) -> float:
        """Return for how many seconds the next piece may be awaited."""
        return min(self._silence, self._end - asyncio.get_running_loop().time())


class Part(BodyPartReader):
    """A part of a multipart form; what is cut off or malformed is no form, whenever that shows."""

    clock: Clock | None = None
    """Set before anybody of ours reads it."""

    async def read_chunk(self, size: int = BodyPartReader.chunk_size) -> bytes:
        """Return some more bytes, none at its end. Raises NoForm or HTTPRequestTimeout."""
        async with arriving(self.clock.left() if self.clock else None):
            return await super().read_chunk(size)


class Parts(MultipartReader):
    """A multipart form of such parts."""

    part_reader_cls = Part


class Form(dict[str, str]):
    """The fields of a form by name, the last of each; text that no database stores is left out of them."""

    def __init__(self, entries: list[tuple[str, str]]) -> None:
        """Take names and values in the order of the form."""
        self.entries = [(name, storable(value)) for name, value in entries]
        super().__init__(self.entries)

    def text(self, name: str) -> str:
        """Return a field without spaces around it, empty when it was not sent."""
        return self.get(name, "").strip()

    def all(self, name: str) -> list[str]:
        """Return all values of a field that may be there several times, such as check boxes."""
        return [value for given, value in self.entries if given == name]


def signed_in(handler: Handler) -> Handler:
    """Let only somebody who is signed in see a page; others sign in first and come back to it."""

    @wraps(handler)
    async def guarded(request: web.Request) -> web.StreamResponse:
        if visit_of(request).account is None:
            if wants_json(request):
                raise SignInAgain
            if request.method in {"GET", "HEAD"}:
                see_other(f"/login?next={quote(request.rel_url.raw_path_qs, safe='/')}")
            see_other("/login", "You were signed out, so nothing was changed. Please sign in again.")
        return await handler(request)

    return guarded


def admin_only(handler: Handler) -> Handler:
    """Let only admins see a page; for others there is no such page."""

    @wraps(handler)
    async def guarded(request: web.Request) -> web.StreamResponse:
        account = visit_of(request).account
        if account is None or not account.is_admin:
            raise web.HTTPNotFound
        return await handler(request)

    return guarded


async def form(request: web.Request) -> Form:
    """Return the fields of a form of ours that was sent. Raises ForeignForm, NoForm or HTTPRequestTimeout."""
    if is_foreign(request):
        raise ForeignForm
    async with arriving(request.app[SITE].patience.form):
        given = await request.post()
    fields = Form([(name, value) for name, value in given.items() if isinstance(value, str)])
    _check(request, fields.get(CSRF, "") or request.headers.get(CSRF_HEADER, ""))
    return fields


async def parts(request: web.Request) -> AsyncIterator[BodyPartReader]:
    """Yield the parts of a multipart form of ours as they arrive; their sizes are for the caller to bound.

    Its first field is the token, or the header X-CSRF is. Raises ForeignForm, NoForm or HTTPRequestTimeout.
    """
    if is_foreign(request):
        raise ForeignForm
    if request.content_type != "multipart/form-data":
        raise NoForm
    given = request.headers.get(CSRF_HEADER)
    if given is not None:
        _check(request, given)
    async for part in _arriving_parts(request):
        if part.name == CSRF and part.filename is None:
            given = (await part.read_chunk(LONGEST_TOKEN)).decode("utf-8", "replace")
            _check(request, given)
        elif given is None:
            raise ForeignForm
        else:
            yield part


@asynccontextmanager
async def arriving(seconds: float | None) -> AsyncIterator[None]:
    """Wait so long for what a browser sends. Raises NoForm, or HTTPRequestTimeout when it takes longer."""
    try:
        async with asyncio.timeout(seconds):
            yield
    except TimeoutError as error:
        raise web.HTTPRequestTimeout from error
    except UNREADABLE as error:
        raise NoForm from error


def wants_json(request: web.Request) -> bool:
    """Tell whether a script of ours asks, and not a browser that shows what it gets."""
    return "application/json" in request.headers.get("Accept", "")


async def _arriving_parts(request: web.Request) -> AsyncIterator[Part]:
    """Yield the parts of a multipart form, none later than the clock allows; what is left of one is passed over."""
    clock = Clock(request.app[SITE].patience)
    async with arriving(clock.left()):
        reader = Parts(request.headers, request.content, client_max_size=request.client_max_size)
    while True:
        async with arriving(clock.left()):
            part = await reader.next()
        if part is None:
            return
        if not isinstance(part, Part):
            raise NoForm
        part.clock = clock
        yield part
        await part.release()


def _check(request: web.Request, given: str) -> None:
    """Compare a form's token with the browser's. Raises ForeignForm."""
    if not is_token(request.app[SITE].key, CSRF, form_owner(visit_of(request)), given):
        raise ForeignForm
