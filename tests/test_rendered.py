"""The invented receipts that weights are learned on: always the same, and their sums hold."""

from __future__ import annotations

from decimal import Decimal
from random import Random

import pytest

from tests.bench.rendered import receipts
from tests.bench.rendered_till import languages, ring_up


def test_the_same_seed_gives_the_same_receipts() -> None:
    """What was learned can be learned again."""
    assert receipts(7, 50) == receipts(7, 50) != receipts(8, 50)


@pytest.mark.parametrize("code", languages())
def test_every_sale_adds_up(code: str) -> None:
    """The items, what is taken off and put on come to the total, and the notes suffice for it."""
    rng = Random("sums")
    for _ in range(50):
        sale = ring_up(code, rng)
        added = sale.tax if sale.language["tax"] == "added" else Decimal(0)
        parts = sale.subtotal - sale.discount + sale.service + added + sale.tip + sale.rounding
        assert sale.total == parts
        assert sale.tendered == 0 or sale.tendered >= sale.total


def test_the_total_and_the_merchant_are_printed() -> None:
    """The truth can be read off the paper."""
    for reading, truth in receipts(1, 44):
        figures = "".join(letter for letter in reading.text if letter.isdigit() or letter == "\n")
        assert truth["total"].replace(".", "") in figures
        assert truth["language"] in languages()
