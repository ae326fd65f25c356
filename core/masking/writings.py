"""How phone numbers are written that no word introduces, and how figures begin, at which no number goes on."""

from __future__ import annotations

import re

from core.masking.words import nobodys_pattern

ENDING = re.compile(r" ?/ ?[0-9]{1,4}(?![ -]?[0-9.,:/])")
"""Other last digits after a stroke: 03-1234567/8."""

FIGURE = re.compile(
    r"[-(]?(?:\d{1,3}(?:[.,]\d{3})+|\d{1,7})[.,]\d{1,2}-?\)?(?=[\s%a-z]|$)|\d{1,3}(?:[.,]\d{3})+(?=[\s]|$)"
    r"|\d{1,2}:\d{2}|(?:0?[1-9]|[12]\d|3[01])([-/.])(?:0?[1-9]|1[0-2])\1(?:19|20)?\d{2}(?!\d)"
    r"|(?:0?[1-9]|1[0-2])([-/])(?:0?[1-9]|[12]\d|3[01])\2(?:19|20)?\d{2}(?!\d)"
    r"|(?:19|20)\d{2}([-/.])(?:0?[1-9]|1[0-2])\3(?:0?[1-9]|[12]\d|3[01])(?!\d)"
)
"""What begins like an amount with decimals or thousands, a time or a date: no number goes on there."""

_WRITTEN = re.compile(
    r"\+[0-9]{1,3}[ .(-]{0,2}[0-9](?:[ .()/-]{0,2}[0-9]){6,12}"
    r"|00[1-9][0-9]{0,2}[ /-]\(?[1-9](?:[ ()/-]{0,2}[0-9]){6,12}"
    r"|(?:[178][ -]?)?\([0-9]{2,5}\)[ -]{0,2}[0-9]{2,5}(?:[ -][0-9]{2,5}){1,3}"
    r"|\(0[0-9]{1,4}\)[ -]{0,2}[0-9]{5,8}"
    r"|0[0-9]{1,3}[- ]{1,3}[0-9]{3,4}[ -][0-9]{3,4}(?:[ -][0-9]{2,4})?"
    r"|0[0-9]{1,3}-[ ]?[0-9]{7,8}"
    r"|0[0-9]{2,5} ?/ ?[0-9]{5,8}"
    r"|0[0-9]{4} [0-9]{6}"
    r"|0[1-9](?:([ .-])[0-9]{2})(?:\1[0-9]{2}){3}"
    r"|(?:1[-. ])?[2-9][0-9]{2}([-.])[0-9]{3}\2[0-9]{4}"
    r"|1 ?-? ?[38]00 ?[- ] ?[0-9]{2,3} ?[- ] ?[0-9]{3,4}"
    r"|1[3-9][0-9] [0-9]{4} [0-9]{4}"
)
"""International writing, brackets, and national ways that nothing else on a receipt is written in."""
_EDGE_BEFORE = re.compile(r"[\w+,./#-]$|\d(?:[ :]| ?- ?)$")
_EDGE_AFTER = re.compile(r"\w|[-.,/:]\d| ?%")


def end_as_written(text: str, start: int, before: str) -> int | None:
    """Return where a phone number ends that no word tells, but its writing, or None when it is none."""
    match = _WRITTEN.match(text, start)
    if match is None or (_EDGE_BEFORE.search(before) and match[0][0] != "("):
        return None
    ending = ENDING.match(text, match.end())
    end = ending.end() if ending else match.end()
    if _EDGE_AFTER.match(text, end):
        return None
    digits = sum(map(str.isdigit, match[0]))
    if not 8 <= digits <= 15 or FIGURE.match(text, start):
        return None
    return None if match[0][0] not in "+(" and nobodys_pattern().search(before) else end
