"""Which photos show one receipt, and what stands on it when they are laid over each other."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import permutations

import pytest

from core.chains import chains
from core.checks import check
from core.extraction.offline import extract
from core.joining import joined
from core.ports import Hints
from core.receipt import DoubtKind, Reading, Receipt
from tests.core.extraction.pages import page

ROWS = """
Green Grocer
12 Mill Lane, Springfield
18/11/2026  17:32
Apples  3.20
Brown rice  2.45
Carrots  1.10
Dark chocolate  4.75
Eggs  2.90
Flour  1.85
Garlic  0.80
Honey  6.40
Iced tea  1.95
Jam  3.15
SUBTOTAL  28.55
TAX 10%  2.86
TOTAL  31.41
CASH  40.00
CHANGE  8.59
Thank you
""".strip().splitlines()
TOTAL = ROWS.index("TOTAL  31.41")
ITEMS = 10


def photo(start: int, end: int) -> Reading:
    """Return a reading of these rows of the long receipt."""
    return page("\n".join(ROWS[start:end]))


def receipt(reading: Reading) -> Receipt:
    """Return what is extracted from a reading."""
    return extract(reading, Hints(today=date(2026, 11, 23)))


def belong_together(*photos: Reading) -> bool:
    """Return whether photos show one receipt."""
    return len(chains(photos)) == 1


def test_photos_that_overlap_belong_together() -> None:
    """Four rows at the end of one are the first four of the other."""
    assert belong_together(photo(0, 9), photo(5, 19))


def test_nothing_is_counted_twice_at_the_seam() -> None:
    """Ten items, their sum proven by the printed subtotal and total."""
    found = receipt(joined([photo(0, 9), photo(5, 19)]))
    assert len(found.items) == ITEMS
    assert (found.merchant, found.total) == ("Green Grocer", Decimal("31.41"))
    assert sum(item.total or 0 for item in found.items) == found.subtotal


def test_three_photos_become_one_receipt() -> None:
    """Each overlaps the one before."""
    found = receipt(joined([photo(0, 8), photo(5, 12), photo(9, 19)]))
    assert (len(found.items), found.total) == (ITEMS, Decimal("31.41"))


def test_the_first_and_last_row_of_a_photo_may_be_cut() -> None:
    """Half a row at an edge is read as anything."""
    first = page("\n".join([*ROWS[:9], "Gnr1it  0.8"]))
    second = page("\n".join(["rottc  7", *ROWS[6:]]))
    assert belong_together(first, second)
    assert [item.description for item in receipt(joined([first, second])).items].count("Flour") == 1


def test_letters_may_be_read_differently() -> None:
    """The digits of a row are the same; its letters mostly."""
    second = page("\n".join(ROWS[5:]).replace("Carrots", "Carr0ts").replace("chocolate", "choco1ate"))
    assert belong_together(photo(0, 9), second)
    assert len(receipt(joined([photo(0, 9), second])).items) == ITEMS


def test_a_row_that_was_not_read_does_not_hide_the_seam() -> None:
    """One photo lacks a row that the other has."""
    second = page("\n".join([*ROWS[4:6], *ROWS[7:]]))
    assert belong_together(photo(0, 9), second)


def test_photos_in_the_wrong_order_are_turned_round() -> None:
    """The end of the receipt was sent first."""
    found = receipt(joined([photo(5, 19), photo(0, 9)]))
    assert (found.merchant, len(found.items), found.total) == ("Green Grocer", ITEMS, Decimal("31.41"))


@pytest.mark.parametrize("sent", list(permutations(range(3))))
def test_three_photos_are_put_into_order(sent: tuple[int, ...]) -> None:
    """However they were sent, and each line once."""
    printed = [photo(0, 8), photo(5, 12), photo(9, 19)]
    photos = [printed[at] for at in sent]
    assert [photos[at] for at in chains(photos)[0]] == printed
    whole = joined(photos)
    found = receipt(whole)
    assert (found.merchant, len(found.items), found.total) == ("Green Grocer", ITEMS, Decimal("31.41"))
    assert whole.gaps == ()


@pytest.mark.parametrize("sent", list(permutations(range(3))))
def test_a_gap_is_told_in_whatever_order_photos_come(sent: tuple[int, ...]) -> None:
    """The first is the one with the head, the last the one with the total."""
    photos = [[photo(0, 6), photo(7, 12), photo(9, 19)][at] for at in sent]
    assert belong_together(*photos)
    whole = joined(photos)
    assert whole.gaps == (1,)
    assert (receipt(whole).merchant, receipt(whole).total) == ("Green Grocer", Decimal("31.41"))


def test_photos_of_two_long_receipts_are_told_apart() -> None:
    """Sent all mixed up; the shop is the same, what was bought is not."""
    other = [row.replace(".", ".1").replace("18/11", "19/11")[:-1] if "  " in row else row for row in ROWS]
    for old, new in (("Apples", "Milk"), ("Carrots", "Peas"), ("Eggs", "Quince"), ("Flour", "Rye"), ("Honey", "Soap")):
        other = [row.replace(old, new) for row in other]
    others = page("\n".join(other[:9])), page("\n".join(other[5:]))
    photos = [others[1], photo(0, 9), others[0], photo(5, 19)]
    assert sorted(chains(photos)) == [(1, 3), (2, 0)]


def test_one_of_several_receipts_may_come_in_two_photos() -> None:
    """A whole receipt stands between the two."""
    bakery = page("Corner Bakery\n1 High Street\n19/11/2026  08:41\nRye bread  4.20\nTOTAL  4.20")
    assert chains([photo(5, 19), bakery, photo(0, 9)]) == [(2, 0), (1,)]


def test_two_cut_receipts_with_a_whole_one_between_are_no_one() -> None:
    """One lacks its total and one its head, and nothing overlaps."""
    bakery = page("Corner Bakery\n1 High Street\n19/11/2026  08:41\nRye bread  4.20\nTOTAL  4.20")
    assert chains([photo(0, 6), bakery, photo(9, 19)]) == [(0,), (1,), (2,)]


def test_head_without_total_and_total_without_head_belong_together() -> None:
    """The person left a gap."""
    assert belong_together(photo(0, 7), photo(9, 19))


def test_a_gap_is_told() -> None:
    """Items are missing: that is asked about, in place of a sum that can't hold."""
    whole = joined([photo(0, 7), photo(9, 19)])
    assert whole.gaps == (1,)
    kinds = [doubt.kind for doubt in check(receipt(whole), whole)]
    assert DoubtKind.GAP in kinds
    assert DoubtKind.ITEMS_DIFFER not in kinds


