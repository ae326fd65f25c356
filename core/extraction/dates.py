"""When it was bought and when it is to be paid: the printed dates, told from all others by the words beside them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from core.extraction.date_labels import Seen, dated_rows, weigh
from core.extraction.date_order import Leanings, leanings, likelihoods, plausible
from core.ports import Hints
from core.receipt import Evidence, Reading

_LEAST = 0.2
"""A date that weighs less is no answer, only a rival (an expiry date, the first day of an offer)."""

_ON_WEEKDAY, _NAMED = 20.0, 1e6
"""How many times likelier a day is by its weekday, or printed with its month's name, too: few days differ just so."""
_CLEAR_ORDER = 0.85
"""A day that is less likely than this beside the other order is asked about."""
_ASKED = 0.55
"""The confidence of what is to be asked about: below core.checks.SURE_DATE."""


@dataclass(frozen=True)
class DatesFound:
    """The printed dates; `evidence` is keyed 'bought_on' and 'due_on', and lacks a field that was not printed."""

    bought_on: date | None = None
    due_on: date | None = None
    evidence: dict[str, Evidence] = field(default_factory=dict)


@dataclass(frozen=True)
class _Guess:
    """A printed date with the likelihood of each day that it can mean, and its worth as an answer."""

    seen: Seen
    days: dict[date, float]
    worth: float

    @property
    def day(self) -> date:
        return next(iter(self.days))


def find_dates(reading: Reading, hints: Hints) -> DatesFound:
    """Return the day of purchase and the day it is due, None where none is printed; nothing is ever guessed.

    Where day and month could change places, the order is judged from the whole receipt and `hints`; the confidence
    says how sure that is, and the other day is the first rival.
    """
    rows = dated_rows(reading)
    lean = leanings(reading, [one for row in rows for one in row.printed], hints)
    seen = [one for at in range(len(rows)) for one in weigh(rows, at)]
    bought = _guesses([one for one in seen if not one.due], lean, hints.today)
    due = _guesses([one for one in seen if one.due], lean, hints.today)
    evidence = {name: _evidence(guesses) for name, guesses in (("bought_on", bought), ("due_on", due)) if guesses}
    return DatesFound(bought[0].day if bought else None, due[0].day if due else None, evidence)


def _guesses(seen: list[Seen], lean: Leanings, today: date) -> list[_Guess]:
    """Return the dates that can be answers, best first; of dates that weigh alike, the first printed."""
    named = frozenset(one.printed.dates[0] for one in seen if _names_month(one))
    weighed = [(one, likelihoods(one.printed, lean, today, _fits(one, named))) for one in seen if one.supported]
    firsts = [next(iter(days)) for _, days in weighed]
    guesses = []
    for (one, days), day in zip(weighed, firsts, strict=True):
        repeated = min(2, firsts.count(day) - 1)
        unlikely = 0.0 if one.due else 0.5 * (1 - plausible(day, today)) ** 4
        guesses.append(_Guess(one, days, one.weight + 0.08 * repeated - unlikely))
    return sorted((one for one in guesses if one.worth >= _LEAST), key=lambda guess: -round(guess.worth, 2))


def _fits(one: Seen, named: frozenset[date]) -> Callable[[date], float]:
    """Return how many times likelier a day is that falls on the weekday beside the date, or is named elsewhere."""
    return lambda day: (_ON_WEEKDAY if day.weekday() in one.weekdays else 1.0) * (_NAMED if day in named else 1.0)


def _names_month(one: Seen) -> bool:
    """Return whether a date says its month by name, and no weekday beside it contradicts."""
    day, is_named = one.printed.dates[0], any(order == "named" for order, _ in one.printed.readings)
    return is_named and not one.printed.mended and (not one.weekdays or day.weekday() in one.weekdays)


def _evidence(guesses: list[_Guess]) -> Evidence:
    best = guesses[0]
    others = [day for day, likely in best.days.items() if likely > 0.03][1:]
    close = [guess.day for guess in guesses[1:] if guess.worth > best.worth - 0.3]
    rivals = [day.isoformat() for day in dict.fromkeys([*others, *close]) if day != best.day]
    clear = min(1.0, 0.6 + 0.4 * best.worth, 0.4 + 0.7 * best.seen.printed.clear)
    contested = 0.85 if any(day != best.day for day in close) else 1.0
    confidence = best.days[best.day] * clear * contested
    if best.days[best.day] < _CLEAR_ORDER or best.seen.printed.mended or _on_another_weekday(best):
        confidence = min(confidence, _ASKED)
    return Evidence(lines=best.seen.lines, confidence=round(confidence, 3), rivals=tuple(rivals[:3]))


def _on_another_weekday(best: _Guess) -> bool:
    """Return whether a weekday beside the date is none that the day falls on: a figure was misread."""
    return bool(best.seen.weekdays) and best.day.weekday() not in best.seen.weekdays
