"""How well receipts were read, in sentences that anybody understands."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from core.correction_values import RECEIPT
from core.how_read import NAMES, Field, HowRead, lately, lately_sentence, share, told, told_fields

FOUND = HowRead(
    receipts=48,
    since=date(2026, 11, 3),
    corrected=9,
    confirmed=3,
    fields=(Field("category", 0, 0, 7, 7), Field("total", 7, 5, 1, 0), Field("tip", 1, 0, 0, 0)),
)


def test_every_field_that_can_be_corrected_has_a_name() -> None:
    """Also the lines."""
    assert set(NAMES) == {*RECEIPT, "items", "taxes"}


def test_the_whole_is_told_with_the_day_since_which_it_is_counted() -> None:
    """And how sure the totals were that nobody was asked about."""
    assert told(FOUND, "en") == [
        "Since Nov 3, 2026 I read 48 receipts of yours: you corrected something in 9, only confirmed what I asked in "
        "3, and 36 stayed untouched.",
        "I showed 41 totals without a question; none had to be corrected.",
    ]


def test_one_is_told_as_one_and_none_as_none() -> None:
    """Where every total was asked about, none was shown without a question."""
    asked = HowRead(receipts=1, since=date(2026, 11, 3), by_hand=1, fields=(Field("total", asked=1),))
    assert told(asked, "en") == [
        "Since Nov 3, 2026 I read 1 receipt of yours: you corrected something in none, only confirmed what I asked in "
        "none, and 1 stayed untouched.",
        "I could not read 1 more photo; you wrote that down yourself.",
    ]
    assert told(HowRead(by_hand=3), "en") == []


def test_total_date_and_merchant_are_always_told_and_others_where_something_was() -> None:
    """The total first; what was only asked about says nothing yet."""
    assert [one.name for one in told_fields(FOUND)] == ["total", "bought_on", "merchant", "category"]


def test_the_last_days_are_told_where_they_are_not_all() -> None:
    """Thirty of them, with today."""
    assert lately(date(2026, 11, 30)) == date(2026, 11, 1)
    assert lately_sentence(FOUND, FOUND) is None
    recent = replace(FOUND, receipts=20)
    assert lately_sentence(recent, FOUND) == "In the last 30 days, of 20 receipts, you corrected: total 1, category 7."
    assert (
        lately_sentence(replace(recent, fields=()), FOUND)
        == "In the last 30 days, of 20 receipts, you corrected: nothing."
    )
    assert lately_sentence(HowRead(), FOUND) == "In the last 30 days I read none."


@pytest.mark.parametrize(
    ("part", "whole", "written"),
    [(0, 0, "0%"), (0, 9, "0%"), (1, 3, "33%"), (1, 201, "<1%"), (1, 200, "<1%"), (3, 400, "1%"), (9, 9, "100%")],
)
def test_a_part_that_is_there_is_not_nothing(part: int, whole: int, written: str) -> None:
    """In whole percent."""
    assert share(part, whole, "en") == written
