"""The currency an account most likely spends in: chosen, seen on its receipts, or of its time zone's country."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.home_currency import likely_currency, other_currencies
from core.ports import Filed
from core.receipt import Doubt, DoubtKind, Evidence, Receipt
from tests.bot.fakes import ACCOUNT, filed

NOBODY = replace(ACCOUNT, home_currency=None, time_zone=None)


def receipts(*currencies: str | None) -> list[Filed]:
    """Return receipts in these currencies."""
    return [filed(number, Receipt(currency=currency)) for number, currency in enumerate(currencies)]


def test_what_was_chosen_goes_before_all_else() -> None:
    """A person knows best."""
    chosen = replace(NOBODY, home_currency="CAD", time_zone="Africa/Kigali")
    assert likely_currency(chosen, receipts("USD", "USD", "USD")) == "CAD"


def test_most_of_the_newest_receipts_decide() -> None:
    """Three alike and more than half are enough; those without a currency do not count."""
    assert likely_currency(NOBODY, receipts("AUD", None, "AUD", "USD", "AUD", None)) == "AUD"


@pytest.mark.parametrize("seen", [(), ("AUD", "AUD"), ("AUD", "AUD", "AUD", "USD", "EUR", "GBP")])
def test_few_or_mixed_receipts_decide_nothing(seen: tuple[str, ...]) -> None:
    """A journey is not a home."""
    assert likely_currency(NOBODY, receipts(*seen)) is None


@pytest.mark.parametrize(
    ("zone", "currency"),
    [("Africa/Kigali", "RWF"), ("America/Chicago", "USD"), ("Europe/Zagreb", "EUR"), ("UTC", None)],
)
def test_the_time_zone_tells_the_country(zone: str, currency: str | None) -> None:
    """Where no receipts tell yet."""
    assert likely_currency(replace(NOBODY, time_zone=zone), []) == currency


@pytest.mark.parametrize(
    ("language", "currency"), [("en-AU", "AUD"), ("pt-br", "BRL"), ("en", None), ("zh-hant", None)]
)
def test_a_language_that_names_its_country_tells_it_too(language: str, currency: str | None) -> None:
    """Where nothing else does."""
    assert likely_currency(replace(NOBODY, language=language), []) == currency


def read_as(currency: str, *doubts: Doubt) -> Receipt:
    """Return a receipt whose currency was read, not said."""
    return Receipt(currency=currency, doubts=doubts, evidence={"currency": Evidence(confidence=0.4)})


GUESSED = Doubt(kind=DoubtKind.CURRENCY_UNCLEAR, field="currency", found="USD")


def test_one_answer_settles_whose_sign_it_is() -> None:
    """What the person wrote, or said to be right, goes before what was read."""
    written, confirmed = filed(1, Receipt(currency="CAD")), filed(2, read_as("NZD"))
    confirmed = replace(confirmed, settled=(DoubtKind.CURRENCY_UNCLEAR,))
    others = [filed(number, read_as("USD")) for number in range(3, 6)]
    assert other_currencies([*others, written, confirmed]) == ("CAD", "NZD", "USD")


def test_what_is_still_asked_about_teaches_nothing() -> None:
    """A guess does not confirm itself."""
    guesses = [filed(number, read_as("USD", GUESSED)) for number in range(5)]
    assert other_currencies(guesses) == ()
    assert likely_currency(NOBODY, guesses) is None
