"""Witnesses: what speaks for and against an amount being the total: words, place, size of type, arithmetic."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from statistics import median

from core.extraction.figure import Figure
from core.extraction.words import Role

_ENDS = {Role.TOTAL, Role.FINAL}
_ADDED = {Role.TAX, Role.TIP, Role.ROUNDING, Role.DISCOUNT}
_APART = {Role.SUBTOTAL, Role.BASE, Role.TAX, Role.DISCOUNT, Role.SAVED}
_PLACES = 60
"""At most so many different amounts are weighed, the likeliest places first, so that no page takes long."""


def group_by_value(figures: tuple[Figure, ...]) -> dict[Decimal, list[Figure]]:
    """Return the page's amounts, each with all places where it is printed; zero and less only when called a total."""
    by_value: dict[Decimal, list[Figure]] = {}
    for figure in figures:
        named = figure.role in _ENDS and not figure.above
        if figure.amount and figure.unit != "%" and (figure.value > 0 or named):
            by_value.setdefault(figure.value, []).append(figure)
    if len(by_value) > _PLACES:
        kept = sorted(by_value, key=lambda value: any(f.role in _ENDS for f in by_value[value]), reverse=True)
        by_value = {value: by_value[value] for value in kept[:_PLACES]}
    return by_value


@dataclass(frozen=True)
class Page:
    """What the amounts of a page have in common, worked out once for all candidates."""

    amounts: tuple[Figure, ...]
    roles: dict[Role, tuple[Decimal, ...]]
    sums: frozenset[Decimal]
    paid: frozenset[Decimal]
    handed: frozenset[Decimal]
    settled: frozenset[Decimal]
    taxed: frozenset[Decimal]
    added: tuple[Decimal, ...]
    items: frozenset[Decimal]
    largest: Decimal
    height: float
    first_end: int
    last_end: int
    pennies: bool

    @classmethod
    def of(cls, figures: tuple[Figure, ...]) -> Page:
        """Return the page's common facts."""
        amounts = tuple(figure for figure in figures if figure.amount)
        roles = {role: tuple(dict.fromkeys(f.value for f in amounts if f.role is role)) for role in Role}
        ends = [f.row for f in amounts if f.role in _ENDS | {Role.SUBTOTAL}]
        last = [f.row for f in amounts if f.role in _ENDS]
        own = [f.value for f in amounts if f.role not in {Role.CASH, Role.CHANGE, Role.OTHER}]
        first_end = min(ends, default=10**6)
        handed, settled = _over_the_counter(amounts)
        return cls(
            amounts, roles, _sums(roles), _differences(roles), handed, settled, _taxed(roles), _added(roles), _running_sums(amounts, first_end),
            max(own, default=Decimal(0)), median([f.height for f in amounts] or [0.0]),
            first_end, max(last, default=-1), any(f.decimals == 2 for f in amounts),
        )  # fmt: skip


def _sums(roles: dict[Role, tuple[Decimal, ...]]) -> frozenset[Decimal]:
    """Return what a subtotal (or a total) comes to with the taxes, tips, roundings and discounts beside it."""
    added = [
        -abs(value) if role is Role.DISCOUNT else value
        for role in (Role.TAX, Role.TIP, Role.ROUNDING, Role.DISCOUNT)
        for value in roles[role][:4]
        if value
    ]
    starts = [value for role in (Role.SUBTOTAL, Role.TOTAL) for value in roles[role][:4]]
    extras = [sum(part, Decimal(0)) for size in (1, 2, 3) for part in combinations(added[:8], size)]
    return frozenset(start + extra for start in starts for extra in extras)


def _added(roles: dict[Role, tuple[Decimal, ...]]) -> tuple[Decimal, ...]:
    """Return what the taxes, and the taxes with the tip, come to: what comes on top of the items."""
    taxes = roles[Role.TAX][:4]
    tips = roles[Role.TIP][:2]
    return (*taxes, sum(taxes, Decimal(0)), *(sum(taxes, tip) for tip in tips))


def _differences(roles: dict[Role, tuple[Decimal, ...]]) -> frozenset[Decimal]:
    """Return what cash less change comes to, for each printed pair."""
    cash = roles[Role.CASH][:4] + roles[Role.CARD][:3] + roles[Role.AMOUNT][:3]
    return frozenset(given - abs(back) for given in cash for back in roles[Role.CHANGE][:4])


