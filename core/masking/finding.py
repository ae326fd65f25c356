"""All findings of a reading's strips: what is sure first, then what a word tells, then what was found elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from core.masking.accounts import ibans
from core.masking.cards import cards
from core.masking.kinds import Found, Masked
from core.masking.mail import addresses
from core.masking.numbers import numbers
from core.masking.strips import Strip

_RUN = re.compile(r"[0-9](?:[ .()/-]{0,2}[0-9])*")
_TELLING = 8
"""A number of so many digits is known again where no word stands before it."""


def find(strips: Sequence[Strip]) -> list[list[Found]]:
    """Return the findings of each strip, in order, none over another."""
    found = [_in_one(strip, above) for strip, above in zip(strips, _headings(strips), strict=True)]
    known: dict[str, Masked] = {
        digits: each.kind
        for strip, findings in zip(strips, found, strict=True)
        for each in findings
        if len(digits := _digits(strip.text[each.start : each.end])) >= _TELLING and each.kind is not Masked.MAIL
    }
    if known:
        found = [_settled(strip, [*old, *_again(strip, known)]) for strip, old in zip(strips, found, strict=True)]
    return found


def _headings(strips: Sequence[Strip]) -> list[str]:
    """Return for each strip the text of the row above it on its page."""
    above = [""]
    for strip, following in pairwise(strips):
        above.append(strip.text if strip.page == following.page else "")
    return above[: len(strips)]


def _in_one(strip: Strip, heading: str) -> list[Found]:
    found = [*cards(strip), *ibans(strip), *addresses(strip), *numbers(strip, heading)]
    return _settled(strip, found)


def _again(strip: Strip, known: Mapping[str, Masked]) -> list[Found]:
    """Return where a known number stands once more."""
    runs = ((match.span(), _digits(match[0])) for match in _RUN.finditer(strip.text))
    return [Found(*span, known[digits]) for span, digits in runs if digits in known]


def _settled(strip: Strip, found: Iterable[Found]) -> list[Found]:
    """Return the findings in order, without those that lie over one that came before."""
    taken = bytearray(len(strip.text))
    kept: list[Found] = []
    for each in found:
        if not any(taken[each.start : each.end]):
            taken[each.start : each.end] = b"\1" * (each.end - each.start)
            kept.append(each)
    return sorted(kept)


def _digits(text: str) -> str:
    return "".join(character for character in text if character.isdigit())
