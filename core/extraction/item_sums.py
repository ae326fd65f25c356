"""The sum of the items as a check: which of the rows come to the subtotal or total, which only sum up others."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from core.extraction.item_pairs import Found

_MOST_LEFT_OUT = 6


def come_to(found: Sequence[Found], targets: frozenset[Decimal]) -> bool:
    """Return whether items come to one of the targets."""
    return bool(found) and _bought(found) in targets


def _bought(found: Sequence[Found]) -> Decimal:
    return sum((entry.value for entry in found), Decimal(0))


def those_that_add_up(found: Sequence[Found], targets: frozenset[Decimal]) -> tuple[Found, ...]:
    """Return the items that come to a target: without the sums of groups, or the longest run; all when none does."""
    fewer = _without_sums(found, counted=False)
    if not found or come_to(found, targets):
        # A sum that is printed and taken off again is none of what was bought, though it changes nothing.
        return fewer if _bought(fewer) == _bought(found) else tuple(found)
    whole = tuple(entry for entry in found if entry.value >= 0)  # What was saved on each is told again below the sum.
    for some in (fewer, _without_sums(found, counted=True), whole):
        if come_to(some, targets):
            return some
    return _run(found, targets) or _run(_without_sums(found, counted=True), targets) or tuple(found)


def _without_sums(found: Sequence[Found], counted: bool) -> tuple[Found, ...]:
    """Return the items without those that repeat what the ones before come to (`FOOD 21.95` after what was eaten).

    With `counted` only a row without a count, on a page whose rows have one, is taken for such a sum.
    """
    kept: list[Found] = []
    group = every = Decimal(0)
    if counted and sum(entry.counted for entry in found) * 2 < len(found):
        return tuple(found)
    for entry in found:
        value = abs(entry.value)
        if kept and value and value in {group, every} and not (counted and entry.counted):
            group = Decimal(0)
            continue
        kept.append(entry)
        group, every = group + entry.value, every + entry.value
    return tuple(kept)


def _run(found: Sequence[Found], targets: frozenset[Decimal]) -> tuple[Found, ...]:
    """Return the longest run of items that comes to a target, or none."""
    for left_out in range(1, min(len(found) // 2, _MOST_LEFT_OUT) + 1):
        for start in range(left_out + 1):
            part = found[start : len(found) - (left_out - start)]
            if any(entry.value for entry in part) and come_to(part, targets):
                return tuple(part)
    return ()
