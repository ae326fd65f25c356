"""What can be asked of a ledger: a closed set of questions, each with a period, a merchant, categories or an item."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Ask(StrEnum):
    """What is asked for."""

    TOTAL = "total"
    COUNT = "count"
    AVERAGE = "average"
    MONTHLY = "monthly"
    LARGEST = "largest"
    SMALLEST = "smallest"
    LATEST = "latest"
    FIRST = "first"
    TOP_MERCHANT = "top merchant"
    TOP_CATEGORY = "top category"
    LIST = "list"


@dataclass(frozen=True)
class Query:
    """One question; None or empty: whatever it is. `since` and `until` both count.

    `merchant` are words of a merchant's name, `item` words of a line item, both as the person wrote them. Receipts of
    any of `categories` fit.
    """

    ask: Ask
    since: date | None = None
    until: date | None = None
    merchant: str | None = None
    categories: tuple[str, ...] = ()
    item: str | None = None
