"""What stands before a page: who may see it, and whether a form that is sent comes from a page of ours."""

from __future__ import annotations

from collections.abc import AsyncIterator
from functools import wraps
from urllib.parse import quote

from aiohttp import BodyPartReader, MultipartReader, web
from aiohttp.http_exceptions import BadHttpMessage

from core.adapters.storable import storable
from core.errors import NotAllowed, Unusable
from webhook.pages.browser import is_foreign
from webhook.pages.frame import CSRF, form_owner, see_other
from webhook.pages.seals import is_token
from webhook.pages.site import SITE, Handler, visit_of

CSRF_HEADER = "X-CSRF"
LONGEST_TOKEN = 200
UNREADABLE = (ValueError, LookupError, RuntimeError, AssertionError, web.RequestPayloadError, BadHttpMessage)
"""What aiohttp raises for a form that is cut off, malformed, or in an encoding that is none."""


class ForeignForm(NotAllowed):
    """This form is too old, or came from another page. Please open the page again and send it once more."""


class SignInAgain(NotAllowed):
    """You are signed out. Please sign in again."""


class NoForm(Unusable):
    """This form could not be read. Please open the page again and send it once more."""


class Part(BodyPartReader):
    """A part of a multipart form; what is cut off or malformed is no form, whenever that shows."""

    async def read_chunk(self, size: int = BodyPartReader.chunk_size) -> bytes:
        """Return some more bytes, none at its end. Raises NoForm."""
        try:
            return await super().read_chunk(size)
        except UNREADABLE as error:
            raise NoForm from error


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
    """Return the fields of a form of ours that was sent. Raises ForeignForm or NoForm."""
    if is_foreign(request):
        raise ForeignForm
    try:
        given = await request.post()
    except UNREADABLE as error:
        raise NoForm from error
    fields = Form([(name, value) for name, value in given.items() if isinstance(value, str)])
    _check(request, fields.get(CSRF, "") or request.headers.get(CSRF_HEADER, ""))
    return fields


async def parts(request: web.Request) -> AsyncIterator[BodyPartReader]:
    """Yield the parts of a multipart form of ours as they arrive; their sizes are for the caller to bound.

    Its first field is the token, or the header X-CSRF is. Raises ForeignForm or NoForm.
    """
    if is_foreign(request):
        raise ForeignForm
    if request.content_type != "multipart/form-data":
        raise NoForm
    given = request.headers.get(CSRF_HEADER)
    if given is not None:
        _check(request, given)
    try:
        async for part in Parts(request.headers, request.content, client_max_size=request.client_max_size):
            if not isinstance(part, BodyPartReader):
                raise NoForm
            if part.name == CSRF and part.filename is None:
                given = (await part.read_chunk(LONGEST_TOKEN)).decode("utf-8", "replace")
                _check(request, given)
            elif given is None:
                raise ForeignForm
            else:
                yield part
    except UNREADABLE as error:
        raise NoForm from error


def wants_json(request: web.Request) -> bool:
    """Tell whether a script of ours asks, and not a browser that shows what it gets."""
    return "application/json" in request.headers.get("Accept", "")


def _check(request: web.Request, given: str) -> None:
    """Compare a form's token with the browser's. Raises ForeignForm."""
    if not is_token(request.app[SITE].key, CSRF, form_owner(visit_of(request)), given):
        raise ForeignForm
