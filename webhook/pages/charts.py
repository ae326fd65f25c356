"""What charts are made of: places of bars, columns and lines in a drawing; the templates draw them as SVG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from babel.numbers import format_compact_decimal, format_decimal

from core.insights import Share
from core.locales import written_day
from core.months import Running
from core.periods import Period

WIDTH, HEIGHT = 360, 170
"""Of a drawing, in its own units: small enough that its letters stay legible on a phone."""
TOP, BOTTOM = 18, 24
"""What stays free for the figures above, and for the names below."""
BASE = HEIGHT - BOTTOM
MOST_BARS = 6
TICKS = 7
"""Days from one mark of a month to the next."""


@dataclass(frozen=True)
class Bar:
    """A name with its amount; `width` and `mark` (what was before) are percent of the longest.

    `others` says how many names it stands for when it is the rest of them.
    """

    name: str | None
    total: Decimal
    width: float
    mark: float | None = None
    before: Decimal | None = None
    receipts: int = 0
    others: int = 0


@dataclass(frozen=True)
class Column:
    """A column over its name, with a short figure above; it stands for the days from `first` on."""

    x: float
    y: float
    width: float
    height: float
    name: str
    figure: str
    first: date
    total: Decimal

    @property
    def middle(self) -> float:
        """Return where its texts are centred."""
        return round(self.x + self.width / 2, 1)


@dataclass(frozen=True)
class Lines:
    """Two lines over the days of a month; `now` ends at `dot`, `ticks` are (x, day), `zero` is the height of 0."""

    now: str
    before: str
    dot: tuple[float, float]
    ticks: tuple[tuple[float, int], ...]
    zero: float


def bars(shares: Sequence[Share], most: int = MOST_BARS) -> tuple[Bar, ...]:
    """Return the largest shares, and the others (if two or more) as one, on one scale from 0."""
    shown = shares if len(shares) <= most + 1 else shares[:most]
    rest = shares[len(shown) :]
    others = Share(None, sum(one.receipts for one in rest), sum((one.total for one in rest), Decimal(0)))
    drawn = [*shown, others] if rest else [*shown]
    longest = max((max(one.total, one.before or Decimal(0)) for one in drawn), default=Decimal(0))
    return tuple(
        Bar(
            name=one.name,
            total=one.total,
            width=_percent(one.total, longest),
            mark=_percent(one.before, longest) if one.before and one.before > 0 else None,
            before=one.before,
            receipts=one.receipts,
            others=len(rest) if one is others else 0,
        )
        for one in drawn
    )


def columns(totals: Sequence[tuple[date, Decimal]], locale: str) -> tuple[Column, ...]:
    """Return a column for each day that a total begins on; what was given back more than spent has no height."""
    highest = max((total for _, total in totals), default=Decimal(0))
    step = WIDTH / max(1, len(totals))
    drawn = []
    for place, (first, total) in enumerate(totals):
        height = _scaled(total, highest, BASE - TOP)
        drawn.append(
            Column(
                x=round(place * step + step * 0.16, 1),
                y=round(BASE - height, 1),
                width=round(step * 0.68, 1),
                height=height,
                name=written_day(first, locale, year=False),
                figure=compact(total, locale) if total else "",
                first=first,
                total=total,
            )
        )
    return tuple(drawn)


def lines(running: Running, month: Period) -> Lines | None:
    """Return the running totals as lines on one scale; None when nothing was spent in either month."""
    totals = [*running.now, *running.before, Decimal(0)]
    highest, lowest = max(totals), min(totals)
    if highest == lowest or not running.now:
        return None
    days = max((month.last - month.first).days + 1, len(running.before))
    points = [_points(line, days, (lowest, highest)) for line in (running.now, running.before)]
    return Lines(
        now=_written(points[0]),
        before=_written(points[1]),
        dot=points[0][-1],
        ticks=tuple((_across(day, days), day) for day in range(1, days + 1, TICKS)),
        zero=_down(Decimal(0), (lowest, highest)),
    )


def compact(amount: Decimal, locale: str) -> str:
    """Return an amount as short as people write it: `85`, `1.2K`, `1,3 Mio.`."""
    if abs(amount) >= 1000:
        return str(format_compact_decimal(amount, locale=locale, fraction_digits=1))
    return str(format_decimal(amount, format="#,##0" if abs(amount) >= 1 else "0.##", locale=locale))


def day_in(month: Period, day: int) -> date:
    """Return the day of a month by its number, its last day when it has none of that number."""
    return min(month.first + timedelta(days=day - 1), month.last)


def _points(totals: Sequence[Decimal], days: int, span: tuple[Decimal, Decimal]) -> list[tuple[float, float]]:
    return [(_across(day, days), _down(total, span)) for day, total in enumerate(totals, 1)]


def _across(day: int, days: int) -> float:
    return round(8 + (day - 1) * (WIDTH - 16) / max(1, days - 1), 1)


def _down(total: Decimal, span: tuple[Decimal, Decimal]) -> float:
    lowest, highest = span
    return round(BASE - float((total - lowest) / (highest - lowest)) * (BASE - TOP), 1)


def _written(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x:g},{y:g}" for x, y in points)


def _percent(part: Decimal, whole: Decimal) -> float:
    return _scaled(part, whole, 100)


def _scaled(part: Decimal, whole: Decimal, size: float) -> float:
    """Return how long a part is where the whole has that size; what is spent is never quite invisible."""
    if part <= 0 or whole <= 0:
        return 0.0
    return max(round(float(part / whole) * size, 1), 1.0)
