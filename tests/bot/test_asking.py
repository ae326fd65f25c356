"""/list and /summary, as they are asked."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from bot import sentences
from bot.presses import ListPage
from tests.bot.fakes import TODAY, coffee, filed, how, open_chat


@pytest.mark.parametrize("command", ["/list", "/summary", "/summary 2020"])
async def test_without_receipts_the_way_to_begin_is_shown(command: str) -> None:
    """A helpful line, and the sample."""
    assert how(await (await open_chat()).send(text=command)) == [("say", sentences.NO_RECEIPTS)]


async def test_a_list_shows_ten_receipts_a_page() -> None:
    """Each with its number as a button, and ‹ › beside."""
    chat = await open_chat(*(filed(number) for number in range(25)))
    (answer,) = await chat.send(text="/list 2")
    assert list(answer.buttons()) == [str(number) for number in range(11, 21)] + ["‹", "›"]


async def test_a_page_past_the_end_is_the_last_one() -> None:
    """A button of a longer list still leads somewhere."""
    chat = await open_chat(*(filed(number) for number in range(11)))
    _, answer = await chat.press(ListPage(9999).data())
    assert answer.how == "change"
    assert "11–11 of 11" in answer.text


@pytest.mark.parametrize("text", ["/list x", "/list 0", "/list -1", "/list 99999", "/list 1 2", "/list ٢"])
async def test_a_page_that_is_no_page_is_answered_with_what_works(text: str) -> None:
    """Never an error."""
    assert how(await (await open_chat(filed())).send(text=text)) == [("say", sentences.LIST_WORKS)]


async def test_a_summary_is_a_chart_with_its_figures_below() -> None:
    """A PNG, the total, and what was before."""
    chat = await open_chat(filed(1), filed(2, coffee(bought_on=date(2026, 9, 3), total=Decimal("5.00"))))
    (summary,) = await chat.send(text="/summary")
    assert summary.file.startswith(b"\x89PNG")
    assert "€7.50" in summary.text
    assert "50% more than by Sep 18 (€5.00)" in summary.text
    assert list(summary.buttons()) == ["‹ September 2026"]


async def test_a_summary_turns_to_the_period_before() -> None:
    """Its button carries the period."""
    chat = await open_chat(filed(1), filed(2, coffee(bought_on=date(2026, 9, 3))))
    (summary,) = await chat.send(text="/summary")
    _, before = await chat.press(summary.buttons()["‹ September 2026"])
    assert "<b>September 2026</b>" in before.text
    assert "October 2026 ›" in before.buttons()


async def test_a_period_without_receipts_says_so() -> None:
    """And leads on to its neighbours."""
    (answer,) = await (await open_chat(filed())).send(text="/summary 2020-02")
    assert "Nothing counted" in answer.text
    assert list(answer.buttons()) == ["‹ January 2020", "March 2020 ›"]


async def test_a_summary_too_long_for_a_caption_comes_below_its_chart() -> None:
    """Nothing of it is cut off."""
    receipts = [
        filed(place, coffee(merchant=f"Merchant {place}", currency=currency, bought_on=TODAY))
        for place, currency in enumerate(["EUR", "USD", "GBP", "JPY", None] * 8)
    ]
    chart, text = await (await open_chat(*receipts)).send(text="/summary")
    assert (chart.how, text.how) == ("show", "say")
    assert len(chart.text) < 1024 < len(text.text) <= 4096


@pytest.mark.parametrize("argument", ["2026-13", "yesterdaze", "<b>", "9" * 4000, "week 2026", "0000-00"])
async def test_a_period_that_is_none_is_answered_with_those_that_work(argument: str) -> None:
    """With the argument escaped and cut."""
    (answer,) = await (await open_chat(filed())).send(text=f"/summary {argument}")
    assert "<code>/summary 2026-10</code>" in answer.text
    assert len(answer.text) < 400
