"""Pictures that show several receipts: each is read by itself, and one purchase stays one."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from core.checks import check
from core.doubts import sentence
from core.extraction.offline import extract
from core.photo_parts import part_of, place_of, source_of
from core.ports import Hints
from core.receipt import DoubtKind, Line, Reading, Receipt
from core.several import apart, others
from tests.core.extraction.pages import page

BAKERY = """
Corner Bakery
1 High Street, Springfield
19/11/2026  08:41
Rye bread  4.20
Croissant  2.30
SUBTOTAL  6.50
TAX 10%  0.65
TOTAL  7.15
"""
GROCER = """
Green Grocer
12 Mill Lane, Springfield
18/11/2026  17:32
Apples  3.20
Brown rice  2.45
Carrots  1.10
Eggs  2.90
TOTAL  9.65
CASH  10.00
CHANGE  0.35
"""
SLIP = """
Corner Bakery
Merchant copy
19/11/2026  08:42
VISA  **** 1234
AUTH CODE  004711
Amount  7.15
TOTAL  7.15
Thank you
"""
WIDTH = 600


def moved(reading: Reading, right: float, down: float) -> tuple[Line, ...]:
    """Return the lines in another place of a picture."""
    found = []
    for line in reading.lines:
        assert line.box is not None
        edges = {"left": line.box.left + right, "right": line.box.right + right}
        edges |= {"top": line.box.top + down, "bottom": line.box.bottom + down}
        found.append(line.model_copy(update={"box": line.box.model_copy(update=edges)}))
    return tuple(found)


def beside(*texts: str, slope: float = 0.0) -> Reading:
    """Return a reading of receipts that lie beside each other, every other one a little lower and as tilted."""
    parts = [moved(page(text, slope * (at % 2)), at * WIDTH, 25 * (at % 2)) for at, text in enumerate(texts)]
    return Reading(lines=tuple(line for part in parts for line in part), pages=((WIDTH * len(texts), 600),))


def below(first: str, second: str, blank: int = 80) -> Reading:
    """Return a reading of two receipts one above the other, with so many pixels of table in between."""
    upper = page(first)
    lower = moved(page(second), 40, upper.pages[0][1] - 60 + blank)
    return Reading(lines=(*upper.lines, *lower), pages=((WIDTH, 1200),))


def receipts(reading: Reading) -> list[Receipt]:
    """Return what is extracted of each receipt in a picture."""
    return [extract(part, Hints(today=date(2026, 11, 27))) for part in apart(reading)]


@pytest.mark.parametrize("slope", [0.0, 0.05, -0.05])
def test_two_receipts_beside_each_other_are_two(slope: float) -> None:
    """However they lie, no figure of one is the other's."""
    first, second = receipts(beside(BAKERY, GROCER, slope=slope))
    assert (first.merchant, first.total, first.bought_on) == ("Corner Bakery", Decimal("7.15"), date(2026, 11, 19))
    assert (second.merchant, second.total, second.bought_on) == ("Green Grocer", Decimal("9.65"), date(2026, 11, 18))
    assert [len(first.items), len(second.items)] == [2, 4]


def test_two_receipts_above_each_other_are_two() -> None:
    """There is a blank, and below it a head, a date and a total of their own."""
    first, second = receipts(below(GROCER, BAKERY))
    assert [(one.merchant, one.total) for one in (first, second)] == [
        ("Green Grocer", Decimal("9.65")),
        ("Corner Bakery", Decimal("7.15")),
    ]


def test_three_receipts_are_three() -> None:
    """They are counted from the left."""
    third = GROCER.replace("Green Grocer", "Red Deli").replace("3.20", "6.20").replace("9.65", "12.65")
    found = receipts(beside(BAKERY, GROCER, third))
    assert [one.merchant for one in found] == ["Corner Bakery", "Green Grocer", "Red Deli"]


@pytest.mark.parametrize("text", [BAKERY, GROCER])
def test_one_receipt_stays_as_it_is(text: str) -> None:
    """Its column of prices is no second receipt."""
    assert apart(page(text)) == (page(text),)


