"""Each figure counts what its definition says, no more and no less."""

from __future__ import annotations

from typing import Any

import pytest

from core.scoring.figures import Scores, Tally, f1, interval, percent
from core.scoring.judging import Mark, judge
from core.scoring.misses import misses
from core.scoring.prediction import Prediction
from core.scoring.truth import truth_of


def marks(truth: dict[str, Any], said: dict[str, Any]) -> dict[str, Mark]:
    """Return the marks of one receipt."""
    return judge(truth_of({"id": "1", **truth}), Prediction.model_validate(said))


def is_right(field: str, truth: dict[str, Any], read: object) -> bool:
    """Return whether a field was read right."""
    return marks(truth, {field: read})[field] == Mark(1, 1, 1)


@pytest.mark.parametrize(
    ("printed", "read", "right"),
    [
        ("12.50", "12.5", True),
        ("12.50", 12.5, True),
        ("RM 1,234.50", "1234.50", True),
        ("1.234,50", "1234.5", True),
        ("75.000", "75000", True),
        ("75.000", "75", False),
        (12.5, "12.50", True),
        ("-3.00", "3.00", False),
        ("0", "0.00", True),
        ("12.50", "21.50", False),
    ],
)
def test_a_total_is_right_when_it_is_the_same_amount(printed: object, read: object, right: bool) -> None:
    """Whatever its decimals and separators; the sign counts."""
    assert is_right("total", {"total": printed}, read) is right


def test_three_decimals_are_decimals_where_the_currency_has_them() -> None:
    """1.250 Kuwaiti dinars are one and a quarter, and so is a line item's price."""
    truth = {"total": "1.250", "currency": "KWD", "items": [{"name": "Tea", "price": "1.250"}]}
    found = marks(truth, {"total": "1.25", "items": [{"name": "Tea", "price": "1.25"}]})
    assert (found["total"].right, found["items price"].right) == (1, 1)


def test_a_date_is_right_when_it_is_the_same_day_or_one_of_those_it_may_be() -> None:
    """A time behind it does not count; a date in another form than ISO is wrong."""
    truth = {"date": "2026-05-04", "date_alts": ["2026-04-05"]}
    read = ["2026-05-04", "2026-04-05", "2026-05-04T10:30", "2026-05-05", "04/05/2026"]
    assert [is_right("date", truth, each) for each in read] == [True, True, True, False, False]


@pytest.mark.parametrize(
    ("read", "strictness"),
    [
        ("BLUE HERON CAFÉ", "exact"),
        ("BlueHeron Café", "exact"),
        ("Blue-Heron Cafe.", "alnum"),
        ("Blue Heron Cefe", "fuzzy"),
        ("Welcome to Blue Heron Café", "incl"),
        ("Heron", "incl"),
        ("The", "none"),
        ("Red Fox Diner", "none"),
    ],
)
def test_a_merchant_is_right_more_or_less_strictly(read: str, strictness: str) -> None:
    """As printed, in letters and digits, nearly, usefully: who is right in one way is so in all that are laxer."""
    found = marks({"merchant": "Blue Heron Café"}, {"merchant": read})
    levels = ["exact", "alnum", "fuzzy", "incl"]
    first = levels.index(strictness) if strictness in levels else len(levels)
    assert [found[f"merchant {level}"].right for level in levels] == [int(at >= first) for at in range(len(levels))]


def test_another_name_counts_from_three_letters_on() -> None:
    """A syllable of the name is no name."""
    truth = {"merchant": "Blue Heron", "merchant_alts": ["BH", "BHC"]}
    assert [marks(truth, {"merchant": name})["merchant alnum"].right for name in ("BH", "BHC")] == [0, 1]


def test_what_the_truth_does_not_say_is_not_counted() -> None:
    """But a total or date that is read where none is printed costs precision."""
    found = marks({"merchant": "Blue Heron"}, {"merchant": "Blue Heron", "total": "3.00", "date": "2026-01-01"})
    assert found.keys() == {
        *(name for name in found if name.startswith("merchant")),
        "micro exact",
        "micro fuzzy",
        "all",
    }
    assert (found["micro exact"], found["all"]) == (Mark(1, 3, 1), Mark(1, 1, 1))


def test_what_was_not_read_is_not_right() -> None:
    """An empty text is nothing read."""
    found = marks({"merchant": "Blue Heron", "total": "3.00", "date": "2026-01-01"}, {"merchant": " ", "total": None})
    assert {found[name] for name in ("total", "date", "merchant incl")} == {Mark(1, 0, 0)}


def test_each_line_item_is_counted_once() -> None:
    """Two prices that are the same need two lines; the likest name of that price is taken."""
    truth = {"items": [{"name": "Tea", "price": "2.00"}, {"name": "Green tea", "price": "2.00"}, {"name": "Bag"}]}
    read = [{"description": "Green tee", "total": "2.00"}, {"description": "Tea", "total": "2.00"}]
    found = marks(truth, {"items": [*read, {"description": "Scone", "total": "3.00"}]})
    assert (found["items price"], found["items pair"]) == (Mark(2, 3, 2), Mark(2, 3, 2))
    assert marks(truth, {"items": read[:1]})["items pair"] == Mark(2, 1, 1)


