"""What is done with a whole receipt on its page: a doubt is settled, it is deleted, put back, paid or written down."""

from __future__ import annotations

from uuid import UUID

from aiohttp import web

from core.answers import mark_of
from core.ports import Filed, State
from core.receipt import Doubt, DoubtKind
from webhook.pages.frame import SITE, day_here, me, see_other
from webhook.pages.guards import form, signed_in
from webhook.pages.pictures import found

NOTED = "Thank you, noted."
SETTLED = "That question is settled already."
DELETED = "Deleted. You can undo it here."
OTHER_DELETED = "The other one was deleted. It can be put back from its own page."
RESTORED = "It is back in your ledger."
READING = "It is still being read."
PAID, UNPAID = "Marked as paid.", "Marked as not paid."
WRITE = "Write down what the receipt says; at least its total and date."
NOTHING = "Nothing was changed: the receipt is not as it was when you opened it."


@signed_in
async def on_settle(request: web.Request) -> web.StreamResponse:
    """Answer a doubt, unless the receipt has moved on since it was asked."""
    fields = await form(request)
    filed = await found(request)
    asked = _asked(filed, fields.text("doubt"), fields.text("mark"))
    place = f"/receipts/{filed.id}"
    if asked is None:
        see_other(place, SETTLED)
    index, doubt = asked
    answer = fields.text("choice")
    bookkeeper, account = request.app[SITE].bookkeeper, me(request)
    if answer == "other" and doubt.kind is DoubtKind.DUPLICATE and doubt.choices:
        await bookkeeper.delete(account, UUID(doubt.choices[0]))
        await bookkeeper.settle(account, filed.id, index, None)
        see_other(place, OTHER_DELETED)
    choice = int(answer) if answer.isascii() and answer.isdecimal() and len(answer) < 3 else None
    if choice is None and answer != "-":
        see_other(place, SETTLED)
    settled = await bookkeeper.settle(account, filed.id, index, choice)
    gone = settled is not None and settled.state is State.DELETED
    see_other(place, DELETED if gone else NOTED if settled else SETTLED)


@signed_in
async def on_delete(request: web.Request) -> web.StreamResponse:
    """Delete a receipt; its page then offers to undo that."""
    await form(request)
    filed = await found(request)
    deleted = await request.app[SITE].bookkeeper.delete(me(request), filed.id)
    see_other(f"/receipts/{filed.id}", DELETED if deleted else READING if filed.state is State.WAITING else NOTHING)


@signed_in
async def on_restore(request: web.Request) -> web.StreamResponse:
    """Put a deleted receipt back."""
    await form(request)
    filed = await found(request)
    restored = await request.app[SITE].bookkeeper.restore(me(request), filed.id)
    see_other(f"/receipts/{filed.id}", RESTORED if restored else NOTHING)


@signed_in
async def on_pay(request: web.Request) -> web.StreamResponse:
    """Note that a bill was paid today, or that it was not."""
    fields = await form(request)
    filed, site = await found(request), request.app[SITE]
    paid = fields.text("paid") == "yes"
    noted = await site.bookkeeper.pay(me(request), filed.id, day_here(request) if paid else None)
    see_other(f"/receipts/{filed.id}", (PAID if paid else UNPAID) if noted else NOTHING)


@signed_in
async def on_write_down(request: web.Request) -> web.StreamResponse:
    """Make an empty receipt of a photo that could not be used, for the person to fill in."""
    await form(request)
    filed = await found(request)
    written = await request.app[SITE].bookkeeper.write_down(me(request), filed.id)
    see_other(f"/receipts/{filed.id}", WRITE if written else NOTHING)


def _asked(filed: Filed, index: str, mark: str) -> tuple[int, Doubt] | None:
    """Return the doubt that a form answers, when it still asks the same."""
    doubts = filed.receipt.doubts if filed.receipt and filed.state is State.READ else ()
    asked = next(((at, doubt) for at, doubt in enumerate(doubts) if str(at) == index), None)
    return asked if asked is not None and mark_of(asked[1]) == mark else None


ROUTES = [
    web.post("/receipts/{receipt}/settle", on_settle),
    web.post("/receipts/{receipt}/delete", on_delete),
    web.post("/receipts/{receipt}/restore", on_restore),
    web.post("/receipts/{receipt}/pay", on_pay),
    web.post("/receipts/{receipt}/write-down", on_write_down),
]
