"""Each figure of a receipt is found again where it was printed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from core.extraction.offline import extract
from core.places import places, row_of
from core.ports import Hints
from core.receipt import Box, Evidence, Line, LineItem, Reading, Receipt
from tests.conversation import written

CAFE = """
CORNER CAFE
2026-10-03  No. 4711
Coffee  3.50
Coffee  3.50
Cake  4.20
Subtotal  11.20
Sales tax 8.00%  0.90
TOTAL  EUR 12.10
Paid with Visa
"""


def texts(receipt: Receipt, reading: Reading) -> dict[str, tuple[str, ...]]:
    """Return what is printed where each figure was found."""
    return {name: tuple(line.text for line in lines) for name, lines in places(receipt, reading).items()}


def test_every_figure_of_a_receipt_has_its_place() -> None:
    """Also what the extraction gives no evidence for: it is looked up as it was printed."""
    reading = written(CAFE)
    found = texts(extract(reading, Hints(date(2026, 10, 3))), reading)
    assert found["merchant"] == ("CORNER CAFE",)
    assert found["total"] == ("EUR 12.10",)
    assert found["taxes.0"] == ("Sales tax 8.00%", "0.90")
    assert found["items.2"] == ("Cake", "4.20")
    assert found["payment_method"] == ("Paid with Visa",)


def test_the_same_item_twice_has_two_places() -> None:
    """A row that is taken is not given again."""
    reading = written(CAFE)
    found = places(extract(reading, Hints(date(2026, 10, 3))), reading)
    assert found["items.0"][0].box != found["items.1"][0].box


def test_a_row_is_found_on_a_tilted_page() -> None:
    """The price stands lower than its item by what the page is tilted, and the next row's price does not."""
    lines = (
        Line(text="Tea", box=Box(left=0, top=0, right=60, bottom=30, tilt=3.0)),
        Line(text="2.00", box=Box(left=500, top=27, right=560, bottom=57, tilt=3.0)),
        Line(text="Bun", box=Box(left=0, top=34, right=60, bottom=64, tilt=3.0)),
    )
    receipt = Receipt(
        items=(LineItem(description="Tea", total=Decimal("2.00")),), evidence={"items": Evidence(lines=(0, 1, 2))}
    )
    assert texts(receipt, Reading(lines=lines)) == {"items.0": ("Tea", "2.00")}


def test_a_line_without_height_stands_in_its_own_row() -> None:
    """A PDF may print a dot."""
    dot = Line(text=".", box=Box(left=5, top=5, right=5, bottom=5))
    assert row_of(dot, [dot]) == (dot,)


def test_evidence_that_points_nowhere_is_passed_over() -> None:
    """A model may name lines that are not there, and text without a box has no place."""
    reading = Reading(lines=(Line(text="SHOP"),))
    receipt = Receipt(
        merchant="SHOP", evidence={"merchant": Evidence(lines=(0, 7, -1)), "total": Evidence(lines=(99,))}
    )
    assert places(receipt, reading) == {}