def test_a_total_is_shown_without_a_doubt_when_none_is_about_it() -> None:
    """A doubt about the date is no doubt about the total; what is not read is not shown."""
    said = [
        {"total": "3.00", "doubts": [{"field": "bought_on"}]},
        {"total": "8.00", "doubts": []},
        {"total": "3.00", "doubts": ["total"]},
        {"doubts": ["total"]},
    ]
    tally = Tally()
    for each in said:
        tally.add(truth_of({"id": "1", "total": "3.00"}), Prediction.model_validate(each))
    assert (tally.marks["unasked"], tally.marks["unasked right"]) == (Mark(4, 4, 2), Mark(2, 2, 1))


def test_sources_are_counted_apart_and_together() -> None:
    """One source alone is told once."""
    scores = Scores()
    for source in ("scan", "phone"):
        scores.add(truth_of({"id": source, "source": source, "total": "1"}), Prediction(total=None))
    scores.add(truth_of({"id": "3", "total": "1"}), None)
    assert {name: (tally.receipts, tally.unread) for name, tally in scores.groups().items()} == {
        "phone": (1, 0),
        "scan": (1, 0),
        "all": (3, 1),
    }
    alone = Scores()
    alone.add(truth_of({"id": "1", "source": "scan", "total": "1"}), None)
    assert list(alone.groups()) == ["scan"]


@pytest.mark.parametrize(
    ("part", "whole", "wanted"),
    [(0, 0, (0.0, 100.0)), (0, 10, (0.0, 27.75)), (10, 10, (72.25, 100.0)), (50, 100, (40.38, 59.62))],
)
def test_intervals_are_wilsons(part: int, whole: int, wanted: tuple[float, float]) -> None:
    """Never beyond 0 and 100, and never without width."""
    assert interval(part, whole) == pytest.approx(wanted, abs=0.01)


def test_f1_is_between_recall_and_precision() -> None:
    """And nothing at all is 0, not an error."""
    assert (f1(Mark(4, 2, 2)), f1(Mark(0, 0, 0)), percent(0, 0)) == (pytest.approx(66.67, abs=0.01), 0.0, 0.0)


def test_a_miss_names_the_field_what_was_read_and_all_that_is_right() -> None:
    """And whether a person would be asked."""
    truth = truth_of({"id": "7", "total": "3.00", "total_alts": ["3.00", "2.50"], "date": "2026-01-01", "tax": "1"})
    said = {"total": "8", "tax": "1.00", "doubts": [{"field": "bought_on"}]}
    found = [
        (miss.field, miss.read, miss.truth, miss.is_asked) for miss in misses(truth, Prediction.model_validate(said))
    ]
    assert found == [("total", "8", ("3.00", "2.50"), False), ("date", None, ("2026-01-01",), True)]


def test_a_photo_that_could_not_be_read_is_a_miss_with_the_reason() -> None:
    """Before what is missing because of it."""
    found = misses(truth_of({"id": "7", "total": "3.00"}), Prediction(id="7", error="Too dark."))
    assert [(miss.field, miss.error) for miss in found] == [("photo", "Too dark."), ("total", None)]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ([], "no JSON object"),
        ({"total": "1"}, "there is no id"),
        ({"id": ""}, "id is neither text nor a number"),
        ({"id": None}, "id is neither text nor a number"),
        ({"id": "1", "total": "abc"}, "total is no amount"),
        ({"id": "1", "total": ["1"]}, "total is neither a number nor text"),
        ({"id": "1", "total": True}, "total is neither a number nor text"),
        ({"id": "1", "total": float("inf")}, "total is no amount"),
        ({"id": "1", "date": "04/05/2026"}, "date is no date like 2026-04-18"),
        ({"id": "1", "date": "2026-02-30"}, "date is no day of the calendar"),
        ({"id": "1", "date_alts": "2026-02-03"}, "date_alts is no list"),
        ({"id": "1", "merchant": 7}, "merchant is no text"),
        ({"id": "1", "items": {"name": "Tea"}}, "items is no list"),
        ({"id": "1", "items": [{"name": "Tea", "price": "1"}, {"price": "x"}]}, "items 2 price is no amount"),
        ({"id": "1", "items": ["Tea"]}, "items 1 is not as it should be"),
    ],
)
def test_a_truth_that_is_wrong_is_told_in_words(row: object, told: str) -> None:
    """Which field, and what is wrong with it."""
    with pytest.raises(ValueError, match=told):
        truth_of(row)


def test_what_a_program_reads_is_never_an_error() -> None:
    """Whatever cannot be understood was not read."""
    row = {
        "total": "abc",
        "tax": [],
        "items": "none",
        "doubts": None,
        "merchant": 7,
        "date": 5,
        "more": {},
        "currency": "\ud800",
    }
    found = Prediction.model_validate(row)
    assert (found.total, found.tax, found.items, found.doubts, found.merchant) == (None, None, (), (), "7")
    assert Prediction.model_validate_json(found.model_dump_json()).currency == "?"
