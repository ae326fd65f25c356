"""What some words say of days: “last month”, “March 2025”, “5 March”, “last 30 days”, “first quarter”, “2026-10”."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from core.asking.vocabulary import Phrase, Vocabulary
from core.periods import FIRST_YEAR, LAST_YEAR, Period, PeriodKind, numbered_period, period_of

MOST_BACK = 1200


def read_span(phrase: Phrase, words: Vocabulary, today: date) -> tuple[date, date] | None:
    """Return the days that some plain words name, or None."""
    if phrase in words.periods:
        return _by_spec(words.periods[phrase], today)
    if phrase[0] in words.glue or phrase[-1] in words.glue:
        return None
    bare = tuple(word for word in phrase if word not in words.glue)
    try:
        found = _numbered(bare) or _last(bare, words, today) or _by_month(bare, words, today)
        return found or _quarter(bare, words, today)
    except (ValueError, OverflowError):
        return None


def _by_spec(spec: str, today: date) -> tuple[date, date]:
    unit, steps = spec.split()
    number = int(steps)
    if unit == "day":
        return (today + timedelta(days=number),) * 2
    if unit == "days":
        return today - timedelta(days=number - 1), today
    if unit == "weekend":
        saturday = today - timedelta(days=today.weekday() - 5) + timedelta(weeks=number)
        return saturday, saturday + timedelta(days=1)
    if unit == "quarter":
        return _months(today.year, (today.month - 1) // 3 * 3 + 1 + 3 * number, 3)
    period = period_of(PeriodKind(unit), today).shifted(number)
    return period.first, period.last


def _last(phrase: Phrase, words: Vocabulary, today: date) -> tuple[date, date] | None:
    """Return so many days, weeks, months or years up to today."""
    for place, word in enumerate(phrase):
        number = words.numbers.get(word) or (int(word) if re.fullmatch(r"[0-9]{1,4}", word) else 0)
        unit = words.lasts.get((*phrase[:place], "#", *phrase[place + 1 :])) if 0 < number <= MOST_BACK else None
        if unit in ("day", "week"):
            return today - timedelta(days=number * (7 if unit == "week" else 1) - 1), today
        if unit:
            months = number * (12 if unit == "year" else 1)
            first, last = _months(today.year, today.month - months, 1)
            return first.replace(day=min(today.day, last.day)) + timedelta(days=1), today
    return None


def _numbered(phrase: Phrase) -> tuple[date, date] | None:
    if len(phrase) != 1:
        return None
    if found := re.fullmatch(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})", phrase[0]):
        day = date(int(found[1]), int(found[2]), int(found[3]))
        return day, day
    return _whole(numbered_period(phrase[0]))


def _by_month(phrase: Phrase, words: Vocabulary, today: date) -> tuple[date, date] | None:
    """Return a month, or a day of one: “March”, “March 2025”, “March last year”, “5 March”, “March 5th 2025”."""
    places = [place for place, word in enumerate(phrase) if word.strip(".") in words.months]
    if len(places) != 1:
        return None
    place = places[0]
    month, year, rest = words.months[phrase[place].strip(".")], _year(phrase[place + 1 :], words, today), phrase
    if year is not None:
        rest = phrase[: place + 1]
    elif place + 2 < len(phrase) and (year := _year(phrase[place + 2 :], words, today)) is not None:
        rest = phrase[: place + 2]
    days = [word for word in rest if word != phrase[place]]
    if len(days) > 1:
        return None
    if not days:
        return _months(year if year is not None else _latest(today, month), month, 1)
    found = re.fullmatch(r"([0-9]{1,2})(?:st|nd|rd|th|er|o)?\.?", days[0])
    if not found:
        return None
    day = date(year if year is not None else _latest(today, month, int(found[1])), month, int(found[1]))
    return day, day


def _year(phrase: Phrase, words: Vocabulary, today: date) -> int | None:
    if len(phrase) == 1 and re.fullmatch(r"[0-9]{4}", phrase[0]):
        return int(phrase[0]) if FIRST_YEAR <= int(phrase[0]) <= LAST_YEAR else None
    spec = words.periods.get(phrase, "")
    return today.year + int(spec.split()[1]) if spec.startswith("year ") else None


def _latest(today: date, month: int, day: int = 1) -> int:
    """Return the year of the latest such month, or day, that has begun."""
    return today.year if (month, day) <= (today.month, today.day) else today.year - 1


def _quarter(phrase: Phrase, words: Vocabulary, today: date) -> tuple[date, date] | None:
    if number := words.quarters.get(phrase):
        return _months(_latest(today, 3 * number - 2), 3 * number - 2, 3)
    number, year = words.quarters.get(phrase[:-1]), _year(phrase[-1:], words, today)
    return _months(year, 3 * number - 2, 3) if number and year is not None else None


def _months(year: int, month: int, count: int) -> tuple[date, date]:
    """Return the days of so many months; a month before 1 or after 12 is another year's."""
    first = date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)
    last = date(year + (month + count - 2) // 12, (month + count - 2) % 12 + 1, 1)
    return first, last.replace(day=monthrange(last.year, last.month)[1])


def _whole(period: Period | None) -> tuple[date, date] | None:
    return (period.first, period.last) if period else None
