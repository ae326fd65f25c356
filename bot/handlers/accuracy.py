"""/accuracy: how often each field of an account's own receipts had to be corrected."""

from __future__ import annotations

from telegram import Update

from bot import keyboards, sentences
from bot.accuracy_cards import accuracy_text
from bot.context import ChatContext, Shown
from bot.handlers.anything_else import on_unknown_command
from bot.handlers.lists import being_read
from core.how_read import HowReadCounts, lately


async def on_accuracy(update: Update, context: ChatContext) -> None:
    """Tell what was corrected and confirmed in all receipts that were read, and lately; or how to begin."""
    counts = context.parts.how_read
    if counts is None:
        await on_unknown_command(update, context)
        return
    if context.args:
        await context.say(sentences.ACCURACY_WORKS)
        return
    await context.say_made(lambda: _answer(context, counts))


async def _answer(context: ChatContext, counts: HowReadCounts) -> Shown:
    """Return the figures, or a word on what is missing. Raises Unavailable."""
    account = context.account
    found = await counts.how_read(account.id)
    if not found.receipts:
        reading = being_read(await context.parts.ledger.waiting(account.id))
        nothing = " ".join(part for part in (reading, sentences.NOTHING_READ) if part)
        return nothing, keyboards.of_start()
    recent = await counts.how_read(account.id, lately(context.today))
    return accuracy_text(found, recent, account.language), None
