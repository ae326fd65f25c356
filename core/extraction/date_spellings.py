"""How dates are spelled: the forms, each with the order of its parts and how it is read."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import cache, lru_cache
from operator import ne
from typing import Literal

from core.extraction.plain import word_list

Order = Literal["day first", "month first", "year first", "named"]

_YEAR = r"(?:19[89]\d|20\d\d|25[4-9]\d)"
_TIME = r"\d\d?[:.h]\s?\d\d"
_END = rf"(?!\d)|(?={_TIME})|(?=\d{{4,6}}(?!\d))"
"""Where a year or day may stop: at anything but a digit, or at a time of day that was printed right behind."""
_YEAR2 = rf"\d\d(?:(?!\d)(?!\s?:\s?\d)(?![.,]\d)|(?={_TIME}))"
_MARKS = r"[\s\-/.,'´`’_]{0,3}"
_ERAS = {"r": 2018, "h": 1988, "s": 1925, "令和": 2018, "平成": 1988, "昭和": 1925, "民国": 1911, "民國": 1911}
"""A year of these eras plus the figure is the common year (Japan, Taiwan)."""
ENGLISH_MONTHS = frozenset(
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "0ct", "nov", "n0v", "dec"]
)

_LONG_ENGLISH = frozenset(
    ["january", "february", "march", "april", "june", "july", "august", "september", "october", "november", "december"]
)

Readings = tuple[tuple[Order, date], ...]
Read = Callable[[re.Match[str]], Readings]


def _year(text: str) -> int:
    """Return the common year: 2-digit years are of this century, Thai years count from 543 years earlier.

    Two figures from 60 to 79 are Thai years too (2560 is 2017): nothing is bought in 2060 yet.
    """
    year = int(re.sub(r"\s", "", text))
    if year < 100:
        return 1957 + year if 60 <= year < 80 else 2000 + year
    return year - 543 if year >= 2540 else year


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def figures(match: re.Match[str]) -> Readings:
    first, second, last = int(match["a"]), int(match["b"]), match["y"]
    year = _year(last)
    readings: list[tuple[Order, date | None]] = [
        ("day first", _day(year, second, first)),
        ("month first", _day(year, first, second)),
    ]
    if len(last) == 2 and len(match["a"]) == 2 and int(last) <= 31:
        readings.append(("year first", _day(2000 + first, second, int(last))))
    return tuple((order, day) for order, day in readings if day)


def _year_first(match: re.Match[str]) -> Readings:
    day = _day(_year(match["y"]), int(match["b"]), int(match["a"]))
    return (("year first", day),) if day else ()


def _of_era(match: re.Match[str]) -> Readings:
    figure = 1 if match["y"] == "元" else int(match["y"])
    day = _day(_ERAS[match["era"]] + figure, int(match["b"]), int(match["a"]))
    return (("year first", day),) if day else ()


def _named(match: re.Match[str]) -> Readings:
    day = _day(_year(match["y"]), _months()[match["m"]], int(match["a"]))
    return (("named", day),) if day else ()


def _spell(form: str, **parts: str) -> str:
    """Return the pattern of a form: `<name>` becomes its part, or the usual part of that name."""
    usual = {
        "a": r"(?P<a>\d{1,2})",
        "b": r"(?P<b>\d{1,2})",
        "mark": r"\s?(?P<mark>[-/.])\s?",
        "mark2": r"\s?(?P<mark2>[-/.])\s?['’´`]?",
        "year": rf"(?P<y>{_YEAR})",
        "end": f"(?:{_END})",
        "gap": _MARKS,
        "of": "(?:de |del |di |of |d')",
        "m": rf"(?P<m>{_month_names()})(?![^\W\d_])\.?",
    }
    return re.sub(r"(?<!P)<(\w+)>", lambda found: {**usual, **parts}[found[1]], form)


_FORMS: tuple[tuple[str, Read, float], ...] = (
    (r"(?<!\d)(?<!\d[-/.])<a><mark><b><mark2>(?P<y><full>|<short>)", figures, 0.95),
    (r"(?<!\d)<year>\s?(?P<mark>[-/.])\s?<b>\s?(?P<mark2>[-/.])\s?<a><end>", _year_first, 0.97),
    (r"(?<!\d)<year>\s?[年년]\s?<b>\s?[月월]\s?<a>", _year_first, 1.0),
    (r"(?<!\d)(?P<y>\d\d)\s?[年년]\s?<b>\s?[月월]\s?<a>", _year_first, 0.9),
    (r"(?P<era>令和|平成|昭和|民国|民國)\s?(?P<y>\d{1,3}|元)\s?年\s?<b>\s?月\s?<a>", _of_era, 1.0),
    (r"(?<![^\W\d_])(?P<era>[rhs])\s?(?P<y>\d{1,2})\s?年\s?<b>\s?月\s?<a>", _of_era, 0.9),
    (r"(?<!\d)<a>\s?thang\s?<b>,?\s?nam\s?<year><end>", _year_first, 1.0),
    (r"(?<!\d)<year>\s?m\.?\s<m>\s<a>(?!\d)", _named, 1.0),
    (r"(?<!\d)<year>\.?\s?gada\s<a>\.?\s?<m>", _named, 1.0),
    (r"(?<!\d)<a>(?:st|nd|rd|th|er|º|°)?<gap><of>?<m><gap><of>?<year><end>", _named, 1.0),
    (r"(?<!\d)<a>(?:st|nd|rd|th|er|º|°)?<gap><m><gap>(?P<y><short>)", _named, 0.8),
    (r"(?<![^\W\d_])<m><gap><a>(?:st|nd|rd|th)?(?!\d)<gap><clock>?<year><end>", _named, 1.0),
    (r"(?<![^\W\d_])<m><gap><a>(?:st|nd|rd|th)?(?!\d)[\s\-/.,'´`’]{1,3}(?P<y><short>)", _named, 0.8),
    (r"(?<![^\W\d_])<m>(?P<a>[0-3]\d)<year><end>", _named, 0.8),
    (r"(?<![^\W\d_])<m><gap>(?P<a>\d\d):(?P<y>\d\d)(?=\s\d\d?:\d\d)", _named, 0.7),
    (r"(?<!\d)<year><gap><m><gap><a><end>", _named, 0.95),
    (r"(?<!\d)<year>(?P<b>[01]\d)(?P<a>[0-3]\d)(?=[ t]<clock4>)", _year_first, 0.7),
    (r"(?<!\d)<year>(?P<b>[01]\d)(?P<a>[0-3]\d)<end>", _year_first, 0.5),
    (r"(?<!\d)(?P<a>[0-3]\d)(?P<b>[01]\d)<year>(?!\d)", figures, 0.45),
    (r"(?<!\d)(?P<y>[12]\d)(?P<b>[01]\d)(?P<a>[0-3]\d)(?!\d)", _year_first, 0.3),
)
"""Form, how it is read, and how clearly a date it is: below 0.55 it counts only where a label or a time helps."""

_BROKEN: tuple[tuple[str, Read, float], ...] = (
    (r"(?<!\d)(?P<a>\d\d)[-/.:,_~]{0,2}(?P<b>\d\d)[-/.:,_~]{1,2}<year><end>", figures, 0.58),
    (r"(?<!\d)(?P<a>\d\d)[-/.:,_~]{1,2}(?P<b>\d\d)[-/.:,_~]{0,2}<year><end>", figures, 0.58),
    (r"(?<!\d)(?P<a>\d\d)[1l7|](?P<b>\d\d)[/1l7|]<year><end>", figures, 0.56),
    (r"(?<!\d)<a><mark><b><mark2>(?P<y>2\s?0\s?[012]\s?\d)(?!\d)", figures, 0.7),
    (r"(?<!\d)<a>\s<b>\s<year>(?!\d)", figures, 0.5),
    (r"(?<=\d{6})(?P<a>\d\d)/(?P<b>\d\d)/(?P<y>\d\d)(?!\d)", figures, 0.7),
    (r"(?<!\d)<year><dirt>(?P<b>[01]\d)<dirt>(?P<a>[0-3]\d)(?=\s?<time>)", _year_first, 0.6),
)
"""Forms in which the OCR lost or confused the marks; tried when a row has no date otherwise."""


@cache
def spellings(broken: bool = False) -> tuple[tuple[re.Pattern[str], Read, float], ...]:
    parts = {
        "full": f"{_YEAR}(?:{_END})",
        "short": rf"{_YEAR2}(?![-/]\d(?!\d?:\d\d)|[oil|!zsb]\d)(?!(?<=20)\s[012]\d(?![\d:.h]))",
        "clock": r"(?:\d\d?:\d\d(?::\d\d)?\s?(?:[ap]\.?m\.?)?\s+(?:[a-z]{3,4}\s+)?)",
        "clock4": r"(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?(?!\d)",
        "time": _TIME,
        "dirt": r"[-/.:,_~17l|]{1,2}",
    }
    forms = _BROKEN if broken else _FORMS
    return tuple((re.compile(_spell(form, **parts)), read, clear) for form, read, clear in forms)


@cache
def _months() -> dict[str, int]:
    return {name: month for month in range(1, 13) for name in word_list("months.json", str(month))}


@lru_cache(maxsize=256)
def nearest_month(word: str) -> str | None:
    """Return the only English month's name that is one letter off a word (`avg`, `0ctober`, `5ep`), or None."""
    names = [name for name in _months() if name in ENGLISH_MONTHS or name in _LONG_ENGLISH]
    near = [name for name in names if len(name) == len(word) and sum(map(ne, name, word)) == 1]
    return near[0] if len({_months()[name] for name in near}) == 1 else None


def _month_names() -> str:
    return "|".join(re.escape(name) for name in sorted(_months(), key=len, reverse=True))
