"""What the amounts of a page have in common: their words, and the sums that show what was due, given and taken back."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from statistics import median

from core.extraction.figure import Figure
from core.extraction.words import Role

ENDS = frozenset({Role.TOTAL, Role.FINAL})
PLACES = 60
"""At most so many different amounts are weighed, the likeliest places first, so that no page takes long."""
_ADDED = {Role.TAX, Role.TIP, Role.FEE, Role.ROUNDING, Role.DISCOUNT}
_PAYABLE = ENDS | {Role.AMOUNT, Role.BALANCE, Role.CASH, Role.CARD}


@dataclass(frozen=True)
class Page:
    """What the amounts of a page have in common, worked out once for all candidates."""

    amounts: tuple[Figure, ...]
    payable: tuple[Figure, ...]
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
        ends = [f.row for f in amounts if f.role in ENDS | {Role.SUBTOTAL}]
        last = [f.row for f in amounts if f.role in ENDS]
        own = [f.value for f in amounts if f.role not in {Role.CASH, Role.CHANGE, Role.OTHER}]
        first_end = min(ends, default=10**6)
        handed, settled = _over_the_counter(amounts)
        return cls(
            amounts=amounts,
            payable=tuple(f for f in amounts if f.role in _PAYABLE),
            roles=roles,
            sums=_sums(roles),
            paid=_differences(roles),
            handed=handed,
            settled=settled,
            taxed=_taxed(roles),
            added=_added(roles),
            items=_running_sums(amounts, first_end),
            largest=max(own, default=Decimal(0)),
            height=median([f.height for f in amounts] or [0.0]),
            first_end=first_end,
            last_end=max(last, default=-1),
            pennies=any(f.decimals == 2 for f in amounts),
        )


def _sums(roles: dict[Role, tuple[Decimal, ...]]) -> frozenset[Decimal]:
    """Return what a subtotal (or a total) comes to with the taxes, tips, roundings and discounts beside it."""
    added = [
        -abs(value) if role is Role.DISCOUNT else value
        for role in (Role.TAX, Role.TIP, Role.FEE, Role.ROUNDING, Role.DISCOUNT)
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
    """Return what may have been handed over and what it settled: of three amounts, first and last make the second.

    Tills print the total, what was given and what comes back in this order, with or without words.
    """
    plain = [f for f in amounts if f.value > 0 and f.unit != "%"][-PLACES:]
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
        if figure.row < first_end and figure.role in {Role.NONE, Role.FEE, Role.DISCOUNT, Role.AMOUNT}:
            last_of_row[figure.row] = figure
    sums, running = set(), Decimal(0)
    for count, figure in enumerate(last_of_row.values()):
        running += -abs(figure.value) if figure.role is Role.DISCOUNT else figure.value
        if count:
            sums.add(running)
    return frozenset(sums)
