"""A receipt's page: its pictures beside its figures, every one of which can be corrected."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from hashlib import blake2s
from uuid import UUID

from aiohttp import web

from core.corrections import WrongValues
from core.locales import locale_of
from core.page_sources import parts_of
from core.places import places
from core.ports import Filed, State
from core.privacy import READ_HERE, READ_HERE_KEPT_AWAY, Setup
from core.proofs import proof_line
from core.receipt import Reading, Receipt
from core.who_read import who_read
from webhook.pages.figures import Figures, Typed
from webhook.pages.frame import SITE, STORES, day_here, me, render, see_other
from webhook.pages.guards import form, signed_in
from webhook.pages.marks import Mark, marks_of, sheets_of
from webhook.pages.pictures import found
from webhook.pages.questions import Question, questions

SAVED = "Saved."
CHANGED = (
    "This receipt has changed since you opened it, in the chat or in another window. What you typed is kept below: "
    "please look at it and save once more."
)
NOT_SAVED = "Nothing was saved yet: something below is not right."
NOT_THERE = "This receipt cannot be changed as it stands now."


@signed_in
async def on_receipt(request: web.Request) -> web.StreamResponse:
    """Show a receipt as it stands."""
    return await shown(request, await found(request))


@signed_in
async def on_save(request: web.Request) -> web.StreamResponse:
    """Save what was typed into a receipt's form, all of it or nothing; what cannot be saved stays in the form."""
    fields = await form(request)
    filed = await found(request)
    if filed.state is not State.READ or filed.receipt is None:
        see_other(f"/receipts/{filed.id}", NOT_THERE)
    changes = {name: value for name, value in fields.items() if name not in ("csrf", "seen")}
    if fields.get("seen") != seen(filed.receipt):
        return await shown(request, filed, Typed(changes, {}), (409, CHANGED))
    try:
        await request.app[SITE].bookkeeper.correct_all(me(request), filed.id, changes)
    except WrongValues as error:
        return await shown(request, filed, Typed(changes, error.faults), (422, NOT_SAVED))
    else:
        see_other(f"/receipts/{filed.id}", SAVED)


async def shown(
    request: web.Request, filed: Filed, typed: Typed | None = None, told: tuple[int, str] = (200, "")
) -> web.Response:
    """Return the page of a receipt, maybe with what was typed and not saved; `told` is its status and why."""
    stores, account = request.app[STORES], me(request)
    reading = await stores.ledger.reading(account.id, filed.id) or Reading()
    marks = await asyncio.to_thread(_marks, filed, reading)  # of a long receipt that is work
    receipt = filed.receipt or Receipt()
    asked = questions(filed, reading, locale_of(account.language)) if filed.state is State.READ else []
    facts: Mapping[str, object] = {
        "filed": filed,
        "receipt": receipt,
        "figures": Figures(filed, account, marks, typed),
        "marks": list(marks.values()),
        "sheets": sheets_of(reading),
        "photos": len({part.photo for part in await parts_of(stores.ledger, filed)}),
        "proof": proof_line(receipt, locale_of(account.language)),
        "questions": [one for one in asked if one.field != "receipt"],
        "repeats": await _repeated(request, filed, asked),
        "seen": seen(receipt),
        "today": day_here(request),
        "told": told[1],
        "who_read": who_read(receipt),
        "left": await stores.departures.of_receipt(account.id, [filed.id]),
        "left_nothing": READ_HERE if Setup.of(request.app[SITE].settings).is_all_here else READ_HERE_KEPT_AWAY,
    }
    return render(request, "receipt.html", facts, told[0])


def _marks(filed: Filed, reading: Reading) -> dict[str, Mark]:
    return marks_of(places(filed.as_read or filed.receipt or Receipt(), reading), reading)


def seen(receipt: Receipt) -> str:
    """Return what tells a receipt from what it becomes when a figure of it changes."""
    return blake2s(receipt.model_dump_json(exclude={"doubts"}).encode(), digest_size=8).hexdigest()


async def _repeated(request: web.Request, filed: Filed, asked: list[Question]) -> tuple[Question, Filed] | None:
    """Return the question whether a receipt was sent twice, and the other one."""
    question = next((one for one in asked if one.field == "receipt"), None)
    if question is None or filed.receipt is None:
        return None
    choices = filed.receipt.doubts[question.index].choices
    other = await request.app[STORES].ledger.find(filed.account, UUID(choices[0])) if choices else None
    return (question, other) if other is not None and other.state is State.READ else None


ROUTES = [web.get("/receipts/{receipt}", on_receipt), web.post("/receipts/{receipt}", on_save)]
