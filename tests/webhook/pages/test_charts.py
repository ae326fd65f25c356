"""What charts are made of, and the sentences they say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from core.insights import Share, Spending, Summary
from core.months import Running, Week
from core.periods import Period, PeriodKind
from webhook.pages.charts import BASE, HEIGHT, TOP, WIDTH, bars, columns, compact, lines
from webhook.pages.telling import categories_sentence, merchants_sentence, month_sentence, weeks_sentence

OCTOBER = Period(PeriodKind.MONTH, date(2026, 10, 1))
SPENDING = Spending(
    currency="EUR",
    receipts=3,
    total=Decimal(112),
    categories=(Share("groceries", 2, Decimal(84)), Share("fuel", 1, Decimal(28))),
    merchants=(Share("Lidl", 2, Decimal(84)), Share(None, 1, Decimal(28))),
    before=Decimal(300),
    before_by_now=Decimal(100),
)
SUMMARY = Summary(OCTOBER, (SPENDING,), {}, date(2026, 9, 18))


def _weeks(*totals: str) -> list[Week]:
    first = Period(PeriodKind.WEEK, date(2026, 9, 28))
    return [Week(first.shifted(place), Decimal(total)) for place, total in enumerate(totals)]


def _dated(*totals: str) -> list[tuple[date, Decimal]]:
    return [(week.period.first, week.total) for week in _weeks(*totals)]


def test_the_longest_bar_is_whole_and_the_others_are_parts_of_it() -> None:
    """In percent."""
    assert [bar.width for bar in bars([Share("a", 1, Decimal(50)), Share("b", 1, Decimal(25))])] == [100.0, 50.0]


def test_bars_leave_room_for_what_was_before() -> None:
    """A mark beyond the bars would be outside the drawing."""
    (bar,) = bars([Share("a", 1, Decimal(50), Decimal(200))])
    assert (bar.width, bar.mark) == (25.0, 100.0)


def test_what_was_given_back_has_no_bar_but_its_amount() -> None:
    """Credits are told by their figure."""
    (bar,) = bars([Share("a", 1, Decimal(-5))])
    assert (bar.width, bar.total) == (0.0, Decimal(-5))


def test_many_names_end_in_one_bar_of_the_others() -> None:
    """Six are named; a single one more is named too."""
    shares = [Share(str(count), 1, Decimal(count)) for count in range(9, 0, -1)]
    assert [bar.name for bar in bars(shares)] == ["9", "8", "7", "6", "5", "4", None]
    assert (bars(shares)[-1].others, bars(shares)[-1].total) == (3, Decimal(6))
    assert bars(shares[:7])[-1].name == "3"


def test_columns_stand_inside_the_drawing() -> None:
    """The highest reaches the top, one without anything has no height and no figure."""
    drawn = columns(_dated("10", "0", "40"), "en")
    assert [(one.y, one.height) for one in drawn] == [(BASE - 32.0, 32.0), (BASE, 0.0), (TOP, BASE - TOP)]
    assert all(one.x >= 0 and one.x + one.width <= WIDTH for one in drawn)
    assert [(one.name, one.figure) for one in drawn] == [("Sep 28", "10"), ("Oct 5", ""), ("Oct 12", "40")]


def test_columns_of_nothing_or_of_credits_are_no_error() -> None:
    """Nothing is divided by nothing."""
    assert [one.height for one in columns(_dated("0", "-3"), "en")] == [0.0, 0.0]


def test_long_figures_are_written_short() -> None:
    """As the language does."""
    assert (compact(Decimal("85.40"), "en"), compact(Decimal(1234567), "en")) == ("85", "1.2M")
    assert "Mio" in compact(Decimal(1234567), "de")


def test_lines_end_where_today_is_and_keep_to_the_drawing() -> None:
    """Both on one scale."""
    drawn = lines(Running((Decimal(0), Decimal(20)), (Decimal(5),) * 30), OCTOBER)
    assert drawn is not None
    points = [tuple(map(float, point.split(","))) for point in f"{drawn.now} {drawn.before}".split()]
    assert all(0 <= x <= WIDTH and TOP <= y <= HEIGHT for x, y in points)
    assert drawn.dot == points[1]
    assert drawn.dot[1] == TOP
    assert [day for _, day in drawn.ticks] == [1, 8, 15, 22, 29]


def test_there_are_no_lines_without_figures() -> None:
    """Two empty months, or one that has not begun."""
    assert lines(Running((Decimal(0),), (Decimal(0),) * 30), OCTOBER) is None
    assert lines(Running((), (Decimal(5),) * 30), OCTOBER) is None


def test_a_month_under_way_is_compared_up_to_the_same_day() -> None:
    """And the whole month before is told too."""
    said = month_sentence(SUMMARY, SPENDING, "en")
    assert said == "12% more than up to Sep 18 (€100.00). In all of September 2026 it was €300.00."


def test_a_month_that_is_over_is_compared_with_the_whole_month_before() -> None:
    """In the account's language as far as figures go."""
    said = month_sentence(replace(SUMMARY, same_day=None), replace(SPENDING, before=Decimal(224)), "de")
    assert said == "50\N{NO-BREAK SPACE}% less than in September 2026 (224,00\N{NO-BREAK SPACE}€)."


def test_three_times_as_much_is_told_by_the_difference() -> None:
    """A thousand percent say nothing."""
    said = month_sentence(replace(SUMMARY, same_day=None), replace(SPENDING, before=Decimal(2)), "en")
    assert said == "€110.00 more than in September 2026 (€2.00)."


def test_without_a_month_before_nothing_is_compared() -> None:
    """It is said so."""
    said = month_sentence(SUMMARY, replace(SPENDING, before=None), "en")
    assert said == "Nothing was spent in September 2026, so there is nothing to compare with."


def test_a_week_is_compared_with_the_average_of_those_before() -> None:
    """Weeks without anything count too."""
    said = weeks_sentence(_weeks("10", "0", "40"), SPENDING, "en")
    assert said == "In the week of Oct 12 you spent €40.00; in the 2 weeks before it was €5.00 a week."


def test_shares_say_what_most_went_to() -> None:
    """With its part of the whole."""
    assert categories_sentence(SPENDING, "en") == "Most went to groceries: €84.00, 75% of it all."
    assert merchants_sentence(SPENDING, "en") == ("You bought at 2 merchants. Most went to Lidl: €84.00, 2 receipts.")
