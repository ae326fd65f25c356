"""Witnesses: what speaks for and against an amount being the total: words, place, size of type, arithmetic."""

from __future__ import annotations

from decimal import Decimal

from core.extraction.figure import Figure
from core.extraction.total_page import ENDS, PLACES, Page
from core.extraction.words import Role

_APART = {Role.SUBTOTAL, Role.BASE, Role.TAX, Role.DISCOUNT, Role.SAVED}

_STEPS = 6
"""Discounts and tips that are looked at, the last on the page: more are not printed around a total."""


def group_by_value(figures: tuple[Figure, ...]) -> dict[Decimal, list[Figure]]:
    """Return the page's amounts, each with all places where it is printed; zero and less only when called a total."""
    by_value: dict[Decimal, list[Figure]] = {}
    for figure in figures:
        named = figure.role in ENDS and not figure.above
        if figure.amount and figure.unit != "%" and (figure.value > 0 or named):
            by_value.setdefault(figure.value, []).append(figure)
    if len(by_value) > PLACES:
        kept = sorted(by_value, key=lambda value: any(f.role in ENDS for f in by_value[value]), reverse=True)
        by_value = {value: by_value[value] for value in kept[:PLACES]}
    return by_value


def features(value: Decimal, found: list[Figure], page: Page) -> dict[str, float]:
    """Return what speaks for and against `value` being the total, each witness mostly 0 or 1."""
    return _words(found) | _sums(value, page) | _steps(value, found, page) | _looks(value, found, page)


def _words(found: list[Figure]) -> dict[str, float]:
    """Return what the words beside say; `total` counts no more where one says that it is the final one."""
    roles = {figure.role for figure in found}
    roles = {Role.TIP if role is Role.FEE else role for role in roles}  # both come on top of what was bought
    roles -= {Role.TOTAL} if Role.FINAL in roles else set()
    beside = {figure.role for figure in found if not figure.above} & ENDS & roles
    said = {f"says {role.value}": 1.0 for role in roles} | {f"beside {role.value}": 1.0 for role in beside}
    return said | {"words above": float(all(figure.above for figure in found))}


def _sums(value: Decimal, page: Page) -> dict[str, float]:
    """Return which sums of printed amounts come to the value; two that do are more than twice one."""
    with_tax = any(value - tax in page.items for tax in page.added if tax)
    back = value in page.paid or value in page.settled
    shown = (value in page.sums, back, value in page.items or with_tax, value in page.taxed)
    return {
        "two sums": float(sum(shown) >= 2),
        "adds up": float(value in page.sums),
        "cash less change": float(value in page.paid),
        "handed over": float(value in page.handed),
        "settled": float(value in page.settled),
        "tax table adds up": float(value in page.taxed),
        "items add up": float(value in page.items),
        "items and tax add up": float(with_tax),
    }


def _steps(value: Decimal, found: list[Figure], page: Page) -> dict[str, float]:
    """Return where the value stands on the way from the items to what was paid: before or after tax and rounding."""
    taxes = [tax for tax in page.roles[Role.TAX] if tax > 0]
    roundings = page.roles[Role.ROUNDING]
    known = set(page.roles[Role.TOTAL] + page.roles[Role.FINAL])
    printed = {figure.value for figure in page.amounts}
    first, last = min(figure.row for figure in found), max(figure.row for figure in found)
    earlier = {figure.value for figure in page.amounts if figure.row < last and figure.value > 0}
    return {
        "before tax": float(any(value + tax in known for tax in taxes)),
        "after tax": float(any(value - tax in earlier for tax in taxes)),
        "rounded from above": float(any(f.row < last and _rounds(value, f.value) for f in page.payable)),
        "before discount": float(_goes_on(value, first, _lowering(page), page)),
        "after discount": float(_comes_from(value, last, _lowering(page), page)),
        "before tip": float(_goes_on(value, first, _raising(page), page)),
        "after tip": float(_comes_from(value, last, _raising(page), page)),
        "after rounding": float(any(value - by in known for by in roundings if by)),
        "before rounding": float(any(value + by in printed for by in roundings if 0 < abs(by) < 1)),
    }


def _lowering(page: Page) -> list[tuple[int, Decimal]]:
    """Return the discounts with their rows, below zero."""
    return [(f.row, -abs(f.value)) for f in page.amounts if f.role in {Role.DISCOUNT, Role.SAVED} and f.value][-_STEPS:]


def _raising(page: Page) -> list[tuple[int, Decimal]]:
    """Return the tips with their rows."""
    return [(f.row, f.value) for f in page.amounts if f.role in {Role.TIP, Role.FEE} and f.value > 0][-_STEPS:]


def _goes_on(value: Decimal, row: int, steps: list[tuple[int, Decimal]], page: Page) -> bool:
    """Return whether a step below the value leads to an amount that is printed below both."""
    return any(row < at < f.row and f.value == value + by for at, by in steps for f in page.amounts)


def _comes_from(value: Decimal, row: int, steps: list[tuple[int, Decimal]], page: Page) -> bool:
    """Return whether a step above the value leads to it from a total that is printed above both."""
    return any(f.row < at < row and f.value + by == value and f.role in ENDS for at, by in steps for f in page.amounts)


def _looks(value: Decimal, found: list[Figure], page: Page) -> dict[str, float]:
    """Return how the value is printed: where, how large, how often, in what form."""
    taller = max(figure.height for figure in found) / page.height - 1 if page.height else 0.0
    return {
        "repeated": min(max(sum(f.role not in _APART for f in found) - 1, 0), 3) / 3,
        "largest": float(value == page.largest),
        "large type": max(0.0, min(taller, 1.0)),
        "marked": float(any(figure.marked for figure in found)),
        "last total": float(any(f.row == page.last_end and f.role in ENDS for f in found)),
        "among items": float(all(figure.row < page.first_end for figure in found)),
        "pennies missing": float(page.pennies and all(figure.decimals < 2 for figure in found)),
        "nothing": float(value == 0),
        "below zero": float(value < 0),
    }


def _rounds(value: Decimal, other: Decimal) -> bool:
    """Return whether one amount is the other rounded to what can be paid in coins."""
    off = abs(value - other)
    return 0 < off <= (Decimal("0.05") if value % 1 or other % 1 else min(value / 1000, Decimal(100)))
