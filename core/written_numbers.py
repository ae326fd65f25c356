"""Numbers as they stand in a text, however they are written: every digit of it belongs to one of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from babel.numbers import get_decimal_symbol

MOST_DIGITS = 18
_SPACES = "\u0020\u00a0\u2007\u2009\u202f"
_TOKEN = re.compile(rf"\d+(?:[.,'’٫٬{_SPACES}]\d+)*")
_GROUPED = re.compile(r"\d{1,3}(?:(?P<group>[.,'’٬ ])\d{3})(?:(?P=group)\d{3})*(?:(?P<point>[.,٫])\d+)?")
_INDIAN = re.compile(r"\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?")
_DECIMAL = re.compile(r"\d+[.,٫]\d+")
_MINUS = re.compile(r"(?:^|[\s(])[-−–]\s?(?:[^\W\d_]{0,3}\s?)?$")
"""A minus (perhaps before a currency's sign) that stands before a number and after nothing that it could join."""


@dataclass(frozen=True)
class Number:
    """A number in a text: its value (None: it is written as no number is), and where it stands.

    The value is without a sign; `is_negative` tells of a minus before it.
    """

    value: Decimal | None
    is_negative: bool
    start: int
    end: int


def plain_digits(text: str) -> str | None:
    """Return a text whose digits are 0 to 9, of whatever script they were, or None when it has other numerals.

    Signs that nobody sees are left out, so that they part no number; Ⅷ, ½ and ② are numerals that are no digits.
    """
    if any(unicodedata.category(letter) in ("No", "Nl") for letter in text):
        return None
    seen = "".join(letter for letter in text if unicodedata.category(letter) != "Cf")
    folded = unicodedata.normalize("NFKC", seen.translate(_KEPT)).translate(_GIVEN_BACK)
    return "".join(str(unicodedata.decimal(letter)) if letter.isdecimal() else letter for letter in folded)


def numbers(text: str, locale: str) -> list[Number]:
    """Return all numbers of a text with plain digits, in their order.

    A point or comma with three digits after it parts thousands or decimals as people of `locale` write them.
    """
    found: list[Number] = []
    for match in _TOKEN.finditer(text):
        place = match.start()
        for part in _parts(match[0], locale):
            at = text.index(part, place)
            before = "".join(" " if unicodedata.category(one) == "Sc" else one for one in text[:at][-8:])
            found.append(Number(_value(part, locale), bool(_MINUS.search(before)), at, at + len(part)))
            place = at + len(part)
    return found


def _parts(token: str, locale: str) -> Sequence[str]:
    """Return a token as one number where its spaces part thousands, else what stands between the spaces."""
    if not any(space in token for space in _SPACES) or _value(token, locale) is not None:
        return [token]
    return [part for part in re.split(f"[{_SPACES}]", token) if part]


def _value(token: str, locale: str) -> Decimal | None:
    """Return what a token means, or None when its separators stand as in no number."""
    if sum(letter.isdigit() for letter in token) > MOST_DIGITS:
        return None
    flat = re.sub(f"[{_SPACES}]", " ", token)
    if flat.isdigit():
        return Decimal(flat)
    grouped = _GROUPED.fullmatch(flat)
    if grouped is not None and grouped["point"] != grouped["group"]:
        marks = [letter for letter in flat if not letter.isdigit()]
        is_point = len(marks) == 1 and (marks[0] == _point(locale) or flat.startswith("0"))
        return _decimal(flat if is_point else flat.replace(grouped["group"], ""))
    if _INDIAN.fullmatch(flat):
        return _decimal(flat.replace(",", ""))
    return _decimal(flat) if _DECIMAL.fullmatch(flat) else None


def _decimal(digits: str) -> Decimal:
    return Decimal(digits.replace(",", ".").replace("٫", "."))


def _point(locale: str) -> str:
    return get_decimal_symbol(locale)


_KEPT = {ord("…"): "\ue000", 0xA0: "\ue001", 0x2007: "\ue002", 0x2009: "\ue003", 0x202F: "\ue004"}
_GIVEN_BACK = {0xE000: "…", 0xE001: "\u00a0", 0xE002: "\u2007", 0xE003: "\u2009", 0xE004: "\u202f"}
"""What NFKC would turn into other signs: an ellipsis into points, and spaces inside numbers into plain ones."""
