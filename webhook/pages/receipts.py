"""The list of receipts: what was read, found by words and filters, ten a page; and what waits or could not be used."""

from __future__ import annotations

from aiohttp import web

from core.accounts import Account
from core.doubts import sentence
from core.ports import Filed, State
from core.searching import Found
from webhook.pages.asked import PAGE_SIZE, Asked, read_asked
from webhook.pages.frame import STORES, day_here, me, render
from webhook.pages.guards import signed_in

WAITING_SHOWN = 20
STATES = [
    ("", "Read"),
    ("waiting", "Waiting to be read"),
    ("unusable", "Could not be used"),
    ("deleted", "Deleted"),
]


@signed_in
async def on_receipts(request: web.Request) -> web.StreamResponse:
    """Show a page of the receipts that are asked for; above the newest, the photos that are still being read."""
    asked, account = read_asked(request.query), me(request)
    aside = request.app[STORES].aside
    waiting: list[Filed] = []
    unusable = 0
    if asked.is_plain and asked.page == 1:
        waiting, _ = await aside.aside(account.id, [State.WAITING], WAITING_SHOWN, 0)
        _, unusable = await aside.aside(account.id, [State.UNUSABLE], 0, 0)
    found = await _found(request, asked)
    facts = {
        "asked": asked,
        "found": found,
        "pages": -(-found.count // PAGE_SIZE),
        "waiting": waiting,
        "unusable": unusable,
        "today": day_here(request),
        "categories": _categories(account, asked.typed["category"]),
        "states": STATES,
        "open_doubts": open_doubts,
    }
    return render(request, "receipts.html", facts)


async def _found(request: web.Request, asked: Asked) -> Found:
    account, stores = me(request), request.app[STORES]
    if asked.state is State.READ:
        return await stores.search.search(account.id, asked.wanted)
    receipts, count = await stores.aside.aside(account.id, [asked.state], asked.wanted.limit, asked.wanted.offset)
    return Found(receipts, count)


def _categories(account: Account, asked: str) -> list[tuple[str, str]]:
    """Return the categories to filter by: those on offer, and one that is asked for all the same."""
    offered = account.offered
    names = offered if not asked or asked in offered else [*offered, asked]
    return [("", "Any"), *((name, name.capitalize()) for name in names)]


def open_doubts(filed: Filed) -> list[str]:
    """Return the questions about a receipt that nobody answered yet."""
    receipt = filed.receipt
    if receipt is None:
        return []
    return [sentence(doubt, receipt) for doubt in receipt.doubts if doubt.kind not in filed.settled]


ROUTES = [web.get("/receipts", on_receipts)]
