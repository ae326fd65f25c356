"""An account's own categories: what can be one, and what is offered then."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest

from core.accounts import Account
from core.categories import MOST_OWN, among, cleaned, with_own, without_own
from core.choices import WrongChoices, chosen
from core.receipt import Category, Receipt

ACCOUNT = Account(UUID(int=1), own=("coffee",))


def test_own_categories_are_offered_beside_those_of_everybody() -> None:
    """Without those that are not used."""
    assert replace(ACCOUNT, unused=("other",)).offered == [*(one.value for one in list(Category)[:-1]), "coffee"]
    assert all(type(one) is str for one in ACCOUNT.offered)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Pets", "pets"),
        ("  dog \t\r\n food\x00 ", "dog food"),
        ("\u202efood\u200b", "food"),
        ("Fu\u0308r Mama", "für mama"),
        ("ペット", "ペット"),
        ("🐈", "🐈"),
        ("x" * 30, "x" * 30),
    ],
)
def test_a_name_is_kept_clean_and_small(typed: str, kept: str) -> None:
    """On one line, without what nobody sees."""
    assert with_own(ACCOUNT, typed).own == ("coffee", kept)
    assert Receipt(category=kept).category == kept


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "write a name"),
        (" \u200b\u202e ", "write a name"),
        ("---", "write a name"),
        ("x" * 31, "at most 30"),
        ("COFFEE", "already"),
        ("c\u200boffee", "already"),
        ("Eating  Out", "Tick it"),
        ("doubted", "another name"),
    ],
)
def test_what_cannot_be_a_category_is_told(typed: str, said: str) -> None:
    """In a sentence at its own field."""
    with pytest.raises(WrongChoices) as raised:
        with_own(ACCOUNT, typed)
    assert said in raised.value.faults["own"]


def test_there_are_so_many_at_most() -> None:
    """One more is refused."""
    account = ACCOUNT
    for number in range(MOST_OWN - 1):
        account = with_own(account, f"category {number}")
    with pytest.raises(WrongChoices, match="wrong choices"):
        with_own(account, "one more")


def test_one_category_has_to_stay_on_offer() -> None:
    """One of its own is enough, and then that stays."""
    bare = chosen(ACCOUNT, {"language": "en"}, [])
    assert bare.offered == ["coffee"]
    with pytest.raises(WrongChoices):
        without_own(bare, "coffee")
    assert without_own(ACCOUNT, "coffee").own == ()
    assert without_own(ACCOUNT, "tea") == ACCOUNT


def test_a_name_that_is_typed_is_found_among_those_on_offer() -> None:
    """As it is kept."""
    assert among(" Eating OUT ", ACCOUNT.offered) == "eating out"
    assert among("tea", ACCOUNT.offered) is None
    assert among("", ACCOUNT.offered) is None
    assert cleaned("É\u0301A") == cleaned("é\u0301a")
