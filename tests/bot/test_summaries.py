"""How a summary looks in the chat, and what its chart shows."""

from __future__ import annotations

import asyncio
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from PIL import Image

from bot.charts import Bar, Chart, draw
from bot.columns import WIDTH
from bot.summaries import summary_text
from bot.summary_charts import chart_of
from core.insights import Summary, summary_of
from core.periods import read_period
from core.ports import Filed
from core.receipt import Category
from tests.bot.fakes import ACCOUNT, TODAY, MemoryLedger, coffee, filed


def _bought(number: int, day: str, total: str = "7.50", **changes: object) -> Filed:
    receipt = coffee(bought_on=date.fromisoformat(day), total=Decimal(total), **changes)
    return filed(number, receipt)


async def _summary(text: str, *receipts: Filed) -> Summary:
    period = read_period(text, TODAY)
    assert period is not None
    return await summary_of(MemoryLedger(*receipts), ACCOUNT.id, period, TODAY)


async def _chart(text: str, *receipts: Filed, locale: str = "en") -> Chart:
    summary = await _summary(text, *receipts)
    period = summary.period
    days = await MemoryLedger(*receipts).by_day(ACCOUNT.id, period.first, period.last)
    return chart_of(summary, days, TODAY, locale)


def _drawn(picture: bytes) -> Image.Image:
    image = Image.open(BytesIO(picture))
    image.load()
    return image


async def test_a_finished_period_is_told_against_the_whole_one_before() -> None:
    """In words and in whole percent."""
    found = await _summary("2026-09", _bought(1, "2026-09-30", "6.00"), _bought(2, "2026-08-31", "8.00"))
    assert "25% less than in August 2026 (€8.00)" in summary_text(found, "en")


async def test_a_period_under_way_is_told_as_such() -> None:
    """With the same days of the one before, and all of it."""
    found = await _summary("", _bought(1, "2026-10-02"), _bought(2, "2026-09-02"), _bought(3, "2026-09-30"))
    text = summary_text(found, "en")
    assert "<b>October 2026</b>, so far" in text
    assert "As much as by Sep 18 (€7.50)\nAll of September 2026: €15.00" in text


async def test_percentages_follow_the_readers_language() -> None:
    """Germans put a space before the sign."""
    found = await _summary("2026-09", _bought(1, "2026-09-30", "6.00"), _bought(2, "2026-08-31", "8.00"))
    assert "25\xa0%" in summary_text(found, "de")


async def test_each_currency_has_its_own_total() -> None:
    """They are never added, and an amount without a currency says so."""
    found = await _summary("", _bought(1, "2026-10-02", currency="JPY"), _bought(2, "2026-10-02", currency=None))
    text = summary_text(found, "en")
    assert "¥8" in text
    assert "<b>7.50</b> · 1 receipt · no currency printed" in text


async def test_the_tables_fit_a_phone() -> None:
    """Names are cut, amounts never."""
    found = await _summary("", _bought(1, "2026-10-02", "123456789.99", merchant="An endless name & daughters"))
    block = summary_text(found, "en").split("<pre>")[2].split("</pre>")[0].replace("&amp;", "&")
    assert [len(line) for line in block.splitlines()] == [WIDTH]
    assert "123,456,789.99 100%" in block


async def test_a_summary_always_fits_into_a_message() -> None:
    """Forty currencies with forty merchants each, all with the longest names."""
    codes = [f"X{first}{second}" for first in "ABCDEFGH" for second in "ABCDE"]
    receipts = [
        _bought(place, "2026-10-02", "99999999.99", currency=code, merchant=f"{place}{'<&>' * 200}")
        for place, code in enumerate(codes * 40)
    ]
    text = summary_text(await _summary("", *receipts), "en")
    assert len(text.encode("utf-16-le")) // 2 <= 4096


@pytest.mark.parametrize(
    ("text", "columns", "now"), [("", 31, 17), ("week", 7, 6), ("year", 12, 9), ("2026-02", 28, None)]
)
async def test_a_chart_has_a_column_for_each_day_or_month(text: str, columns: int, now: int | None) -> None:
    """And marks today's."""
    chart = await _chart(text, _bought(1, "2026-10-18"), _bought(2, "2026-02-03"))
    assert (len(chart.columns), chart.now) == (columns, now)


@pytest.mark.parametrize("text", ["", "week", "year"])
async def test_a_chart_is_a_picture_that_telegram_takes(text: str) -> None:
    """1080 pixels wide, and not blank."""
    image = _drawn(draw(await _chart(text, _bought(1, "2026-10-18"))))
    assert image.width == 1080
    assert len(image.convert("RGB").getcolors(1 << 20) or []) > 10


@pytest.mark.parametrize("locale", ["ja", "ar", "hi", "he", "ko"])
async def test_a_chart_keeps_to_letters_that_its_font_has(locale: str) -> None:
    """Other scripts would come out as boxes."""
    assert (await _chart("", _bought(1, "2026-10-18"), locale=locale)).title == "October 2026"


def test_a_chart_of_odd_figures_is_drawn() -> None:
    """Nothing, less than nothing, and more than anybody has; two dollar signs are no formula."""
    bars = tuple(Bar("$a^$", value, "$1 $2") for value in (0.0, -5.0, 1e15))
    for chosen in ((), bars[:2], bars):
        assert _drawn(draw(Chart("t", "$1_$", "n", "c", chosen, "b", chosen, now=0))).width == 1080


async def test_charts_are_drawn_side_by_side() -> None:
    """matplotlib's shared parts are used by one thread at a time."""
    chart = await _chart("", _bought(1, "2026-10-18", category=Category.FUEL))
    pictures = await asyncio.gather(*(asyncio.to_thread(draw, chart) for _ in range(4)))
    assert len(set(pictures)) == 1
