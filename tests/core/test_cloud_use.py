"""What the cloud costs, in words that an admin can add up."""

from __future__ import annotations

from decimal import Decimal

import pytest

from core.cloud_use import NONE_ASKED, CloudUse, use_line, use_lines

FLASH = CloudUse("Gemini", "flash", 120, 120, 120, 300_000, 40_000, Decimal("0.19"), 0)


@pytest.mark.parametrize(
    ("used", "told"),
    [
        (
            FLASH,
            "Gemini flash: 120 receipts, 120 calls, 300,000 tokens in, 40,000 out, $0.19, $0.0016 a receipt",
        ),
        (
            CloudUse("RapidAPI", "", 3, 1, 2, 0, 0, None, 0),
            "RapidAPI: 2 receipts, 3 calls (2 without an answer), cost not known",
        ),
        (
            CloudUse("Gemini", "new", 1, 1, 1, 1, 1, None, 1),
            "Gemini new: 1 receipt, 1 call, 1 token in, 1 out, cost not known",
        ),
        (
            CloudUse("Gemini", "flash", 4, 4, 2, 10, 5, Decimal("0.0027"), 2),
            "Gemini flash: 2 receipts, 4 calls, 10 tokens in, 5 out, $0.0027 and 2 calls of unknown cost",
        ),
        (
            CloudUse("Gemini", "flash", 1, 1, 0, 10, 5, Decimal("1234.5"), 0),
            "Gemini flash: 0 receipts, 1 call, 10 tokens in, 5 out, $1,234.50",
        ),
    ],
)
def test_a_service_is_told_in_one_line(used: CloudUse, told: str) -> None:
    """What is not known is said, never 0."""
    assert use_line(used) == told


def test_the_dearest_comes_first() -> None:
    """And when nothing was asked, that is said."""
    cheap = CloudUse("RapidAPI", "", 1, 1, 1, 0, 0, None, 0)
    assert use_lines([cheap, FLASH]) == [use_line(FLASH), use_line(cheap)]
    assert use_lines([]) == [NONE_ASKED]
