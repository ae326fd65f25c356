"""A receipt's pictures: its pages as they were read, and the photos as they were sent."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from aiohttp import web

from core.adapters.page_pictures import NoPage, PagePictures
from core.adapters.wiring import Stores
from core.kinds import PDF_TYPE, UNKNOWN_TYPE, media_type
from core.ports import Filed
from core.receipt import Reading
from webhook.pages.frame import STORES, me
from webhook.pages.guards import signed_in

PICTURES = web.AppKey("pictures", PagePictures)
CACHING = "private, no-cache"
"""Only this browser keeps it, and asks each time: who has signed out sees nothing any more."""
LAST_PAGE = 1000


@dataclass(frozen=True)
class Source:
    """Where a page's picture comes from: a photo's key, its page from 1, and by how many degrees it is turned."""

    key: str
    number: int
    turn: int

    @property
    def tag(self) -> str:
        """Return what the picture is known by to browsers."""
        return sha256(f"{self.key} {self.number} {self.turn}".encode()).hexdigest()[:20]


async def found(request: web.Request) -> Filed:
    """Return the receipt in the address; another account's is as little there as one that never was. Raises 404."""
    try:
        receipt = UUID(request.match_info["receipt"])
    except ValueError:
        raise web.HTTPNotFound from None
    filed = await request.app[STORES].ledger.find(me(request).id, receipt)
    if filed is None:
        raise web.HTTPNotFound
    return filed


@signed_in
async def on_page(request: web.Request) -> web.StreamResponse:
    """Send a page as JPEG in the frame that its boxes are in."""
    filed, stores = await found(request), request.app[STORES]
    number = int(request.match_info["page"])
    source = await _source(stores, filed, number) if 0 < number <= LAST_PAGE else None
    if source is None:
        raise web.HTTPNotFound
    headers = {"Cache-Control": CACHING, "ETag": f'"{source.tag}"'}
    if any(tag.value == source.tag for tag in request.if_none_match or ()):
        return web.Response(status=304, headers=headers)
    try:
        drawn = await request.app[PICTURES].page(source.key, stores.photos.fetch, source.number, source.turn)
    except NoPage:
        raise web.HTTPNotFound from None
    return web.Response(body=drawn, content_type="image/jpeg", headers=headers)


@signed_in
async def on_photo(request: web.Request) -> web.StreamResponse:
    """Hand a photo over as it was sent, never to be shown here: it may be anything.

    Where photos have addresses (Supabase), by one that is good for a minute. `n` is which of several.
    """
    filed, stores = await found(request), request.app[STORES]
    keys = list(dict.fromkeys(part.photo for part in await parts_of(stores, filed)))
    wanted = request.query.get("n", "1")
    if not (wanted.isascii() and wanted.isdecimal() and 0 < int(wanted[:6]) <= len(keys)):
        raise web.HTTPNotFound
    key = keys[int(wanted) - 1]
    stem = f"receipt-{filed.counted_on.isoformat()}"
    if address := await stores.photos.address(key, name=stem):
        raise web.HTTPFound(address, headers={"Cache-Control": "no-store"})
    photo = await stores.photos.fetch(key)
    kind = media_type(photo)
    ending = {PDF_TYPE: "pdf", UNKNOWN_TYPE: "bin", "image/jpeg": "jpg", "image/tiff": "tif"}.get(kind)
    name = f"{stem}.{ending or kind.split('/')[1]}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return web.Response(body=photo, content_type=kind, headers=headers)


async def parts_of(stores: Stores, filed: Filed) -> list[Filed]:
    """Return the receipts of the single photos that a receipt joins, or itself."""
    parts = [await stores.ledger.find(filed.account, part) for part in filed.joins]
    return [part for part in parts if part is not None] or [filed]


async def _source(stores: Stores, filed: Filed, number: int) -> Source | None:
    """Return where the picture of page `number` comes from; a receipt in several photos has the pages of all."""
    reading = await stores.ledger.reading(filed.account, filed.id) or Reading()
    turn = reading.turned[number - 1] if number <= len(reading.turned) else 0
    if not filed.joins:
        return Source(filed.photo, number, turn)
    photos = reading.photos or tuple(range(len(filed.joins)))
    if number > len(photos):
        return None
    parts = await parts_of(stores, filed)
    read = [part for part in parts if await stores.ledger.reading(filed.account, part.id) is not None] or parts
    which = photos[number - 1]
    return Source(read[which].photo, photos[:number].count(which), turn) if which < len(read) else None


ROUTES = [
    web.get("/receipts/{receipt}/page/{page:[0-9]{1,4}}.jpg", on_page),
    web.get("/receipts/{receipt}/photo", on_photo),
]
