"""Ask: a question in plain words, understood by the grammar alone, and its answer with how it was found."""

from __future__ import annotations

from urllib.parse import urlencode

from aiohttp import web

from core.asked_query import Query
from core.asking.grammar import understood
from core.asking.matching import wording
from core.asking.sentence import LONGEST
from webhook.pages.frame import STORES, day_here, me, render
from webhook.pages.guards import signed_in

EXAMPLES = (
    "How much on coffee in March?",
    "Biggest bill this year?",
    "When was I last at Lidl?",
    "Where do I spend the most?",
    "How much on groceries per month?",
)


@signed_in
async def on_ask(request: web.Request) -> web.StreamResponse:
    """Answer `?q=`; without it, or when it is not understood, show what can be asked."""
    account, typed = me(request), request.query.get("q", "").strip()
    words = f"{typed.rstrip(' ?')}?" if typed else ""
    query = understood(words, day_here(request), account.offered, account.language) if words else None
    told = await request.app[STORES].answering.answer(account, query, day_here(request)) if query else None
    facts = {
        "typed": typed[:LONGEST],
        "longest": LONGEST,
        "told": told,
        "more": _receipts_of(query) if query and told and told.is_found else None,
        "examples": EXAMPLES,
    }
    return render(request, "ask.html", facts)


def _receipts_of(query: Query) -> str | None:
    """Return where the receipts that a query is about are listed, or None where the list cannot be narrowed to them."""
    means = wording(query.item) if query.item else None
    if len(query.categories) > 1 or (query.item and query.merchant) or (means and len(means.phrases) > 1):
        return None
    given = {
        "since": query.since.isoformat() if query.since else "",
        "until": query.until.isoformat() if query.until else "",
        "category": query.categories[0] if query.categories else "",
        "text": query.merchant or query.item or "",
    }
    return f"/receipts?{urlencode({name: value for name, value in given.items() if value}, errors='replace')}"


ROUTES = [web.get("/ask", on_ask)]
