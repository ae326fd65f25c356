"""How alike two merchants' names are: letters and digits only, as the scorer compares them."""

from __future__ import annotations

import unicodedata
from collections import Counter
from itertools import pairwise

USEFUL = 0.9


def plain_name(name: str) -> str:
    """Return letters and digits only, casefolded."""
    return "".join(letter for letter in unicodedata.normalize("NFKD", name).casefold() if letter.isalnum())


def likeness(one: str, other: str) -> float:
    """Return from 0 to 1 how alike two names are: shared pairs of letters."""
    pairs, others = Counter(pairwise(one)), Counter(pairwise(other))
    return 2 * (pairs & others).total() / max(1, pairs.total() + others.total())


def useful(said: str, wanted: str) -> bool:
    """Return whether a name is nearly the wanted one, or contains it or is contained in it from four letters on."""
    part = (len(said) >= 4 and said in wanted) or (len(wanted) >= 4 and wanted in said)
    return part or 1 - _edits(said, wanted) / max(len(said), len(wanted)) >= USEFUL


def _edits(one: str, other: str) -> int:
    """Return how many letters must be changed, added or left out (Levenshtein)."""
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        above, row = row, [at]
        for place, against in enumerate(other, 1):
            row.append(min(above[place] + 1, row[-1] + 1, above[place - 1] + (letter != against)))
    return row[-1]
