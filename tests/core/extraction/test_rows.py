"""Lines that stand beside each other make a row, however the page lies."""

from math import atan, degrees

import pytest

from core.extraction.rows import find_rows
from core.receipt import Box, Line, Reading
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


def bent(reading: Reading, depth: float) -> Reading:
    """Return a page as it looks on paper that curls: its middle stands `depth` of its width higher than its edges."""
    middle, width = 300.0, 540.0
    lines = []
    for line in reading.lines:
        box = line.box
        assert box is not None
        across = [(x - middle) / width for x in (box.left, (box.left + box.right) / 2, box.right)]
        drops = [4 * depth * width * each**2 for each in across]
        tilt = degrees(atan(8 * depth * across[1]))
        bowed = Box(left=box.left, top=box.top + min(drops), right=box.right, bottom=box.bottom + max(drops), tilt=tilt)
        lines.append(line.model_copy(update={"box": bowed}))
    return reading.model_copy(update={"lines": tuple(lines)})


@pytest.mark.parametrize("depth", [0.03, -0.05, 0.08])
def test_a_page_that_curls_keeps_its_rows(depth: float) -> None:
    """An amount stays beside its words where the paper falls to both sides by more than a row, and rows stay in turn.

    The rows between them that are narrow and in the middle lie higher on the picture than they do on the paper.
    """
    text = "\n".join(f"Green cardamom {number}  {number}.50\n      x{number}" for number in range(1, 9))
    assert [row.text for row in find_rows(bent(page(text), depth))] == [row.text for row in find_rows(page(text))]


def test_lines_without_boxes_stay_in_reading_order() -> None:
    """Text without places gives a row a line."""
    reading = Reading(lines=(Line(text="Tea 3.50"), Line(text="TOTAL 3.50")))
    assert [row.text for row in find_rows(reading)] == ["Tea 3.50", "TOTAL 3.50"]


def test_an_empty_reading_has_no_rows() -> None:
    """Nothing read gives nothing."""
    assert find_rows(Reading()) == ()
