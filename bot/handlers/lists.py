"""/list: the receipts of the ledger, ten a page."""

from __future__ import annotations

import re

from telegram import InlineKeyboardMarkup, Update

from bot import cards, keyboards, sentences
from bot.context import ChatContext
from bot.presses import FARTHEST_PAGE
from bot.sentences import fill
from core.locales import locale_of


async def on_list(update: Update, context: ChatContext) -> None:
    """Show a page of the list: the newest receipts, or for `/list 2` the page after."""
    argument = " ".join(context.args or [])
    if argument and not re.fullmatch(r"[1-9][0-9]{0,3}", argument):
        await context.say(sentences.LIST_WORKS)
        return
    await context.say(*await list_page(context, int(argument or 1) - 1))


async def list_page(context: ChatContext, page: int) -> tuple[str, InlineKeyboardMarkup]:
    """Return list page `page` (from 0) with its buttons; past the end it is the last one."""
    page = min(page, FARTHEST_PAGE)
    found, all_ = await context.parts.ledger.newest(context.account.id, keyboards.PAGE_SIZE, page * keyboards.PAGE_SIZE)
    reading = being_read(await context.parts.ledger.waiting(context.account.id))
    if all_ == 0:
        return reading or sentences.NO_RECEIPTS, keyboards.of_start()
    if not found:
        return await list_page(context, min(page - 1, (all_ - 1) // keyboards.PAGE_SIZE))
    first = page * keyboards.PAGE_SIZE + 1
    text = cards.listed(found, first, all_, locale_of(context.account.language))
    return f"{text}\n\n{reading}" if reading else text, keyboards.of_list([one.id for one in found], page, all_)


def being_read(count: int) -> str:
    """Say how many photos are being read; of none nothing."""
    if count == 0:
        return ""
    return sentences.BEING_READ_ONE if count == 1 else fill(sentences.BEING_READ_MANY, count=count)
