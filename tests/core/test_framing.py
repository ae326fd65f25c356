"""Which figures are framed in a receipt's pictures, and which of them nobody can point at."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from core.drawings import Outline
from core.extraction.offline import extract
from core.framing import both_places, framed
from core.ports import Filed, Hints, State
from core.receipt import Doubt, DoubtKind, Evidence, Reading, Receipt, TaxLine
from tests.conversation import written
from tests.webhook.pages.shelf import CAFE

DAY = date(2026, 11, 20)
READING = written(CAFE)


def filed(receipt: Receipt | None, as_read: Receipt | None = None) -> Filed:
    """Return a read receipt."""
    return Filed(UUID(int=1), UUID(int=2), State.READ, "photo", DAY, receipt, as_read=as_read)


def receipt() -> Receipt:
    """Return what is read from the café's receipt."""
    return extract(READING, Hints(today=DAY))


def texts(outlines: tuple[Outline, ...]) -> list[tuple[str, str]]:
    """Return each outline's label, and the text that it frames."""
    framed_lines = {line.box: line.text for line in READING.lines}
    return [(one.label, framed_lines.get(one.box, "a row")) for one in outlines]


def test_each_figure_is_framed_where_it_stands() -> None:
    """With its name; line items as frames around their rows, below the others."""
    found = framed(filed(receipt()), READING)
    assert found.unknown == ()
    assert list(found.pages) == [0]
    shown = texts(found.pages[0])
    assert shown[:3] == [("", "a row")] * 3
    assert [one for one in shown if one[0] in ("Merchant", "Date", "Subtotal")] == [
        ("Merchant", "CORNER CAFE"),
        ("Date", "2026-10-03"),
        ("Subtotal", "10.50"),
    ]
    assert ("Total", "EUR 11.34") in shown
    assert any(label == "Tax" for label, _ in shown)


def test_a_corrected_figure_is_framed_where_it_was_read() -> None:
    """What was read first has the places."""
    corrected = receipt().model_copy(update={"total": Decimal("9.99"), "evidence": {}})
    assert framed(filed(corrected, receipt()), READING) == framed(filed(receipt()), READING)


def test_what_has_no_place_is_named() -> None:
    """Each figure that is there, and how many items; what was not printed is not missed."""
    nowhere = READING.model_copy(update={"lines": tuple(one.model_copy(update={"box": None}) for one in READING.lines)})
    found = framed(filed(receipt()), nowhere)
    assert dict(found.pages) == {}
    assert found.unknown == ("the merchant", "the date", "the subtotal", "the total", "the tax", "the items")


def test_some_items_without_a_place_are_counted() -> None:
    """One by name of its kind."""
    lines = tuple(one for one in READING.lines if one.text not in ("Cake", "4.20"))
    short = Reading(lines=lines, pages=READING.pages)
    as_read = receipt().model_copy(update={"evidence": {}})
    assert "one item" in framed(filed(as_read), short).unknown


def test_figures_in_one_line_share_a_frame() -> None:
    """Its label says both."""
    evidence = {"total": Evidence(lines=(0,)), "subtotal": Evidence(lines=(0,))}
    both = Receipt(total=Decimal(7), subtotal=Decimal(7), evidence=evidence)
    (outline,) = framed(filed(both), READING).pages[0]
    assert outline.label == "Subtotal, Total"


def test_nothing_is_framed_of_what_a_person_wrote() -> None:
    """There was nothing to read."""
    found = framed(filed(Receipt()), Reading())
    assert (dict(found.pages), found.unknown) == ({}, ())


def test_a_place_that_is_not_there_is_no_error() -> None:
    """A line's number beyond the reading says nothing."""
    wild = Receipt(total=Decimal(7), taxes=(TaxLine(label="VAT"),), evidence={"total": Evidence(lines=(999, -1))})
    assert framed(filed(wild), READING).unknown == ("the total", "the tax")


@pytest.mark.parametrize(("lines", "other"), [((1,), (3,)), ((1,), ()), ((), (3,)), ((99,), (3,))])
def test_both_places_are_those_of_the_evidence(lines: tuple[int, ...], other: tuple[int, ...]) -> None:
    """Of what is shown, and of what the other reader read."""
    doubt = Doubt(kind=DoubtKind.READERS_DIFFER, field="total", found="1", choices=("2",))
    one = Receipt(evidence={"total": Evidence(lines=lines, other="2", other_lines=other)})
    first, second = both_places(one, READING, doubt)
    assert [line.text for line in first] == [READING.lines[at].text for at in lines if at < 99]
    assert [line.text for line in second] == [READING.lines[at].text for at in other]
    assert both_places(Receipt(), READING, doubt) == ((), ())
