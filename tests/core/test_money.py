"""Printed amounts are read in every way of writing them, and nothing else is."""

from decimal import Decimal

import pytest

from core.money import Money, read_amount


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.234,56", "1234.56"),
        ("1,234.56", "1234.56"),
        ("1 234,56", "1234.56"),
        ("1 234,56 €", "1234.56"),
        ("42'987.56", "42987.56"),
        ("1,23,456.00", "123456.00"),
        ("¥1,200", "1200"),
        ("Rp 75.000", "75000"),
        ("75,000", "75000"),
        ("RM12.50", "12.50"),
        ("12.50-", "-12.50"),
        ("(12.50)", "-12.50"),
        ("-$3.00", "-3.00"),
        ("kr 12,-", "12"),
        (".99", "0.99"),
        ("0.455", "0.455"),
        ("１２．５０", "12.50"),
    ],
)
def test_an_amount_is_read_as_it_is_written(text: str, value: str) -> None:
    """Each way of writing an amount gives its value, decimals kept."""
    assert read_amount(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", "-", "()", "abc", "1e999999", "12.5.0", "9" * 20, "9" * 100_000, "12:30", "1/2"])
def test_what_is_no_amount_gives_nothing(text: str) -> None:
    """Words, exponents, times and endless digits are no amounts, and cost no time."""
    assert read_amount(text) is None


def test_an_amount_is_written_for_its_reader() -> None:
    """The same amount is written as people of the locale do."""
    assert Money(Decimal("1234.5"), "EUR").written("en") == "€1,234.50"


@pytest.mark.parametrize(
    ("amount", "currency", "written"),
    [
        ("3.750", "KWD", "KWD3.750"),
        ("2500", "OMR", "OMR2,500.000"),
        ("12.500", "EUR", "€12.50"),
        ("0.3333333333", "EUR", "€0.33"),
        ("90.00", "JPY", "¥90"),
    ],
)
def test_an_amount_is_written_with_the_decimals_that_it_holds(amount: str, currency: str, written: str) -> None:
    """A dinar has three; what was reckoned is rounded."""
    assert Money(Decimal(amount), currency).written("en") == written
