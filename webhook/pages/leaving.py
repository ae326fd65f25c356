"""Taking everything along, and leaving: the ZIP of an account, and its deletion, which is asked twice."""

from __future__ import annotations

from contextlib import aclosing

from aiohttp import web

from core.exports.archive import Archive, archive_name
from webhook.pages.frame import STORES, day_here, me, render, see_other
from webhook.pages.guards import form, signed_in
from webhook.pages.limits import DOWNLOAD, limit
from webhook.pages.site import visit_of

WORD = "DELETE"
GONE = "Your account is closed. Its receipts, photos and links are being removed now; nothing of them is kept."


@signed_in
async def on_download(request: web.Request) -> web.StreamResponse:
    """Send everything in the account as a ZIP, while it is made.

    What was sent cannot be taken back: when something fails, the connection breaks, and the browser sees that it is
    not whole.
    """
    account, stores = me(request), request.app[STORES]
    await limit(request, DOWNLOAD, str(account.id))
    name = archive_name(day_here(request))
    answer = web.StreamResponse(
        headers={"Content-Type": "application/zip", "Content-Disposition": f'attachment; filename="{name}"'}
    )
    async with aclosing(Archive(stores.ledger, stores.photos).of(account.id)) as chunks:
        first = await anext(chunks, b"")
        await answer.prepare(request)
        await answer.write(first)
        async for chunk in chunks:
            await answer.write(chunk)
    await answer.write_eof()
    return answer


@signed_in
async def on_delete(request: web.Request) -> web.StreamResponse:
    """Say what would go, and ask for a word."""
    return await _shown(request, "", 200)


@signed_in
async def on_delete_sent(request: web.Request) -> web.StreamResponse:
    """Ask once more after the word was typed; after that close the account and sign out."""
    fields, account = await form(request), me(request)
    typed = fields.text("typed")
    if typed.upper() != WORD and (account.email is None or typed.lower() != account.email):
        return await _shown(request, f"Please type {WORD}{' or your address' if account.email else ''}.", 422)
    if fields.text("sure") == "yes":
        await request.app[STORES].removal.begin(account.id)
        visit_of(request).is_over = True
        see_other("/", GONE)
    return render(request, "account_delete_sure.html", {"typed": typed})


async def _shown(request: web.Request, problem: str, status: int) -> web.Response:
    account, stores = me(request), request.app[STORES]
    facts = {
        "count": (await stores.ledger.newest(account.id, 1, 0))[1],
        "chats": await stores.accounts.chats(account.id),
        "word": WORD,
        "problem": problem,
    }
    return render(request, "account_delete.html", facts, status)


ROUTES = [
    web.get("/account/download.zip", on_download),
    web.get("/account/delete", on_delete),
    web.post("/account/delete", on_delete_sent),
]
