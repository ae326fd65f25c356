"""The currency: printed signs, codes and words first, then what only one country's receipts print."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from importlib.resources import files

from core.receipt import Evidence, Reading

_LONGEST = 20_000
_MOST_LINES = 5
_PRINTED, _SHARED, _DEDUCED, _UNSURE = 0.97, 0.8, 0.85, 0.6
_DOLLARS = {"USD", "SGD", "AUD", "NZD", "CAD", "HKD", "TWD", "MXN"}


@lru_cache(maxsize=1)
def _tables() -> dict[str, dict[str, re.Pattern[str]]]:
    """Return the patterns of `printed` signs and codes and of `country` words, by currency code."""
    text = files("core.extraction").joinpath("currency_signs.json").read_text("utf-8")
    tables: dict[str, dict[str, str]] = json.loads(text)
    return {
        name: {code: re.compile(pattern, re.MULTILINE) for code, pattern in table.items()}
        for name, table in tables.items()
    }


def find_currency(reading: Reading, home: str | None = None) -> tuple[str | None, Evidence]:
    """Return the ISO 4217 code and why; None when it is neither printed nor follows from the country's own words.

    A sign that several countries share (`$`, `¥`) is decided by the country's words, then by `home`, the
    account's own currency, and is told as unsure.
    """
    printed = _count("printed", reading)
    if printed:
        best = max(printed, key=lambda code: printed[code])
        rivals = tuple(code for code in printed if code != best)
        sure = _SHARED if rivals else _PRINTED
        return best, Evidence(lines=_lines(reading, "printed", best), confidence=sure, rivals=rivals)
    country = _count("country", reading)
    text = reading.text[:_LONGEST]
    if "$" in text:
        return _of_shared_sign(reading, "$", {code: n for code, n in country.items() if code in _DOLLARS}, home)
    if "¥" in text and not country:
        return _of_shared_sign(reading, "¥", country, home)
    if not country:
        return None, Evidence()
    best = max(country, key=lambda code: country[code])
    rivals = tuple(code for code in country if code != best)
    sure = _UNSURE if rivals else _DEDUCED
    return best, Evidence(lines=_lines(reading, "country", best), confidence=sure, rivals=rivals)


def _of_shared_sign(
    reading: Reading, sign: str, country: dict[str, int], home: str | None
) -> tuple[str | None, Evidence]:
    """Return the currency that a sign shared by several most likely means."""
    likely = sorted(country, key=lambda code: country[code], reverse=True)
    common = ["USD"] if sign == "$" else ["JPY", "CNY"]
    fitting = home in _DOLLARS if sign == "$" else home in {"JPY", "CNY"}
    order = list(dict.fromkeys([*likely, *([home] if home and fitting else []), *common]))
    lines = tuple(at for at, line in enumerate(reading.lines) if sign in line.text)[:_MOST_LINES]
    sure = _DEDUCED if len(likely) == 1 else _UNSURE
    return order[0], Evidence(lines=lines, confidence=sure, rivals=tuple(order[1:]))


def _count(table: str, reading: Reading) -> dict[str, int]:
    text = reading.text[:_LONGEST]
    found = {code: sum(1 for _ in pattern.finditer(text)) for code, pattern in _tables()[table].items()}
    return {code: times for code, times in found.items() if times}


def _lines(reading: Reading, table: str, code: str) -> tuple[int, ...]:
    pattern = _tables()[table][code]
    return tuple(at for at, line in enumerate(reading.lines) if pattern.search(line.text))[:_MOST_LINES]