def test_a_gap_where_all_adds_up_is_none() -> None:
    """The photos meet exactly between two rows."""
    whole = joined([photo(0, 8), photo(8, 19)])
    assert DoubtKind.GAP not in [doubt.kind for doubt in check(receipt(whole), whole)]


def test_two_receipts_do_not_belong_together() -> None:
    """Each has its head and its total."""
    other = page("\n".join(ROWS).replace("Green Grocer", "Corner Bakery").replace("18/11", "19/11"))
    assert not belong_together(photo(0, 19), other)


def test_two_receipts_of_one_shop_do_not_belong_together() -> None:
    """Head and foot are the same, items and sums are not."""
    other = """
        Green Grocer
        12 Mill Lane, Springfield
        19/11/2026  09:05
        Milk  1.20
        SUBTOTAL  1.20
        TAX 10%  0.12
        TOTAL  1.32
        CASH  2.00
        CHANGE  0.68
        Thank you
    """
    assert not belong_together(photo(0, 19), page(other))
    assert not belong_together(page(other), photo(0, 19))


def test_two_tickets_that_differ_in_a_number_do_not_belong_together() -> None:
    """The same head, price and minute: whether they are one is asked, not decided."""
    ticket = "City Buses\nRing Road 1\n18/11/2026  17:32\nTicket No {}\nSingle  2.40\nTOTAL  2.40\nThank you"
    assert not belong_together(page(ticket.format(4711)), page(ticket.format(4712)))


def test_a_receipt_after_one_whose_total_was_not_read_does_not_belong_to_it() -> None:
    """It has a head of its own."""
    assert not belong_together(photo(0, TOTAL), page("\n".join(ROWS).replace("Green", "Red")))


def test_the_same_photo_twice_counts_once() -> None:
    """Said to be one receipt, two equal readings are one."""
    assert joined([photo(0, 19), photo(0, 19)]).lines == photo(0, 19).lines


def test_two_shots_of_one_receipt_count_once() -> None:
    """The second shows less, all of it known."""
    found = receipt(joined([photo(0, 19), photo(1, 18)]))
    assert (len(found.items), found.total) == (ITEMS, Decimal("31.41"))


def test_photos_without_text_join_to_nothing() -> None:
    """No row, no page: no error."""
    assert joined([]).lines == ()
    assert not belong_together(Reading(), Reading())
    assert joined([Reading(), photo(0, 19)]).lines


def test_another_receipt_in_a_photo_counts_for_nothing_but_is_known_to_be_there() -> None:
    """What is personal in it must be masked where the picture leaves."""
    other = photo(0, 3).lines
    whole = joined([photo(0, 9), photo(5, 19).model_copy(update={"beside": (other,)})])
    assert [line.text for line in whole.overlap[-len(other) :]] == [line.text for line in other]
    assert whole.overlap[-1].page == 1
    assert len(receipt(whole).items) == ITEMS


def test_each_page_says_which_photo_it_is_of_and_how_it_was_turned() -> None:
    """Also when the photos were sent in the wrong order."""
    end, start = photo(5, 19), photo(0, 9).model_copy(update={"turned": (180,)})
    found = joined([end, start])
    assert (found.photos, found.turned) == ((1, 0), (180, 0))
