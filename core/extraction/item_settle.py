"""Rows whose numbers are not what they seem: a name that holds a price, a word that is only a measure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from core.extraction.item_columns import Edge
from core.extraction.item_pairs import mostly_counted
from core.extraction.item_rows import Entry

_LIKE_ONE = re.compile(r"^[Iil|!\]]\s+(?=[^\W\d_]\S)")


def settled(entries: Sequence[Entry], edge: Edge) -> list[Entry]:
    """Return the entries with such rows put right by the rows beside them, which hold the real price or name."""
    entries = _counted(entries)
    found = list(entries)
    for at, entry in enumerate(entries):
        if not entry.whole:
            continue
        beside = [near for near in (at + 1, at - 1) if 0 <= near < len(entries)]
        if _is_weak(entry.words) and any(entries[near].named for near in beside):
            found[at] = replace(entry, words="", counted=False)
        elif any(_prices(entries, near, at, edge) for near in beside):
            found[at] = replace(entry, price=None, quantity=None, unit=None)
    return found


def _counted(entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries with a count of one that was read as a letter, where most rows begin with a count."""
    if not mostly_counted(entries):
        return list(entries)
    return [entry if entry.counted else _recounted(entry) for entry in entries]


def _recounted(entry: Entry) -> Entry:
    like = _LIKE_ONE.match(entry.words)
    return replace(entry, words=entry.words[like.end() :], quantity=Decimal(1), counted=True) if like else entry


def _is_weak(words: str) -> bool:
    """Return whether words are too short for a name where another one stands beside them (`GB`, `EA 3`)."""
    return len(re.sub(r"[\W\d_]", "", words)) <= 2 and words.isascii()


def _prices(entries: Sequence[Entry], near: int, at: int, edge: Edge) -> bool:
    """Return whether the row of numbers beside a name tells its price, so that the number in the name does not.

    The name's number is what one costs (`Roll 1.80` over `4 x 1.80  7.20` or `*4  7.20`), unless the numbers have a
    name of their own over them, or it stands left of the column of prices.
    """
    bare, own, other = entries[near], entries[at].price, entries[near].price
    if not bare.bare or own is None or other is None:
        return False
    named = near < at and near > 0 and entries[near - 1].named
    told = bare.unit is not None and own.value == bare.unit
    told = told or (bare.quantity is not None and own.value * bare.quantity == other.value)
    if not named and told and own.value != other.value:
        return True
    if bare.quantity is not None and own.value in {other.value, bare.quantity * other.value}:
        return False
    return edge is not None and own.right < edge[0] - edge[1] <= other.right
