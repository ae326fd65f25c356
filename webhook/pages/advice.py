"""Advice: what grew, what recurs, what is unusual, what is owed, and where budgets are heading; with their figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from aiohttp import web

from core.advice import MONTHS_BEFORE, Grown
from core.advice_facts import MOST_SHOWN, Facts, usual_currency
from core.advice_sentences import budget_sentence, grown_sentence, missing_sentences
from core.advisor import Advice
from core.budget_words import WrongBudget, budget_of, category_of
from core.budgets import Heading, TooManyBudgets
from core.choices import currencies
from core.errors import Unusable
from core.insights import Share
from core.locales import locale_of
from core.phrasing import paragraphs
from core.telling import Telling
from webhook.pages.charts import Bar, bars
from webhook.pages.frame import STORES, day_here, me, render, see_other, status_of
from webhook.pages.guards import form, signed_in
from webhook.pages.limits import WORDS, is_within
from webhook.pages.site import SITE

AT_BUDGETS = "/advice#budgets"


@dataclass(frozen=True)
class Growth:
    """A category that grew, with its bar; the bar's mark is what was usual."""

    sentence: str
    bar: Bar
    more: str


@dataclass(frozen=True)
class Kept:
    """A budget, where it is heading, and its bar; the bar's mark is the budget."""

    heading: Heading
    sentence: str
    bar: Bar


@signed_in
async def on_advice(request: web.Request) -> web.StreamResponse:
    """Show what the account's own figures say that is worth a look, and what is missing to say more."""
    return await _page(request, {})


@signed_in
async def on_set(request: web.Request) -> web.StreamResponse:
    """Set a budget, or say what is wrong with it."""
    fields = await form(request)
    account, given = me(request), {name: fields.text(name) for name in ("category", "amount", "currency")}
    try:
        category = category_of(given["category"], [str(one) for one in account.offered])
        budget = budget_of(category, given["amount"], given["currency"] or None)
        await request.app[STORES].budgets.put(account.id, budget)
        see_other(AT_BUDGETS, "Saved.")
    except (WrongBudget, TooManyBudgets) as error:
        return await _page(request, given, error)


@signed_in
async def on_remove(request: web.Request) -> web.StreamResponse:
    """Remove a budget; one that is not there is gone already."""
    fields = await form(request)
    budgets = request.app[STORES].budgets
    gone = await budgets.drop(me(request).id, fields.text("category"), fields.text("currency"))
    see_other(AT_BUDGETS, "The budget is removed." if gone else "That budget was removed already.")


async def _page(request: web.Request, given: Mapping[str, str], error: Unusable | None = None) -> web.Response:
    account, stores, today = me(request), request.app[STORES], day_here(request)
    advice = await stores.advisor.look(account, today)
    await _ask_for_words(request, advice)
    locale, facts = locale_of(account.language), advice.facts
    usual = given.get("currency") or await usual_currency(stores.advisor.sources, account, today) or ""
    shown = {
        "today": today,
        "facts": facts,
        "words": paragraphs(advice.words) if advice.words else [],
        "grown": _growths(facts, locale),
        "budgets": _budgets(facts, locale),
        "missing": missing_sentences(facts),
        "is_young": facts.known_months < MONTHS_BEFORE,
        "doubles": facts.doubled[:MOST_SHOWN],
        "since": facts.history[-MONTHS_BEFORE].period.first,
        "given": {"category": "", "amount": "", **given, "currency": usual},
        "problem": error.sentence if error else "",
        "categories": [("", "Everything"), *((str(one), str(one).capitalize()) for one in account.offered)],
        "currencies": [*([] if usual else [("", "Choose")]), *currencies(locale)],
    }
    return render(request, "advice.html", shown, status_of(error) if error else 200)


async def _ask_for_words(request: web.Request, advice: Advice) -> None:
    """Let a worker put the facts into words for the next visit, where a model can be asked; now and then."""
    if not advice.wants_words or request.app[SITE].settings.gemini_key is None:
        return
    account = me(request).id
    if await is_within(request, WORDS, str(account)):
        await request.app[STORES].advice_jobs.phrase(account)


def _growths(facts: Facts, locale: str) -> list[Growth]:
    """Return what grew with its bars; those of one currency are on one scale."""
    found, tell = [], Telling(locale, facts.today)
    for currency in dict.fromkeys(fact.currency for fact in facts.grown):
        alike = [fact for fact in facts.grown if fact.currency == currency]
        drawn = bars([Share(fact.category, 0, fact.now, fact.usual) for fact in alike], len(alike))
        found += [Growth(grown_sentence(fact, tell), bar, _more(fact)) for fact, bar in zip(alike, drawn, strict=True)]
    return found


def _budgets(facts: Facts, locale: str) -> list[Kept]:
    """Return all budgets, each on a scale of its own."""
    found, tell = [], Telling(locale, facts.today)
    for one in facts.budgets:
        (drawn,) = bars([Share(one.budget.category, 0, one.spent, one.budget.amount)])
        found.append(Kept(one, budget_sentence(one, tell), drawn))
    return found


def _more(fact: Grown) -> str:
    """Return where a category's receipts of its month are listed."""
    days = {"since": fact.month.first.isoformat(), "until": fact.month.last.isoformat()}
    return f"/receipts?{urlencode({**days, 'category': fact.category})}"


ROUTES = [
    web.get("/advice", on_advice),
    web.post("/advice/budget", on_set),
    web.post("/advice/budget/remove", on_remove),
]
