"""What the list of receipts is asked for: read from its address, and written back into addresses of other pages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode

from core.ports import State
from core.searching import Wanted

PAGE_SIZE = 10
LAST_PAGE = 100_000
LONGEST = 200
FIELDS = ("text", "since", "until", "category", "currency", "doubt", "state")
STATES = {"waiting": State.WAITING, "unusable": State.UNUSABLE, "deleted": State.DELETED}
DATE = "This is not a date. Please write one like 2026-10-31."
ORDER = "This is before the first day, so there is nothing between them."
CURRENCY = "This is not a currency code. Please write one like EUR or USD."


@dataclass(frozen=True)
class Asked:
    """The filters as they were typed, what they mean, and a sentence for each that means nothing."""

    typed: Mapping[str, str]
    wanted: Wanted
    state: State = State.READ
    page: int = 1
    problems: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_plain(self) -> bool:
        """Tell whether nothing is filtered: the newest receipts are asked for."""
        return not any(self.typed.values())

    @property
    def has_filters(self) -> bool:
        """Tell whether more is asked than the words: then the filters are shown open."""
        return any(value for name, value in self.typed.items() if name != "text")

    def address(self) -> str:
        """Return the list's address up to the page's number."""
        kept = [(name, value) for name, value in self.typed.items() if value]
        return "/receipts?" + urlencode([*kept, ("page", "")])


def read_asked(query: Mapping[str, str]) -> Asked:
    """Return what an address asks for; a filter that means nothing filters nothing, and is told."""
    typed = {name: _clean(query.get(name, "")) for name in FIELDS}
    problems: dict[str, str] = {}
    since, until = (_day(name, typed, problems) for name in ("since", "until"))
    if since and until and until < since:
        problems["until"] = ORDER
    currency = typed["currency"].upper() or None
    if currency and not re.fullmatch("[A-Z]{3}", currency):
        problems["currency"], currency = CURRENCY, None
    page = int(query["page"]) if re.fullmatch("[0-9]{1,6}", query.get("page", ""), re.ASCII) else 1
    page = min(max(page, 1), LAST_PAGE)
    wanted = Wanted(
        text=typed["text"] or None,
        since=since,
        until=until,
        category=typed["category"] or None,
        currency=currency,
        doubted=True if typed["doubt"] == "open" else None,
        limit=PAGE_SIZE,
        offset=(page - 1) * PAGE_SIZE,
    )
    return Asked(typed, wanted, STATES.get(typed["state"], State.READ), page, problems)


def _clean(text: str) -> str:
    """Return typed text on one line without what no database stores, and no longer than anyone types."""
    return " ".join(text.replace("\0", " ").encode("utf-8", "ignore").decode().split())[:LONGEST]


def _day(name: str, typed: Mapping[str, str], problems: dict[str, str]) -> date | None:
    try:
        return date.fromisoformat(typed[name]) if typed[name] else None
    except ValueError:
        problems[name] = DATE
        return None
