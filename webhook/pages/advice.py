"""Advice: what grew, what recurs, what is unusual, what is owed and what may be there twice; each with its figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from aiohttp import web

from core.accounts import Account
from core.advice import MONTHS_BEFORE, Grown, Month, Unusual, by_currency, doubles, grown, known_months, owed, unusual
from core.insights import Share
from core.periods import PeriodKind, period_of
from core.regulars import Regular, candidates, regular
from core.searching import Wanted
from webhook.pages.charts import Bar, bars
from webhook.pages.frame import STORES, day_here, me, render
from webhook.pages.guards import signed_in

MONTHS_LOOKED_AT = 8
LARGEST_LOOKED_AT = 20
MOST_SHOWN = 5
MOST_BILLS = 100
MOST_DOUBTED = 100
MOST_VISITS = 40
DUE_DAYS = 30


@dataclass(frozen=True)
class Growth:
    """A category that grew, with its bar; the bar's mark is what was usual."""

    fact: Grown
    bar: Bar
    more: str


@signed_in
async def on_advice(request: web.Request) -> web.StreamResponse:
    """Show what the account's own figures say that is worth a look, and what is missing to say more."""
    account, stores = me(request), request.app[STORES]
    today = day_here(request)
    history = await _history(request, account, today)
    due = await stores.ledger.due(account.id, today + timedelta(days=DUE_DAYS), MOST_BILLS)
    doubted = await stores.search.search(account.id, Wanted(doubted=True, limit=MOST_DOUBTED))
    twice = doubles(doubted.receipts)
    facts = {
        "today": today,
        "grown": _growths(grown(history, today)[:MOST_SHOWN]),
        "known_months": known_months(history),
        "needed_months": MONTHS_BEFORE,
        "regulars": await _regulars(request, history, today),
        "unusual": await _unusual(request, history, today),
        "due": due,
        "owed": owed(due),
        "overdue": sum(1 for one in due if one.receipt and one.receipt.due_on and one.receipt.due_on < today),
        "doubted": doubted,
        "doubles": twice[:MOST_SHOWN],
        "doubled": owed(twice),
        "currencies": by_currency(history[-MONTHS_BEFORE:]),
        "since": history[-MONTHS_BEFORE].period.first,
        "has_receipts": bool((await stores.ledger.newest(account.id, 1, 0))[1]),
    }
    return render(request, "advice.html", facts)


async def _history(request: web.Request, account: Account, today: date) -> list[Month]:
    """Return the sums of the last months, this one last."""
    ledger, now = request.app[STORES].ledger, period_of(PeriodKind.MONTH, today)
    months = [now.shifted(steps) for steps in range(1 - MONTHS_LOOKED_AT, 1)]
    return [Month(one, tuple(await ledger.sums(account.id, one.first, one.last))) for one in months]


async def _regulars(request: web.Request, history: list[Month], today: date) -> list[Regular]:
    """Return what recurs, soonest expected first."""
    search, account, found = request.app[STORES].search, me(request), []
    for candidate in candidates(history):
        wanted = Wanted(
            text=candidate.merchant, currency=candidate.currency, since=history[0].period.first, limit=MOST_VISITS
        )
        visits = (await search.search(account.id, wanted)).receipts
        fact = regular(candidate, visits, today)
        found += [fact] if fact else []
    return sorted(found, key=lambda one: (one.expected, one.merchant))


async def _unusual(request: web.Request, history: list[Month], today: date) -> list[Unusual]:
    """Return unusually large receipts of this month and the last, against the months before those."""
    since = history[-2].period.first
    largest = await request.app[STORES].largest.largest(me(request).id, since, today, LARGEST_LOOKED_AT)
    before = [part for month in history[:-2] for part in month.sums]
    return unusual(largest, before)[:MOST_SHOWN]


def _growths(facts: list[Grown]) -> list[Growth]:
    """Return what grew with its bars; those of one currency are on one scale."""
    found = []
    for currency in dict.fromkeys(fact.currency for fact in facts):
        alike = [fact for fact in facts if fact.currency == currency]
        drawn = bars([Share(fact.category, 0, fact.now, fact.usual) for fact in alike], len(alike))
        found += [Growth(fact, bar, _more(fact)) for fact, bar in zip(alike, drawn, strict=True)]
    return found


def _more(fact: Grown) -> str:
    """Return where a category's receipts of its month are listed."""
    days = {"since": fact.month.first.isoformat(), "until": fact.month.last.isoformat()}
    return f"/receipts?{urlencode({**days, 'category': fact.category})}"


ROUTES = [web.get("/advice", on_advice)]
