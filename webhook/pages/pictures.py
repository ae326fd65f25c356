"""A receipt's pictures: its pages as they were read, and the photos as they were sent."""

from __future__ import annotations

from uuid import UUID

from aiohttp import web

from core.adapters.page_pictures import NoPage, PagePictures
from core.kinds import PDF_TYPE, UNKNOWN_TYPE, media_type
from core.page_sources import parts_of, source_of
from core.ports import Filed
from webhook.pages.frame import STORES, me
from webhook.pages.guards import signed_in

PICTURES = web.AppKey("pictures", PagePictures)
CACHING = "private, no-cache"
"""Only this browser keeps it, and asks each time: who has signed out sees nothing any more."""
LAST_PAGE = 1000


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
    source = await source_of(stores.ledger, filed, number) if 0 < number <= LAST_PAGE else None
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
    keys = list(dict.fromkeys(part.photo for part in await parts_of(stores.ledger, filed)))
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


ROUTES = [
    web.get("/receipts/{receipt}/page/{page:[0-9]{1,4}}.jpg", on_page),
    web.get("/receipts/{receipt}/photo", on_photo),
]
