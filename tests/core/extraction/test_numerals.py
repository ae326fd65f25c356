"""Numbers are found in lines of text, with slips of the OCR put right where that is safe."""

import time
from decimal import Decimal

import pytest

from core.extraction.numerals import find_numerals


def values(text: str) -> list[str]:
    """Return the numbers found in a line, as text."""
    return [format(numeral.value, "f") for numeral in find_numerals(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("TOTAL 12. 50", ["12.50"]),
        ("12,5O", ["12.50"]),
        ("RMI11.90", ["111.90"]),
        ("-RMO.01", ["-0.01"]),
        ("Total:12.50T", ["12.50"]),
        ("1,234.50SR", ["1234.50"]),
        ("2 x 3.50", ["2", "3.50"]),
        ("PB1: 1,159", ["1", "1159"]),
        ("15/07/2017 12:07", []),
    ],
)
def test_numbers_are_found_in_a_line(text: str, found: list[str]) -> None:
    """Slips, currencies and codes around a number do not hide it; dates and times are no numbers."""
    assert values(text) == found


def test_a_word_after_a_list_number_is_no_fraction() -> None:
    """`2. Soda` is two, not 2.50."""
    assert [numeral.value for numeral in find_numerals("2. Soda")] == [Decimal(2)]


@pytest.mark.parametrize("text", ["9" * 100_000, "1," * 50_000, "1 " * 50_000, "." * 100_000, "1e9" * 30_000])
def test_endless_digits_cost_no_time(text: str) -> None:
    """A line made to keep a regular expression busy is done at once."""
    start = time.perf_counter()
    find_numerals(text)
    assert time.perf_counter() - start < 0.5
