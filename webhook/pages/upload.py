"""Upload: one or many files, each kept and read by the same road as a photo from the chat."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from aiohttp import BodyPartReader, web

from core.accounts import Account
from core.errors import Empty, SnapSpendError, TooLarge, Unusable
from core.kinds import MAX_MEGABYTES
from webhook.pages.frame import SITE, STORES, day_here, me, render, see_other
from webhook.pages.guards import NoForm, parts, signed_in, wants_json

MOST_FILES = 20
MOST_FIELD = 64
FORM_ID = re.compile(r"[A-Za-z0-9_-]{16,40}")
NUMBER = re.compile(r"[0-9]{1,4}")
MEGABYTE = 1 << 20
CHUNK = 1 << 16


class TooManyFiles(Unusable):
    """I take {most} files at once; the others were left out. Please send them afterwards."""


class NothingSent(Unusable):
    """No file was chosen. Please choose at least one."""


@dataclass(frozen=True)
class Taken:
    """What became of one file: the receipt it opened, or the sentence that says why it opened none."""

    name: str
    receipt: UUID | None = None
    problem: str = ""

    def told(self) -> dict[str, str | None]:
        """Return it as the page's script reads it."""
        return {"name": self.name, "receipt": str(self.receipt) if self.receipt else None, "problem": self.problem}


@signed_in
async def on_form(request: web.Request) -> web.StreamResponse:
    """Show the form, which has a number of its own: sent twice, it opens each receipt once."""
    return _shown(request, [], 200)


@signed_in
async def on_upload(request: web.Request) -> web.StreamResponse:
    """Keep every file that can be kept; the others are told, and so is what went well."""
    try:
        taken = await _take_all(request, me(request))
    except web.HTTPException:
        raise
    except SnapSpendError as error:
        if wants_json(request) or not isinstance(error, NothingSent):
            raise
        return _shown(request, [Taken("", None, error.sentence)], 422)
    if wants_json(request):
        return web.json_response({"files": [one.told() for one in taken]})
    if any(one.problem for one in taken):
        return _shown(request, taken, 422)
    if len(taken) == 1:
        see_other(f"/receipts/{taken[0].receipt}")
    return see_other("/receipts", f"{len(taken)} photos are kept and being read.")


async def _take_all(request: web.Request, account: Account) -> list[Taken]:
    """Read the form part by part, so that never more than one file is in memory. Raises NothingSent or NoForm."""
    taken: list[Taken] = []
    form_id, first, too_many = "", "0", False
    async for part in parts(request):
        if part.filename is None:
            given = (await part.read_chunk(MOST_FIELD)).decode("utf-8", "replace").strip()
            if part.name == "form":
                form_id = given
            elif part.name == "first":
                first = given
            continue
        if not FORM_ID.fullmatch(form_id) or not NUMBER.fullmatch(first):
            raise NoForm
        if len(taken) >= MOST_FILES:
            too_many = True  # the rest arrives and is passed over: who is cut off while sending sees no answer
            continue
        found = await _take(request, account, part, f"upload:{account.id}:{form_id}:{int(first) + len(taken)}")
        taken += [found] if found else []
    if not taken:
        raise NothingSent
    return [*taken, Taken("", None, TooManyFiles(most=MOST_FILES).sentence)] if too_many else taken


async def _take(request: web.Request, account: Account, part: BodyPartReader, source: str) -> Taken | None:
    """Keep one file and open its receipt; None for a field in which no file was chosen."""
    name = " ".join((part.filename or "").split())[:80]
    try:
        first = await part.read_chunk(CHUNK)
        if not first and not name:
            return None
        if not first:
            raise Empty
        site, quota = request.app[SITE], request.app[STORES].quota
        await quota.check(account.id, datetime.now(UTC))  # of what is refused here the rest is passed over, not held
        photo = await _bytes_of(part, first)
        async with quota.room(account.id, datetime.now(UTC)):
            return Taken(name, await site.bookkeeper.keep(account, photo, source, day_here(request)))
    except SnapSpendError as error:
        return Taken(name, None, error.sentence)


async def _bytes_of(part: BodyPartReader, first: bytes) -> bytes:
    """Return a file's bytes, these first; of one that is too large the rest is passed over. Raises TooLarge."""
    photo = bytearray(first)
    too_large = False
    while chunk := await part.read_chunk(CHUNK):
        too_large = too_large or len(photo) + len(chunk) > MAX_MEGABYTES * MEGABYTE
        if too_large:
            photo.clear()
        else:
            photo += chunk
    if too_large:
        raise TooLarge(limit_mb=MAX_MEGABYTES)
    return bytes(photo)


def _shown(request: web.Request, taken: list[Taken], status: int) -> web.Response:
    """Return the page with a fresh form, and what became of the files that were sent before."""
    facts = {"taken": taken, "form_id": secrets.token_urlsafe(18), "most": MOST_FILES, "megabytes": MAX_MEGABYTES}
    return render(request, "upload.html", facts, status)


ROUTES = [web.get("/upload", on_form), web.post("/upload", on_upload)]
