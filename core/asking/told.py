"""What is told of a question: the figure, how it was found, and receipts to open; plain text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.asked_query import Query
from core.asking.purchases import Slip
from core.locales import written_day
from core.money import Money
from core.periods import Period, PeriodKind, period_of

MOST_AMOUNTS = 12
MOST_NAMES = 4
LONGEST_NAME = 40


@dataclass(frozen=True)
class Told:
    """The answer's lines, how it was found in sentences, the receipts that it names, and whether there were any."""

    lines: tuple[str, ...]
    how: tuple[str, ...] = ()
    slips: tuple[Slip, ...] = ()
    is_found: bool = True


def amount(total: Decimal, currency: str | None, locale: str) -> str:
    """Return an amount; where no currency was printed it says so."""
    written = Money(total, currency).written(locale)
    return written if currency else f"{written} (no currency printed)"


def amounts(totals: Mapping[str | None, Decimal], locale: str) -> str:
    """Return a figure for each currency: they are never added up."""
    ordered = sorted(totals.items(), key=lambda one: (one[0] is None, -one[1], one[0] or ""))
    written = [amount(total, currency, locale) for currency, total in ordered[:MOST_AMOUNTS]]
    return listed(written if len(ordered) <= MOST_AMOUNTS else [*written, f"{len(ordered) - MOST_AMOUNTS} more"])


def listed(parts: Sequence[str]) -> str:
    """Return some parts with commas and a last “and”."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)


def counted(count: int, one: str, many: str = "") -> str:
    """Return a count with the word for what is counted."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def line(text: str | None, longest: int = LONGEST_NAME) -> str:
    """Return printed or typed text on one line, without control and direction signs, cut."""
    clean = " ".join("".join(sign if sign.isprintable() else " " for sign in text or "").split())
    return clean if len(clean) <= longest else clean[: longest - 1].rstrip() + "…"


def quoted(text: str) -> str:
    """Return a person's own words in quotes."""
    return f"“{line(text)}”"


def names(found: Iterable[str | None]) -> str:
    """Return some names, each once in any spelling, and how many more there are."""
    by_key: dict[str, str] = {}
    for name in found:
        by_key.setdefault(line(name).casefold(), line(name) or "no name printed")
    different = list(by_key.values())
    more = len(different) - MOST_NAMES
    return listed(different if more <= 0 else [*different[:MOST_NAMES], f"{more} more"])


def when(query: Query, locale: str) -> str:
    """Return a query's days in words, empty when it is about all."""
    since, until = query.since, query.until
    if since is None and until is None:
        return ""
    if since is None or until is None:
        bound, day = ("since", since) if since else ("up to", until)
        return f"{bound} {written_day(day or date.min, locale)}"
    if since == until:
        return f"on {written_day(since, locale)}"
    period = _period(since, until)
    if period:
        return f"in {period.written(locale)}"
    return f"from {written_day(since, locale)} to {written_day(until, locale)}"


def sentence(*parts: str) -> str:
    """Return a sentence of those parts that are not empty."""
    return " ".join(part for part in parts if part) + "."


def slip_named(slip: Slip, locale: str) -> str:
    """Return a receipt's total, merchant and day: `€12.50 at Lidl on Oct 3, 2026`."""
    total = "no total" if slip.total is None else amount(slip.total, slip.currency, locale)
    return f"{total} at {line(slip.merchant) or 'a merchant without a name'} {dated(slip, locale)}"


def dated(slip: Slip, locale: str) -> str:
    """Return when it was: `on Oct 3, 2026`, or that only the day is known on which it was sent."""
    return f"{'without a date, sent' if slip.undated else 'on'} {written_day(slip.day, locale)}"


def _period(since: date, until: date) -> Period | None:
    """Return the month or year that days are; a week is told by its days."""
    kinds = (PeriodKind.MONTH, PeriodKind.YEAR)
    return next((one for kind in kinds if (one := period_of(kind, since)).first == since and one.last == until), None)
