"""Amounts that differ in one digit, and digits so much alike that the one is often read for the other."""

from __future__ import annotations

from decimal import Decimal

_ALIKE = frozenset(frozenset(pair) for pair in ("38", "17", "27", "56", "08", "06", "68", "35", "89", "58", "14"))


def misread(found: Decimal, meant: Decimal) -> bool:
    """Return whether two amounts differ in one digit alone, and one that is often read for the other."""
    return is_one_digit_off(found, meant) and frozenset(_apart(found, meant)[0]) in _ALIKE


def is_one_digit_off(one: Decimal, other: Decimal) -> bool:
    """Return whether two amounts that are written equally long differ in one digit."""
    apart = _apart(one, other)
    return len(apart) == 1 and "".join(apart[0]).isdecimal()


def _apart(one: Decimal, other: Decimal) -> list[tuple[str, str]]:
    """Return the signs in which two amounts differ, place by place; nothing when one is longer."""
    first, second = format(one, "f"), format(other, "f")
    pairs = zip(first, second, strict=True) if len(first) == len(second) else ()
    return [pair for pair in pairs if pair[0] != pair[1]]
