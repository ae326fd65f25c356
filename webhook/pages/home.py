"""Home: a month against the one before, a currency at a time, and what waits for its owner."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from aiohttp import web

from core.accounts import Account
from core.insights import Spending, Summary, summary_of
from core.locales import locale_of
from core.months import Running, first_needed, running, weeks
from core.periods import Period, PeriodKind, period_of, read_period
from core.ports import DaySum, Filed
from core.searching import Found, Wanted
from webhook.pages.charts import Bar, Column, Lines, bars, columns, lines
from webhook.pages.frame import STORES, day_here, me, render
from webhook.pages.telling import categories_sentence, merchants_sentence, month_sentence, weeks_sentence

LARGEST_SHOWN = 5
DUE_SHOWN = 5
DUE_DAYS = 30
DOUBTED_SHOWN = 5


@dataclass(frozen=True)
class Part:
    """A currency's part of a month, with all that is drawn and said of it."""

    spending: Spending
    sentence: str
    running: Running
    lines: Lines | None
    weeks: tuple[Column, ...]
    weeks_sentence: str
    categories: tuple[Bar, ...]
    categories_sentence: str
    merchants: tuple[Bar, ...]
    merchants_sentence: str
    largest: tuple[Filed, ...]


@dataclass(frozen=True)
class Seen:
    """Whose month is looked at, on which day."""

    account: Account
    month: Period
    today: date

    @property
    def locale(self) -> str:
        """Return the locale of the account's language."""
        return locale_of(self.account.language)

    @property
    def last(self) -> date:
        """Return the last day that is looked at: the month's, or today."""
        return min(self.month.last, self.today)


async def on_home(request: web.Request) -> web.StreamResponse:
    """Show the month that `?month=2026-10` names, or this one; without any receipt, how to send the first."""
    account, stores = me(request), request.app[STORES]
    seen = _seen(account, request.query.get("month", ""), day_here(request))
    newest, count = await stores.ledger.newest(account.id, 1, 0)
    waiting = await stores.ledger.waiting(account.id)
    if not count:
        return render(
            request, "home_empty.html", {"waiting": waiting, "chats": await stores.accounts.chats(account.id)}
        )
    summary = await summary_of(stores.ledger, account.id, seen.month, seen.today)
    facts = {
        "summary": summary,
        "name": seen.month.written(seen.locale),
        "before_name": seen.month.shifted(-1).written(seen.locale),
        "earlier": seen.month.shifted(-1).key,
        "later": seen.month.shifted(1).key if seen.month.last < seen.today else None,
        "parts": await _parts(request, seen, summary),
        "newest": newest[0],
        "newest_month": period_of(PeriodKind.MONTH, newest[0].counted_on).key,
        "is_now": seen.today in seen.month,
        "today": seen.today,
        "waiting": waiting,
        "due": await stores.ledger.due(account.id, seen.today + timedelta(days=DUE_DAYS), DUE_SHOWN + 1),
        "due_shown": DUE_SHOWN,
        "doubted": await _doubted(request),
        "found_at": _found_at(seen.month),
    }
    return render(request, "home.html", facts)


def _seen(account: Account, asked: str, today: date) -> Seen:
    month = read_period(asked, today) if asked else None
    if month is None or month.kind is not PeriodKind.MONTH or month.first > today:
        month = period_of(PeriodKind.MONTH, today)
    return Seen(account, month, today)


async def _parts(request: web.Request, seen: Seen, summary: Summary) -> list[Part]:
    """Return the month's currencies, that of the account's home first."""
    stores, month, home = request.app[STORES], seen.month, seen.account.home_currency
    days = await stores.ledger.by_day(seen.account.id, first_needed(month, seen.last), month.last)
    largest = await stores.largest.largest(seen.account.id, month.first, month.last, LARGEST_SHOWN)
    ordered = sorted(summary.spendings, key=lambda one: one.currency != home)
    return [_part(seen, (summary, spending), days, largest) for spending in ordered]


def _part(seen: Seen, what: tuple[Summary, Spending], days: list[DaySum], largest: list[Filed]) -> Part:
    summary, spending = what
    run = running(days, seen.month, spending.currency, seen.today)
    by_week = weeks(days, seen.last, spending.currency)
    return Part(
        spending=spending,
        sentence=month_sentence(summary, spending, seen.locale),
        running=run,
        lines=lines(run, seen.month),
        weeks=columns([(week.period.first, week.total) for week in by_week], seen.locale),
        weeks_sentence=weeks_sentence(by_week, spending, seen.locale),
        categories=bars(spending.categories),
        categories_sentence=categories_sentence(spending, seen.locale),
        merchants=bars(spending.merchants),
        merchants_sentence=merchants_sentence(spending, seen.locale),
        largest=tuple(one for one in largest if one.receipt and one.receipt.currency == spending.currency),
    )


async def _doubted(request: web.Request) -> Found:
    """Return receipts with a question that nobody answered yet, and how many there are."""
    return await request.app[STORES].search.search(me(request).id, Wanted(doubted=True, limit=DOUBTED_SHOWN))


def _found_at(month: Period) -> dict[str, str]:
    """Return where the receipts of a month are listed, with room for a category's or a merchant's name at its end."""
    days = urlencode({"since": month.first.isoformat(), "until": month.last.isoformat()})
    return {
        "all": f"/receipts?{days}",
        "category": f"/receipts?{days}&category=",
        "merchant": f"/receipts?{days}&text=",
    }
