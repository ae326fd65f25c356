"""Digits that look so much alike that the one is often read for the other."""

from __future__ import annotations

from decimal import Decimal

_ALIKE = frozenset(frozenset(pair) for pair in ("38", "17", "27", "56", "08", "06", "68", "35", "89", "58", "14"))


def misread(found: Decimal, meant: Decimal) -> bool:
    """Return whether two amounts differ in one digit alone, and one that is often read for the other."""
    one, other = format(found, "f"), format(meant, "f")
    if len(one) != len(other):
        return False
    apart = [frozenset(pair) for pair in zip(one, other, strict=True) if pair[0] != pair[1]]
    return len(apart) == 1 and apart[0] in _ALIKE
