"""What the money was spent on, judged by the merchant's name and the words on the page."""

from __future__ import annotations

from functools import lru_cache

from core.extraction.plain import find_words, plain
from core.extraction.rows import find_rows
from core.receipt import Category, Reading

_FILE = "categories.json"
_LEAST = 1.0
"""Less than this says nothing; a word for the trade in the head of the page is enough, one item is not."""
_HEAD = 8


def find_category(merchant: str | None, reading: Reading) -> Category:
    """Return what the receipt's words speak for most, OTHER when they say nothing.

    A chain that is known for its trade (`merchants` in categories.json) counts most, then words for a trade in the
    merchant's name, then such words in the first rows, then the goods and habits of a trade anywhere.
    """
    name = plain(merchant or "")
    rows = [plain(row.text) for row in find_rows(reading)]
    head, text = " | ".join(rows[:_HEAD]), " | ".join(rows)
    scores = {category: _score(category, name, head, text) for category in Category if category is not Category.OTHER}
    best = max(scores, key=lambda category: scores[category])
    return best if scores[best] >= _LEAST else Category.OTHER


@lru_cache(maxsize=1024)
def known_chain(name: str) -> bool:
    """Return whether a plain text begins with the name of a chain that is known by itself."""
    lists = [f"{category.value}: merchants" for category in Category if category is not Category.OTHER]
    return _begins_with_chain(name, *lists) >= _SURE


_SURE = 5.0


def _score(category: Category, name: str, head: str, text: str) -> float:
    chain = _chain(category, name) or 0.6 * _chain(category, head)
    trade = 3.0 * min(2, _different(name, category, "words"))
    around = 1.0 * min(2, _different(head, category, "words"))
    goods = 0.3 * min(6, _different(text, category, "items"))
    return chain + trade + around + goods


def _chain(category: Category, name: str) -> float:
    return _begins_with_chain(name, f"{category.value}: merchants")


def _begins_with_chain(name: str, *lists: str) -> float:
    """Return 5 when a text begins with a listed name, 2 when that name is so short that it may be chance."""
    for found in find_words(name, _FILE, *lists)[:1]:
        if name[: found.start].strip(" #*-'\"(0123456789"):
            return 0.0
        whole = found.end >= len(name.rstrip(" .,;:"))
        return _SURE if whole or len(found.word) >= 6 or " " in found.word else 2.0
    return 0.0


def _different(text: str, category: Category, kind: str) -> int:
    """Return how many different words of a category's list stand in a text."""
    return len({found.word for found in find_words(text, _FILE, f"{category.value}: {kind}")})
