"""Admin: how the whole service does, and who is in it; figures alone. Nobody else learns that this page exists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import NoReturn
from urllib.parse import urlencode
from uuid import UUID

from aiohttp import web

from core.adapters.storable import storable
from core.cloud_use import month_begun, use_lines
from core.days import day_of
from core.errors import NotAllowed
from core.locales import locale_of
from core.people import ACTS, People, do_to_person
from webhook.pages.charts import Column, columns
from webhook.pages.frame import STORES, me, render, see_other
from webhook.pages.guards import Form, admin_only, form

PAGE_SIZE = 10
FARTHEST = 100_000
LONGEST_SEARCH = 200
DAYS = 14
MOST_REQUESTS = 50
SAID = {
    "block": "Blocked, and signed out everywhere.",
    "unblock": "Let in again.",
    "promote": "This account is an admin's now.",
    "demote": "This account is no admin's any more.",
}


class NoSuchAct(NotAllowed):
    """This form is too old. Please open the page again."""


@dataclass(frozen=True)
class Place:
    """Where on the page an admin is: what is searched for, and which page of people and failures is shown."""

    search: str = ""
    page: int = 1
    failures: int = 1

    def address(self, **changed: object) -> str:
        """Return the page's address with something changed."""
        parts = {"search": self.search, "page": self.page, "failures": self.failures, **changed}
        query = urlencode({name: value for name, value in parts.items() if value not in ("", 1)})
        return f"/admin?{query}" if query else "/admin"


@admin_only
async def on_admin(request: web.Request) -> web.StreamResponse:
    """Show the service's figures, requests, failures and people."""
    place, stores = _place(request.query), request.app[STORES]
    people = await stores.people.people(place.search, PAGE_SIZE + 1, (place.page - 1) * PAGE_SIZE)
    failures = await stores.people.failures(PAGE_SIZE + 1, (place.failures - 1) * PAGE_SIZE)
    drawn = await _read_by_day(stores.people, day_of(datetime.now(UTC), None), locale_of(me(request).language))
    facts = {
        "place": place,
        "overview": await stores.people.overview(),
        "cloud": use_lines(await stores.people.cloud_use(month_begun(datetime.now(UTC)))),
        "requests": await stores.requests.open(MOST_REQUESTS),
        "people": people[:PAGE_SIZE],
        "more_people": len(people) > PAGE_SIZE,
        "failures": failures[:PAGE_SIZE],
        "more_failures": len(failures) > PAGE_SIZE,
        "days": drawn,
        "days_sentence": _days_sentence(drawn),
    }
    return render(request, "admin.html", facts)


@admin_only
async def on_person(request: web.Request) -> web.StreamResponse:
    """Block, let in again, promote or demote somebody; not oneself."""
    fields = await form(request)
    try:
        account, act = _id(fields.text("account")), fields.text("act")
        if act not in ACTS:
            raise NoSuchAct
        await do_to_person(request.app[STORES].people, act, account, me(request).id)
    except NotAllowed as error:
        _back(fields, "people", error.sentence)
    _back(fields, "people", SAID[act])


@admin_only
async def on_failure(request: web.Request) -> web.StreamResponse:
    """Have a receipt that could not be read tried again."""
    fields = await form(request)
    try:
        await request.app[STORES].people.try_again(_id(fields.text("receipt")))
    except NotAllowed as error:
        _back(fields, "failures", error.sentence)
    _back(fields, "failures", "It is being read again.")


@admin_only
async def on_request(request: web.Request) -> web.StreamResponse:
    """Let somebody in who asked, or not."""
    fields = await form(request)
    given, act = fields.text("person"), fields.text("act")
    if not (given.isascii() and given.isdecimal() and len(given) < 19) or act not in {"approve", "refuse"}:
        _back(fields, "requests", NoSuchAct().sentence)
    decided = await request.app[STORES].requests.decide(int(given), act == "approve")
    if decided is None:
        _back(fields, "requests", "That was decided before.")
    _back(fields, "requests", f"{decided.name} was {'let in' if decided.approved else 'refused'} and is told so.")


async def _read_by_day(people: People, today: date, locale: str) -> tuple[Column, ...]:
    first = today - timedelta(days=DAYS - 1)
    counts = await people.read_by_day(first)
    days = [first + timedelta(days=step) for step in range(DAYS)]
    return columns([(day, Decimal(counts.get(day, 0))) for day in days], locale)


def _days_sentence(days: tuple[Column, ...]) -> str:
    total, today = sum(day.total for day in days), days[-1].total
    read = "One receipt was" if total == 1 else f"{total} receipts were"
    return f"{read} read in {len(days)} days, {today} today (UTC)."


def _place(given: Mapping[str, str]) -> Place:
    """Return where on the page somebody is, from an address or a form; what is no number is the first page."""
    search = storable(given.get("search", "")).strip()[:LONGEST_SEARCH]
    return Place(search, _number(given.get("page", "")), _number(given.get("failures", "")))


def _number(given: str) -> int:
    is_number = given.isascii() and given.isdecimal() and len(given) < 7
    return min(max(int(given), 1), FARTHEST) if is_number else 1


def _id(given: str) -> UUID:
    try:
        return UUID(given)
    except ValueError:
        raise NoSuchAct from None


def _back(fields: Form, part: str, said: str) -> NoReturn:
    see_other(f"{_place(fields).address()}#{part}", said)


ROUTES = [
    web.get("/admin", on_admin),
    web.post("/admin/people", on_person),
    web.post("/admin/failures", on_failure),
    web.post("/admin/requests", on_request),
]
