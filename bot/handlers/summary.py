"""/summary: what was spent in a period, with a chart."""

from __future__ import annotations

import asyncio

from telegram import Update

from bot import charts, keyboards, sentences
from bot.columns import clean
from bot.context import ChatContext
from bot.sentences import fill
from bot.summaries import summary_text
from bot.summary_charts import chart_of
from core.insights import Summary, summary_of
from core.locales import locale_of
from core.periods import Period, PeriodKind, period_of, read_period

LONGEST_CAPTION = 1024
"""Telegram's limit; ours counts the HTML too, so it is kept with room to spare."""


async def on_summary(update: Update, context: ChatContext) -> None:
    """Show the summary of the period that was typed: this month when none was."""
    argument = " ".join(context.args or [])
    period = read_period(argument, context.today, locale_of(context.account.language))
    if period is None:
        await context.say(fill(sentences.SUMMARY_WORKS, argument=clean(argument, 40)))
        return
    await show_summary(context, period if argument else await _or_newest(context, period))


async def _or_newest(context: ChatContext, period: Period) -> Period:
    """Return the period, or the month of the newest receipts when they are older, and say so."""
    found, _ = await context.parts.ledger.newest(context.account.id, 1, 0)
    if not found or found[0].counted_on >= period.first:
        return period
    newest = period_of(PeriodKind.MONTH, found[0].counted_on)
    locale = locale_of(context.account.language)
    names = {"period": period.written(locale), "newest": newest.written(locale)}
    await context.say(fill(sentences.NOTHING_YET, **names))
    return newest


async def show_summary(context: ChatContext, period: Period) -> None:
    """Send a period's summary: a chart with the text as its caption, or below it when that is too long."""
    locale = locale_of(context.account.language)
    summary = await summary_of(context.parts.figures, context.account.id, period, context.today)
    text = summary_text(summary, locale)
    keyboard = keyboards.of_summary(period, context.today, locale)
    if not summary.spendings:
        await _say_nothing_spent(context, text, summary)
        return
    days = await context.parts.figures.by_day(context.account.id, period.first, period.last)
    picture = await asyncio.to_thread(charts.draw, chart_of(summary, days, context.today, locale))
    if len(text.encode("utf-16-le")) // 2 <= LONGEST_CAPTION:
        await context.show(picture, text, keyboard)
        return
    await context.show(picture, fill(sentences.CHART_CAPTION, period=period.written(locale)))
    await context.say(text, keyboard)


async def _say_nothing_spent(context: ChatContext, text: str, summary: Summary) -> None:
    """Say that nothing was counted; someone without any receipt is told how to begin."""
    _, receipts = await context.parts.ledger.newest(context.account.id, 1, 0)
    if receipts == 0:
        await context.say(sentences.NO_RECEIPTS, keyboards.of_start())
        return
    locale = locale_of(context.account.language)
    await context.say(text, keyboards.of_summary(summary.period, context.today, locale))
