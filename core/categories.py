"""An account's own categories: added and taken out, and a name that somebody typed found among those on offer."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import replace

from core.accounts import Account
from core.choices import WrongChoices
from core.receipt import LONGEST_CATEGORY, Category

MOST_OWN = 30
_RESERVED = frozenset({"doubted", "sure"})
"""Names that the index of receipts has another use for."""
_UNSEEN = ("Cf", "Cs", "Co", "Cn")
FIELD = "own"


def cleaned(name: str) -> str:
    """Return a category's name as it is kept and compared: small, on one line, without what nobody sees."""
    whole = unicodedata.normalize("NFC", name)
    kinds = ((letter, unicodedata.category(letter)) for letter in whole)
    seen = (" " if kind == "Cc" else letter for letter, kind in kinds if kind not in _UNSEEN)
    return " ".join("".join(seen).lower().split())


def among(name: str, offered: Iterable[str]) -> str | None:
    """Return the category on offer that `name` means, or None."""
    wanted = cleaned(name)
    return next((one for one in offered if cleaned(one) == wanted), None)


def with_own(account: Account, name: str) -> Account:
    """Return the account with one more category of its own. Raises WrongChoices, which has a sentence for `own`."""
    new = cleaned(name)
    fault = _fault(account, new)
    if fault:
        raise WrongChoices({FIELD: fault})
    return replace(account, own=(*account.own, new))


def without_own(account: Account, name: str) -> Account:
    """Return the account without one of its own categories; receipts that have it keep it. Raises WrongChoices."""
    left = replace(account, own=tuple(one for one in account.own if one != name))
    if not left.offered:
        raise WrongChoices({FIELD: "Please keep at least one category."})
    return left


def _fault(account: Account, new: str) -> str:
    """Say why a name cannot be a category of its own, "" when it can."""
    if not any(letter.isalnum() or unicodedata.category(letter) == "So" for letter in new):
        return "Please write a name for the category."
    if len(new) > LONGEST_CATEGORY:
        return f"Please write at most {LONGEST_CATEGORY} characters."
    if among(new, account.own):
        return f"You have “{new}” already."
    if among(new, (one.value for one in Category)):
        return f"There is “{new}” already. Tick it in the list above if you want to be offered it."
    if new in _RESERVED:
        return "Please take another name."
    if len(account.own) >= MOST_OWN:
        return f"You can have {MOST_OWN} categories of your own. Please take one out first."
    return ""
