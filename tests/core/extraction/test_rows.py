"""Lines that stand beside each other make a row, however the page lies."""

import pytest

from core.extraction.rows import find_rows
from core.receipt import Line, Reading
from tests.core.extraction.pages import page

BILL = """
GREEN CORNER
Tea  3.50
Cake  4.20
TOTAL  7.70
"""


@pytest.mark.parametrize("slope", [0.0, 0.08, -0.08, 0.15])
def test_a_tilted_page_keeps_its_rows(slope: float) -> None:
    """Words and amounts of one row stay together when the page is turned by several degrees."""
    assert [row.text for row in find_rows(page(BILL, slope))][1:] == ["Tea  3.50", "Cake  4.20", "TOTAL  7.70"]


def test_lines_without_boxes_stay_in_reading_order() -> None:
    """Text without places gives a row a line."""
    reading = Reading(lines=(Line(text="Tea 3.50"), Line(text="TOTAL 3.50")))
    assert [row.text for row in find_rows(reading)] == ["Tea 3.50", "TOTAL 3.50"]


def test_an_empty_reading_has_no_rows() -> None:
    """Nothing read gives nothing."""
    assert find_rows(Reading()) == ()
