"""What an account can choose: lists that Babel and the time zones know, and nothing beside them."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest

from core.accounts import Account
from core.choices import LANGUAGES, WrongChoices, chosen, currencies, languages, time_zones
from core.locales import locale_of
from core.receipt import Category

ACCOUNT = Account(UUID(int=1))
ALL = [one.value for one in Category]


def test_every_language_is_known_and_named_in_itself() -> None:
    """None falls back to English."""
    assert [tag for tag in LANGUAGES if locale_of(tag) == "en" and tag != "en"] == []
    assert dict(languages())["de"] == "Deutsch"
    assert dict(languages())["zh-hans"].startswith("中文")


def test_currencies_are_those_of_today_in_the_accounts_language() -> None:
    """Marks are history."""
    assert dict(currencies("de"))["CHF"] == "CHF · Schweizer Franken"
    assert "DEM" not in dict(currencies("de"))


def test_time_zones_are_named_by_their_place() -> None:
    """And UTC."""
    assert {"Europe/Berlin", "America/Argentina/Buenos_Aires", "UTC"} <= set(time_zones())
    assert not [zone for zone in time_zones() if zone.startswith(("posix", "Etc", "SystemV"))]


def test_an_empty_currency_or_time_zone_is_none() -> None:
    """Not chosen."""
    account = replace(ACCOUNT, home_currency="EUR", time_zone="UTC")
    assert chosen(account, {"language": "en", "home_currency": "", "time_zone": ""}, ALL) == ACCOUNT


@pytest.mark.parametrize(
    ("field", "value"),
    [("language", ""), ("language", "xx"), ("home_currency", "eur"), ("home_currency", "XXX"), ("time_zone", "Berlin")],
)
def test_what_is_not_on_a_list_has_a_sentence(field: str, value: str) -> None:
    """At its own field."""
    with pytest.raises(WrongChoices) as raised:
        chosen(ACCOUNT, {"language": "en", field: value}, ALL)
    assert list(raised.value.faults) == [field]


def test_one_category_has_to_stay() -> None:
    """Names that are none do not count."""
    assert chosen(ACCOUNT, {"language": "en"}, ["fuel", "nonsense"]).unused == tuple(set_without("fuel"))
    with pytest.raises(WrongChoices):
        chosen(ACCOUNT, {"language": "en"}, ["nonsense"])


def set_without(name: str) -> list[str]:
    """Return all categories but one, in their order."""
    return [one for one in ALL if one != name]
