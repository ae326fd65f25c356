"""Receipts on an account's pages: filed as read, without a picture that anybody looks at."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

from core.accounts import Account
from core.adapters.wiring import Stores
from core.ports import Filed, State
from core.receipt import Category, Receipt
from tests.webhook.pages.browser import Browser

NUMBERS = count(1)


async def spent(stores: Stores, account: Account, day: str, total: str, **facts: Any) -> Filed:
    """File a read receipt; `facts` are further fields of it."""
    bought_on = date.fromisoformat(day)
    source = f"spent {next(NUMBERS)}"
    opened = await stores.ledger.open(account.id, f"photo of {source}", source, bought_on)
    waiting = await stores.ledger.find(account.id, opened)
    assert waiting is not None
    given = {"merchant": "Shop", "currency": "EUR", "category": Category.GROCERIES, **facts}
    receipt = Receipt(bought_on=bought_on, total=Decimal(total), **given)
    read = replace(waiting, state=State.READ, receipt=receipt, version=None)
    await stores.ledger.save(read, None)
    return read


async def entered(browser: Browser, stores: Stores, account: Account) -> str:
    """Sign a browser in to an account and return the session's token."""
    token = await stores.sessions.open(account.id, "Firefox on Linux", "password")
    browser.plant("session", token)
    return token
