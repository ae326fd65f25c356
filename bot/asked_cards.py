"""The answer to a question as people see it in the chat, with a button for each receipt that it names; HTML."""

from __future__ import annotations

from telegram import InlineKeyboardMarkup

from bot.columns import clean
from bot.keyboards import button
from bot.presses import OnReceipt
from bot.sentences import NO_MERCHANT, SENT_UNDATED, fill
from core.asking.purchases import Slip
from core.asking.told import Told
from core.locales import written_day
from core.money import Money

MOST_BUTTONS = 6
LONGEST_LINE = 400
MOST_LINES = 8


def told_card(told: Told, locale: str) -> tuple[str, InlineKeyboardMarkup | None]:
    """Return the text, at most 4096 characters, and the buttons; every button shows its receipt in a new message."""
    first, *others = [clean(line, LONGEST_LINE) for line in told.lines[:MOST_LINES]]
    answer = [fill("<b>{line}</b>", line=first), *(fill("{line}", line=line) for line in others)]
    how = [fill("{line}", line=clean(line, LONGEST_LINE)) for line in told.how[:MOST_LINES]]
    text = "\n".join(answer) + ("\n\n" + "\n".join(how) if how else "")
    rows = [[button(_label(slip, locale), OnReceipt("other", slip.id))] for slip in told.slips[:MOST_BUTTONS]]
    return text, InlineKeyboardMarkup(rows) if rows else None


def _label(slip: Slip, locale: str) -> str:
    total = "" if slip.total is None else Money(slip.total, slip.currency).written(locale)
    day = written_day(slip.day, locale)
    parts = (clean(slip.merchant or NO_MERCHANT, 24), total, SENT_UNDATED.format(day=day) if slip.undated else day)
    return " · ".join(part for part in parts if part)
