"""How an account's receipts were read: how often each field was asked about, confirmed and corrected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Protocol
from uuid import UUID

from core.locales import written_day, written_percent

LATELY = 30
"""So many days are "lately": today and those before it."""
ALWAYS = ("total", "bought_on", "merchant")
"""The fields that are told also when nobody had to correct them."""
NAMES = {
    "total": "total", "bought_on": "date", "merchant": "merchant", "currency": "currency", "category": "category",
    "items": "items", "taxes": "taxes", "subtotal": "subtotal", "tip": "tip", "discount": "discount",
    "rounding": "rounding", "cash": "cash", "change": "change", "payment_method": "paid with", "number": "number",
    "due_on": "due date", "kind": "kind",
}  # fmt: skip
"""What each field is called, in the order in which they are told."""
LEAST_SHARE = Decimal("0.005")
CAVEAT = "Only what you corrected is counted as wrong: an error that nobody saw counts as right."


@dataclass(frozen=True)
class Field:
    """In how many receipts a field was asked about, confirmed after that, and corrected.

    `unasked` of the corrected ones had been shown without a question.
    """

    name: str
    asked: int = 0
    confirmed: int = 0
    corrected: int = 0
    unasked: int = 0


@dataclass(frozen=True)
class HowRead:
    """What became of the `receipts` that were read, the first of them sent on `since`; each counts once a field.

    In `corrected` of them something was corrected, in `confirmed` others a question was answered and nothing
    corrected. `by_hand` more the person wrote, of photos that could not be read. Of what was deleted nothing counts.
    """

    receipts: int = 0
    since: date | None = None
    corrected: int = 0
    confirmed: int = 0
    by_hand: int = 0
    fields: tuple[Field, ...] = ()

    @property
    def untouched(self) -> int:
        """Return how many stayed as they were read, and nobody answered a question about them."""
        return self.receipts - self.corrected - self.confirmed

    def of(self, name: str) -> Field:
        """Return what became of a field."""
        return next((one for one in self.fields if one.name == name), Field(name))


class HowReadCounts(Protocol):
    """Counts what became of an account's receipts."""

    async def how_read(self, account: UUID, since: date | None = None) -> HowRead:
        """Return what became of those sent on a day or later, or of all. Raises Unavailable."""
        ...


def lately(today: date) -> date:
    """Return the day with which "lately" begins."""
    return today - timedelta(days=LATELY - 1)


def told_fields(found: HowRead) -> list[Field]:
    """Return the fields that matter to everybody, and the others that were corrected or confirmed, in our order."""
    every = [found.of(name) for name in NAMES]
    return [one for one in every if one.name in ALWAYS or one.corrected or one.confirmed]


def told(found: HowRead, locale: str) -> list[str]:
    """Return what the figures of all fields come to, a plain sentence each; of no receipts nothing."""
    if not found.receipts or found.since is None:
        return []
    total, day = found.of("total"), written_day(found.since, locale)
    shown = found.receipts - total.asked
    said = [
        f"Since {day} I read {_counted(found.receipts, 'receipt')} of yours: you corrected something in "
        f"{_some(found.corrected)}, only confirmed what I asked in {_some(found.confirmed)}, and "
        f"{_some(found.untouched)} stayed untouched."
    ]
    if shown:
        said.append(
            f"I showed {_counted(shown, 'total')} without a question; {_some(total.unasked)} had to be corrected."
        )
    if found.by_hand:
        said.append(f"I could not read {_counted(found.by_hand, 'more photo')}; you wrote that down yourself.")
    return said


def lately_sentence(recent: HowRead, found: HowRead) -> str | None:
    """Return the corrections of the last days in a sentence, where they are not all there are."""
    if recent.receipts == found.receipts:
        return None
    if not recent.receipts:
        return f"In the last {LATELY} days I read none."
    named = [f"{NAMES[one.name]} {one.corrected}" for one in told_fields(recent) if one.corrected]
    what = ", ".join(named) or "nothing"
    return f"In the last {LATELY} days, of {_counted(recent.receipts, 'receipt')}, you corrected: {what}."


def share(part: int, whole: int, locale: str) -> str:
    """Return a part in percent; one that is there is never told as nothing."""
    found = Decimal(part) / whole if whole else Decimal(0)
    if part and found <= LEAST_SHARE:
        return f"<{written_percent(Decimal('0.01'), locale)}"
    return written_percent(found, locale)


def named(fields: Sequence[Field]) -> list[tuple[str, Field]]:
    """Return the fields with what people call them."""
    return [(NAMES[one.name], one) for one in fields]


def _counted(count: int, thing: str) -> str:
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"


def _some(count: int) -> str:
    return str(count) if count else "none"
