"""Text from outside without what nobody sees: control characters, marks that turn the direction, hidden tags."""

from __future__ import annotations

import unicodedata

_JOINERS = "\u200c\u200d"
"""Part of how Persian, Hindi and others are spelled, unlike everything else of their kind."""
_UNSEEN = ("Cf", "Cs", "Co", "Cn")


def visible(text: str, longest: int) -> str:
    """Return the text on one line, without unseen characters, cut to so many characters."""
    seen = "".join(_seen(letter) for letter in text[: 4 * longest])
    return " ".join(seen.split())[:longest].rstrip()


def visible_lines(text: str, longest: int, most: int) -> list[str]:
    """Return the lines of the text that have something on them, each made visible; at most `most` characters."""
    lines = [visible(line, longest) for line in text[:most].splitlines()]
    return [line for line in lines if line]


def _seen(letter: str) -> str:
    kind = unicodedata.category(letter)
    if kind == "Cc":
        return " "
    return "" if kind in _UNSEEN and letter not in _JOINERS else letter
