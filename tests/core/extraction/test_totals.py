"""The total among amounts that claim to be it: rounding, cash, tables of taxes, and words that are not its own."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from core.checks import check
from core.extraction.offline import extract
from core.extraction.weights import Weights
from core.ports import Hints
from core.receipt import DoubtKind, Receipt
from tests.core.extraction.pages import TODAY, page, receipt

HEAD = "CORNER STORE\n12 Hill Street\n2026-10-30\n"


@pytest.mark.parametrize(
    ("rows", "total"),
    [
        ("Tea  3.00\nCake  4.62\nTOTAL  7.62\nRounding  -0.02\nTo pay  7.60\nCash  10.00\nChange  2.40", "7.60"),
        ("Tea  3.00\nCake  4.62\nTOTAL AMT  7.62\nROUNDING ADJ  -0.02\nRM  7.60\n10.00\n2.40", "7.60"),
        ("Tea  3.00\nCake  4.60\nTotal  7.60\nEUR  10.00\nBack  2.40", "7.60"),
        ("Tea  3.00\nCake  4.60\nTotal for 2 items  $7.60\nCash  $7.60\nGST included in total  $0.69", "7.60"),
        ("Tea  10.00\nTip  1.50\nTotal  11.50\nVAT %  Net  VAT\n10%  9.09  0.91\nTotal  9.09  0.91", "11.50"),
        ("Tea  3.00\nCake  4.60\nSubtotal  7.60\nNet Total  7  J\nC  20.00\nC GE  12.40", "7.60"),
    ],
)  # fmt: skip
def test_the_total_is_what_was_paid(rows: str, total: str) -> None:
    """Whatever stands around it, the amount that was due in the end is taken, or is the first that is offered."""
    found = receipt(HEAD + rows)
    assert Decimal(total) in {found.total, *(Decimal(rival) for rival in found.evidence["total"].rivals[:1])}


def doubts(found: Receipt, rows: str) -> list[DoubtKind]:
    """Return what is doubted about the total."""
    return [doubt.kind for doubt in check(found, page(rows)) if doubt.field == "total"]


def test_two_totals_a_coin_apart_are_asked_about() -> None:
    """Where the rounding between them could not be read, either may be what was paid."""
    rows = HEAD + "Tea  3.00\nCake  4.62\nTOTAL  7.62\nRounding  ~.\nTOTAL after rounding  7.60\nCash  8.00"
    found = receipt(rows)
    evidence = found.evidence["total"].model_copy(update={"confidence": 0.99, "rivals": ("7.60",)})
    sure = found.model_copy(update={"total": Decimal("7.62"), "evidence": found.evidence | {"total": evidence}})
    assert doubts(sure, rows) == [DoubtKind.TOTAL_UNCLEAR]


def test_a_printed_rounding_says_why_two_totals_are_a_coin_apart() -> None:
    """The amount after the rounding is the total, and nobody is asked."""
    rows = HEAD + "Tea  3.00\nCake  4.62\nTOTAL  7.62\nRounding  -0.02\nNet total  7.60\nCash  8.00\nChange  0.40"
    found = receipt(rows)
    assert (found.total, doubts(found, rows)) == (Decimal("7.60"), [])


@pytest.mark.parametrize(
    "rows",
    [
        "Lamp  12.00\nVase  14.00\nSubtotal  26.00\nTax  2.60",
        "Lamp  12.00\nVase  14.00\nSous-total HT  26.00\nTVA 10%  2.60",
        "Ham  20.00\nCheese  4.40\nSUBTOTAL  24.40\nTOTAL  94.40",
        "Lamp  12.00\nVase  14.00\nSubtotal  26.00\nTax  2.60\nTOTAL  31.00",
        "Breakfast buffet  38.00\nFood  38.00\nTax  2.41\nTOTAL",
    ],
)
def test_a_total_that_is_cut_off_or_does_not_add_up_is_asked_about(rows: str) -> None:
    """A subtotal alone may stand above a total under a thumb; sums that fail are never passed over."""
    assert doubts(receipt(HEAD + rows), HEAD + rows)


def test_a_total_after_a_discount_is_a_total() -> None:
    """Though its words name the discount."""
    found = receipt(HEAD + "Socks  14.00\nSubtotal  14.00\nDiscount  -1.40\nTotal after discount  12.60")
    assert found.total == Decimal("12.60")


def test_a_total_below_zero_is_offered_without_its_stroke() -> None:
    """A colon or a speck is easily read as a minus."""
    found = receipt(HEAD + "Tea  3.00\nCake  4.60\nTotal payable  -7.60")
    assert found.total != Decimal("-7.60") or found.evidence["total"].rivals[0] == "7.60"


def test_other_weights_can_be_given() -> None:
    """Who measures brings weights that never saw the receipt's merchant."""
    rows = page(HEAD + "Tea  3.00\nCake  4.60\nTOTAL  7.60\nCash  20.00\nChange  12.40")
    given = replace(Weights(), total={"says cash": 9.0})
    assert extract(rows, Hints(today=TODAY), given).total == Decimal("20.00")
