"""Merchant rules: where a merchant's receipts go, made by a person's corrections, for receipts to come."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from core.accounts import Account
from core.extraction.plain import plain
from core.receipt import Category, Receipt

LONGEST_KEY = 100


@dataclass(frozen=True)
class Rule:
    """Receipts of a merchant go to `category`; `merchant` is the name as it was on the receipt that was corrected."""

    merchant_key: str
    merchant: str
    category: str
    made_at: datetime | None = None


class Rules(Protocol):
    """What an account's corrections say of merchants. Every method raises Unavailable."""

    async def find(self, account: UUID, merchant: str) -> str | None:
        """Return where the receipts of a merchant go, or None when no rule says."""
        ...

    async def learn(self, account: UUID, merchant: str, category: str) -> None:
        """Remember where the receipts of a merchant go; what was said of it before is forgotten."""
        ...

    async def all(self, account: UUID) -> list[Rule]:
        """Return the account's rules by their merchants' names."""
        ...

    async def forget(self, account: UUID, merchant_key: str) -> bool:
        """Forget a rule; False when there is none."""
        ...


def merchant_key(merchant: str) -> str:
    """Return what tells a merchant from others: letters, their marks and digits, small and without accents.

    Empty when there are none: then no rule can be made.
    """
    return "".join(sign for sign in plain(merchant) if unicodedata.category(sign)[0] in "LNM")[:LONGEST_KEY]


async def placed(receipt: Receipt, account: Account, rules: Rules) -> Receipt:
    """Return a receipt that was just read in a category that its account is offered.

    What a rule says of its merchant wins, then what was found, then OTHER; None when none of these is on offer.
    Raises Unavailable.
    """
    said = await rules.find(account.id, receipt.merchant) if receipt.merchant else None
    offered = account.offered
    ways = (said, receipt.category, Category.OTHER.value)
    category = next((one for one in ways if one is not None and one in offered), None)
    return receipt.model_copy(update={"category": str(category) if category is not None else None})