def _over_the_counter(amounts: tuple[Figure, ...]) -> tuple[frozenset[Decimal], frozenset[Decimal]]:
    """Return what may have been handed over and what was settled by it: above, between and below, first + last = middle.

    Tills print the total, what was given and what comes back in this order, with or without words.
    """
    plain = [f for f in amounts if f.value > 0 and f.unit != "%"][-_PLACES:]
    first = {f.value: f.row for f in reversed(plain)}
    below = [f for f in plain if f.role not in _ADDED | {Role.BASE, Role.SAVED, Role.COUNT}]
    handed, settled = set(), set()
    for given in plain:
        for back in below:
            due = given.value - back.value
            if back.row > given.row and due in first and first[due] < given.row and due != back.value:
                handed.add(given.value)
                settled.add(due)
    return frozenset(handed - settled), frozenset(settled - handed)


def _taxed(roles: dict[Role, tuple[Decimal, ...]]) -> frozenset[Decimal]:
    """Return what the bases of a tax table come to with its taxes, and the coins up and down that tills round to."""
    bases, taxes = roles[Role.BASE][:6], [value for value in roles[Role.TAX][:4] if value]
    wholes = {base + tax for base in bases for tax in taxes}
    return frozenset(whole + Decimal(cents) / 100 for whole in wholes for cents in range(-4, 5))


def _running_sums(amounts: tuple[Figure, ...], first_end: int) -> frozenset[Decimal]:
    """Return the sums of the right-hand amounts of the item rows, down to each row before the first subtotal."""
    last_of_row: dict[int, Figure] = {}
    for figure in amounts:
        if figure.row < first_end and figure.role in {Role.NONE, Role.DISCOUNT, Role.AMOUNT}:
            last_of_row[figure.row] = figure
    sums, running = set(), Decimal(0)
    for count, figure in enumerate(last_of_row.values()):
        running += -abs(figure.value) if figure.role is Role.DISCOUNT else figure.value
        if count:
            sums.add(running)
    return frozenset(sums)


def features(value: Decimal, found: list[Figure], page: Page) -> dict[str, float]:
    """Return what speaks for and against `value` being the total, each witness mostly 0 or 1."""
    roles = {figure.role for figure in found}
    beside = {figure.role for figure in found if not figure.above}
    ends = roles & _ENDS
    weaker = {Role.TOTAL} if Role.FINAL in ends else set()
    said = {f"says {role.value}": 1.0 for role in roles - weaker}
    said |= {f"beside {role.value}": 1.0 for role in (beside & _ENDS) - weaker}
    taller = max(figure.height for figure in found) / page.height - 1 if page.height else 0.0
    taxes = page.roles[Role.TAX]
    known = set(page.roles[Role.TOTAL] + page.roles[Role.FINAL])
    printed = {figure.value for figure in page.amounts}
    last = max(figure.row for figure in found)
    earlier = {figure.value for figure in page.amounts if figure.row < last and figure.value > 0}
    shown = [value in page.sums, value in page.paid | page.settled, value in page.items or any(value - tax in page.items for tax in page.added if tax), value in page.taxed]
    return said | {
        "two sums": float(sum(shown) >= 2),
        "adds up": float(value in page.sums),
        "cash less change": float(value in page.paid),
        "handed over": float(value in page.handed),
        "settled": float(value in page.settled),
        "tax table adds up": float(value in page.taxed),
        "items add up": float(value in page.items),
        "items and tax add up": float(any(value - tax in page.items for tax in page.added if tax)),
        "before tax": float(any(tax > 0 and value + tax in known for tax in taxes)),
        "after tax": float(any(value - tax in earlier for tax in taxes if tax > 0)),
        "after rounding": float(any(value - r in known for r in page.roles[Role.ROUNDING] if r)),
        "before rounding": float(any(value + r in printed for r in page.roles[Role.ROUNDING] if 0 < abs(r) < 1)),
        "repeated": min(max(sum(f.role not in _APART for f in found) - 1, 0), 3) / 3,
        "largest": float(value == page.largest),
        "large type": max(0.0, min(taller, 1.0)),
        "marked": float(any(figure.marked for figure in found)),
        "last total": float(any(f.row == page.last_end and f.role in _ENDS for f in found)),
        "among items": float(all(figure.row < page.first_end for figure in found)),
        "pennies missing": float(page.pennies and all(figure.decimals < 2 for figure in found)),
        "nothing": float(value == 0),
        "below zero": float(value < 0),
        "words above": float(all(figure.above for figure in found)),
    }
