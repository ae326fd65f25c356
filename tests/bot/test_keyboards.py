"""Buttons: what they carry, and what is made of callback data that nobody of us wrote."""

from __future__ import annotations

from uuid import UUID

import pytest

from bot import keyboards, sentences
from bot.presses import (
    FARTHEST_PAGE,
    ListPage,
    OnAlbum,
    OnReceipt,
    Press,
    Sample,
    Settle,
    Summarise,
    read_press,
)
from core.albums import Choice
from core.answers import LEAVE, RIGHT, mark_of
from core.periods import read_period
from core.receipt import Doubt, DoubtKind
from tests.bot.fakes import TODAY, doubtful

LARGEST_ID = UUID(int=2**128 - 1)
OCTOBER = read_period("2026-10", TODAY)
assert OCTOBER is not None
PRESSES: list[Press] = [
    Sample(),
    ListPage(FARTHEST_PAGE),
    *(OnReceipt(verb, LARGEST_ID, FARTHEST_PAGE) for verb in ("card", "photo", "delete", "restore", "other")),
    OnReceipt("photo", LARGEST_ID),
    Settle(LARGEST_ID, 99, 99, "0123abcd", FARTHEST_PAGE),
    Settle(LARGEST_ID, 0, None, "0123abcd"),
    *(OnAlbum(choice, LARGEST_ID) for choice in Choice),
    Summarise(OCTOBER),
]


@pytest.mark.parametrize("press", PRESSES, ids=lambda press: press.data())
def test_a_button_is_read_back_as_what_it_stands_for(press: Press) -> None:
    """Writing and reading callback data are each other's inverse."""
    assert read_press(press.data()) == press


@pytest.mark.parametrize("press", PRESSES, ids=lambda press: press.data())
def test_callback_data_fits_into_64_bytes(press: Press) -> None:
    """Telegram refuses more, and with it the whole message."""
    assert len(press.data().encode()) <= 64


@pytest.mark.parametrize(
    "data",
    [
        None,
        "",
        "sample ",
        "list:-1",
        "list:99999",
        "list:1\n",
        "list:١",
        "card:" + "0" * 31 + ":-",
        "card:" + "g" * 32 + ":-",
        "drop:" + "0" * 32 + ":-",
        "settle:" + "0" * 32 + ":0:0:zzzzzzzz:-",
        "one:" + "0" * 31,
        "both:" + "0" * 32,
        "summary:2026-13",
        "summary:9999",
        "summary:'; drop table receipts; --",
        "\x00",
        "🧾" * 16,
        "card:" * 4000,
    ],
)
def test_forged_callback_data_stands_for_nothing(data: str | None) -> None:
    """Whatever no button of ours carries is None, and raises nothing."""
    assert read_press(data) is None


def test_a_page_past_the_farthest_is_written_as_the_farthest() -> None:
    """A huge page number can't make a button too long to send."""
    assert OnReceipt("card", LARGEST_ID, 10**12).data().endswith(f":{FARTHEST_PAGE}")


def test_doubts_that_ask_different_things_have_different_marks() -> None:
    """The mark tells an old button from a new one, though both carry the same index."""
    one = Doubt(kind=DoubtKind.DATE_UNCLEAR, field="bought_on", choices=("2026-10-03", "2026-03-10"))
    other = one.model_copy(update={"choices": ("2026-10-03",)})
    assert mark_of(one) != mark_of(other)


def test_offered_dates_and_amounts_are_written_for_the_reader() -> None:
    """A choice is a date or an amount in the receipt's currency, not a machine's spelling of it."""
    doubt = Doubt(kind=DoubtKind.TOTAL_UNCLEAR, field="total", choices=("1234.50", "2026-10-03"))
    keyboard = keyboards.of_doubt(doubtful(doubt), 0, "de", None)
    assert [button.text for button in keyboard.inline_keyboard[0]] == ["1.234,50\xa0€", "03.10.2026"]


def test_a_choice_that_is_not_what_it_should_be_is_shown_as_it_is() -> None:
    """A merchant of digits is a name, and an odd value of another field no crash."""
    doubt = Doubt(kind=DoubtKind.MERCHANT_UNCLEAR, field="merchant", choices=("7", "x" * 90))
    keyboard = keyboards.of_doubt(doubtful(doubt), 0, "en", None)
    assert [len(button.text) for button in keyboard.inline_keyboard[0]] == [1, 30]


def test_what_is_missing_can_be_left_open_but_is_never_called_right() -> None:
    """There is nothing that could be right."""
    keyboard = keyboards.of_doubt(doubtful(Doubt(kind=DoubtKind.TOTAL_MISSING, field="total")), 0, "en", None)
    texts = [button.text for row in keyboard.inline_keyboard for button in row]
    assert LEAVE in texts
    assert RIGHT not in texts


def test_a_duplicate_can_be_kept_deleted_or_compared() -> None:
    """The other receipt is one press away."""
    doubt = Doubt(kind=DoubtKind.DUPLICATE, field="id", choices=(str(UUID(int=5)),))
    keyboard = keyboards.of_doubt(doubtful(doubt), 0, "en", None)
    data = {button.text: str(button.callback_data) for row in keyboard.inline_keyboard for button in row}
    assert read_press(data[sentences.SHOW_OTHER]) == OnReceipt("other", UUID(int=5))
    assert {sentences.KEEP_BOTH, sentences.DELETE_THIS} <= set(data)


@pytest.mark.parametrize(("page", "shown"), [(0, ["›"]), (1, ["‹", "›"]), (2, ["‹"])])
def test_a_list_turns_only_where_there_are_pages(page: int, shown: list[str]) -> None:
    """25 receipts make three pages."""
    ids = [UUID(int=place) for place in range(5 if page == 2 else 10)]
    assert [button.text for button in keyboards.of_list(ids, page, 25).inline_keyboard[-1]] == shown


def test_the_summary_of_a_period_that_has_not_begun_is_not_offered() -> None:
    """From this month there is a way back, and none ahead."""
    assert OCTOBER is not None
    row = keyboards.of_summary(OCTOBER, TODAY, "en").inline_keyboard[0]
    assert [button.text for button in row] == ["‹ September 2026"]
