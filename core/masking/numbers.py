"""Numbers that a word before them tells (phone, loyalty, account), and phones that are known by their writing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from core.masking.kinds import Found, Masked
from core.masking.strips import Strip
from core.masking.words import KINDS, before_pattern, letter_pattern, numbered_pattern
from core.masking.writings import ENDING, FIGURE, end_as_written

_START = re.compile(r"[+(]{0,2}[0-9]|(?<![^\W_])(?:[a-z]{1,3}-?[0-9]{4}|o[0-9])")
_GROUP = re.compile(r"[0-9](?:[0-9]|[oil](?=[0-9\s-]))*|o[0-9]+")
_BETWEEN = re.compile(r"[ .()/~+-]{1,4}")
_AND = re.compile(
    r"[ \t]{0,3}(?:/|,|&|;|\||or|and|und|y|et|atau)[ \t]{0,3}(?=[+(]{0,2}[0-9o])|[ ]{1,3}(?=\+[0-9]|\(?0[0-9])"
)
_MOST = {Masked.PHONE: 15, Masked.LOYALTY: 20, Masked.ACCOUNT: 20}
_LOCAL, _FULL = 7, 9
"""So many digits make a whole number, which another may follow: after a stroke, or after a space alone."""
_ANOTHER = re.compile(r"0[0-9]{1,4}[) /-]{0,2}[0-9]{3,4}[ -]?[0-9]{3,4}(?![0-9])|0[0-9]{8}")
_LOOK_BACK = 56
_SHORT = 2
"""So short a word ("hp") is a part of an article's number when nothing stands between it and the digits."""


@dataclass(frozen=True)
class Told:
    """What the text before a number tells: its kind, and how few digits it must have."""

    kind: Masked
    least: int


def numbers(strip: Strip, heading: str = "") -> Iterator[Found]:
    """Yield the numbers; `heading` is the text of the row above, whose last word may tell what begins here."""
    at = 0
    told: Told | None = None
    while (match := _START.search(strip.text, at)) is not None:
        start = match.start()
        before = strip.text[max(0, start - _LOOK_BACK) : start]
        joining = _AND.match(strip.text, at) if told else None
        joined = told if joining and joining.end() == start else None
        told = joined or _told(before if before.strip() else heading[-_LOOK_BACK:], not before.strip())
        if told is None and _is_letter_phone(before, strip.text[start : start + 16]):
            told = Told(Masked.PHONE, 8)
        end = _end(strip.text, start, told) if told else None
        end = end or end_as_written(strip.text, start, before)
        if end is not None and not (told and _is_round(before, strip.text[start:end])):
            told = told or Told(Masked.PHONE, 7)
            yield Found(start, end, told.kind)
            at = end
        else:
            at, told = max(match.end(), _end_of_digits(strip.text, match.end())), None


def _told(before: str, from_above: bool) -> Told | None:
    """Return what the words before a number say it is."""
    match = before_pattern().search(before)
    if match is None or (not match["fill"] and len(match[0]) <= _SHORT):
        return None
    kind = next(KINDS[name] for name, text in match.groupdict().items() if text and name in KINDS)
    if kind is Masked.PHONE:
        return Told(kind, 7 if from_above else 6)
    marked = bool(numbered_pattern().search(match[0])) or kind is Masked.ACCOUNT
    return Told(kind, 7 if from_above or not marked else 5)


def _is_round(before: str, number: str) -> bool:
    """Tell whether it may as well be an amount: thousands, after a word without any sign ("HP 1500000")."""
    return number.endswith("000") and number[0] not in "+(0" and "-" not in number and before[-2:].strip().isalpha()


def _is_letter_phone(before: str, following: str) -> bool:
    """Tell whether "T:" and the like stand before something that begins as phone numbers do."""
    return bool(letter_pattern().search(before)) and following[0] in "+(0o"


def _end(text: str, start: int, told: Told) -> int | None:
    """Return where a number that a word tells ends, or None when there is no such number."""
    at = start
    digits = 0
    if told.kind is not Masked.PHONE:
        at += len(re.match(r"[a-z]{0,3}-?", text[start : start + 4])[0])  # type: ignore[index]
    elif text[at].isalpha() and text[at] != "o":
        return None
    at += len(text[at : at + 2]) - len(text[at : at + 2].lstrip("+("))
    end = None
    while (group := _GROUP.match(text, at)) is not None:
        count = sum(character.isdigit() or character in "oil" for character in group[0])
        stands_alone = at == start or text[at - 1].isspace()
        if digits + count > _MOST[told.kind] or (stands_alone and FIGURE.match(text, at)):
            break
        if text[group.end() : group.end() + 1] == ":" or _begins_another(text, at, digits):
            break
        digits, end = digits + count, group.end()
        between = _BETWEEN.match(text, end)
        if between is None or (told.kind is not Masked.PHONE and between[0].strip() not in ("", "-")):
            break
        at = between.end()
    if end is None or digits < told.least or _is_masked(text, start, end):
        return None
    ending = ENDING.match(text, end) if told.kind is Masked.PHONE else None
    return ending.end() if ending else end


def _begins_another(text: str, at: int, digits: int) -> bool:
    """Tell whether another number begins there, after a stroke or a space, when one stands there with its digits."""
    before = text[max(0, at - 3) : at]
    if "/" in before:
        return digits >= _LOCAL
    begins = before.endswith((" ", "+", "(")) and _ANOTHER.match(text, at)
    return digits >= _FULL and bool(begins or before.endswith("+"))


def _is_masked(text: str, start: int, end: int) -> bool:
    """Tell whether what stands there is the rest of a number whose other digits are stars."""
    return bool(
        re.search(r"[*x•#]{2}[ -]?$", text[max(0, start - 4) : start])
        or re.match(r"[ -]?[*x•#]{2}", text[end : end + 4])
    )


def _end_of_digits(text: str, at: int) -> int:
    """Return the end of the run of digits that goes on there."""
    while at < len(text) and text[at].isdigit():
        at += 1
    return at