def test_a_bill_and_its_card_slip_are_one_purchase() -> None:
    """Below it or beside it: the slip's total is the bill's."""
    assert len(apart(below(BAKERY, SLIP))) == 1
    assert len(apart(beside(BAKERY, SLIP))) == 1


def test_a_card_slip_with_a_tip_on_it_is_of_the_bill() -> None:
    """What was owed is printed on it, too."""
    slip = SLIP.replace("TOTAL  7.15", "Tip  1.00\nTOTAL  8.15")
    assert len(apart(below(BAKERY, slip))) == 1


def test_a_card_slip_whose_total_is_misread_is_of_the_bill() -> None:
    """One digit differs on the same day."""
    assert len(apart(below(BAKERY, SLIP.replace("7.15", "1.15")))) == 1


def test_the_copies_for_merchant_and_customer_are_one_purchase() -> None:
    """They are the same but for a word."""
    assert len(apart(beside(SLIP, SLIP.replace("Merchant", "Customer")))) == 1


def test_tickets_of_the_same_price_are_told_apart_by_their_days() -> None:
    """The bus costs the same every day."""
    ticket = "City Buses\nRing Road 1\n{}  08:05\nTicket No 4711\nSingle  2.40\nTOTAL  2.40\nThank you"
    assert len(apart(beside(ticket.format("17/11/2026"), ticket.format("18/11/2026")))) == 2
    assert len(apart(beside(ticket.format("17/11/2026"), ticket.format("17/11/2026")))) == 1


def test_a_coupon_below_a_receipt_is_none() -> None:
    """It has words, a day and an amount, but no total."""
    coupon = (
        "Thank you for your visit\nCut out and keep\nEUR 5.00 off\nyour next purchase\nuntil 31/12/2026\nGreen Grocer"
    )
    assert len(apart(below(GROCER, coupon))) == 1


def test_a_table_of_taxes_below_a_receipt_is_none() -> None:
    """It has a total and a day, but no head."""
    table = "Tax  Net  Gross\n10%  8.77  9.65\nTotal  8.77  9.65\n18/11/2026  17:33\nThank you\nCome again"
    assert len(apart(below(GROCER, table))) == 1


def test_lines_without_a_place_are_one_receipt() -> None:
    """Nobody knows where they stand."""
    reading = Reading(lines=tuple(Line(text=text) for text in (BAKERY + GROCER).split("\n") if text))
    assert apart(reading) == (reading,)


def test_lines_without_a_height_are_one_receipt() -> None:
    """A reader may give boxes that are nothing but a stroke."""
    reading = beside(BAKERY, GROCER)
    boxes = [line.box.model_copy(update={"bottom": line.box.top}) for line in reading.lines if line.box]
    flat = tuple(line.model_copy(update={"box": box}) for line, box in zip(reading.lines, boxes, strict=True))
    assert apart(reading.model_copy(update={"lines": flat}))[0].lines


def test_it_is_asked_once_whether_there_are_two() -> None:
    """Of the first one, in plain words."""
    first, second = apart(beside(BAKERY, GROCER))
    asked = [doubt for doubt in check(Receipt(), first) if doubt.kind is DoubtKind.SEVERAL_RECEIPTS]
    assert "two receipts" in sentence(asked[0])
    assert "the left one" in sentence(asked[0])
    assert DoubtKind.SEVERAL_RECEIPTS not in [doubt.kind for doubt in check(Receipt(), second)]


def test_the_place_of_each_is_told() -> None:
    """Of two where it stands, of more its number."""
    assert [place_of(one) for one in apart(beside(BAKERY, GROCER))] == ["left", "right"]
    assert [place_of(one) for one in apart(below(GROCER, BAKERY))] == ["upper", "lower"]


def test_the_others_are_known_from_the_first() -> None:
    """They are as they were told apart."""
    first, second = apart(beside(BAKERY, GROCER))
    assert others(first) == (second,)
    assert others(page(BAKERY)) == ()


def test_each_has_a_source_of_its_own() -> None:
    """The first has the photo's."""
    assert [source_of("chat:7", at) for at in range(2)] == ["chat:7", "chat:7#1"]
    assert [part_of(source) for source in ("chat:7", "chat:7#1", "odd#name")] == [0, 1, 0]
