"""A reply to a receipt's message that says what is right: `total 12.50`."""

from __future__ import annotations

from uuid import UUID

from babel.dates import get_date_format
from telegram import Message, Update

from bot import cards, keyboards, sentences
from bot.columns import clean
from bot.context import ChatContext
from bot.handlers.asking import answer_text
from bot.sentences import fill
from core.correction_words import read_corrections
from core.corrections import DATES
from core.extraction.date_formats import dates_in
from core.extraction.plain import plain
from core.locales import locale_of
from core.ports import Filed


async def on_reply(update: Update, context: ChatContext) -> None:
    """Put the corrected values into the receipt, all or none, and show it anew."""
    message = update.effective_message
    if message is None or message.reply_to_message is None:
        return
    receipt = await _receipt_in(context, message.reply_to_message)
    changes = read_corrections(message.text or "")
    if changes is None or receipt is None:
        await _not_understood(context, message, changes is not None, receipt is not None)
        return
    for field in DATES & changes.keys():
        changes[field] = read_day(changes[field], context.account.language)
    filed = await _corrected(context, receipt, changes)
    if filed is None:
        await context.say(sentences.GONE)
        return
    await context.say(*cards.answer(filed, context.account.language))
    if "category" in changes:
        await _tell_rule(context, filed)


async def _corrected(context: ChatContext, receipt: UUID, changes: dict[str, str]) -> Filed | None:
    """Put the values in; one alone counts as said by the person even where it says what was there."""
    bookkeeper = context.parts.bookkeeper
    if len(changes) == 1:
        return await bookkeeper.correct(context.account, receipt, *next(iter(changes.items())))
    return await bookkeeper.correct_all(context.account, receipt, changes)


async def _tell_rule(context: ChatContext, filed: Filed) -> None:
    """Say where a merchant's receipts go from now on, where that was just learned."""
    receipt = filed.receipt
    if receipt is None or receipt.merchant is None or receipt.category is None:
        return
    if await context.parts.bookkeeper.rules.find(context.account.id, receipt.merchant) == receipt.category:
        merchant, category = clean(receipt.merchant), clean(receipt.category)
        await context.say(fill(sentences.RULE_MADE, merchant=merchant, category=category))


def read_day(value: str, language: str) -> str:
    """Return the one day that `value` names as an ISO date, or `value` as it is when it names none or several.

    `3/10/2026` is 3 October to a Frenchman; Telegram's `en` may be British or American, so there it stays open.
    """
    found = dates_in(plain(value))
    if len(found) != 1:
        return value
    first = get_date_format("short", locale_of(language)).pattern[0]
    order = "day first" if first == "d" else None
    days = [day for kind, day in found[0].readings if kind == order] or list(found[0].dates)
    return days[0].isoformat() if len(days) == 1 else value


async def _receipt_in(context: ChatContext, shown: Message) -> UUID | None:
    """Return the receipt that a message of the bot shows: its buttons name it, or the chat's memory does."""
    if shown.from_user is None or shown.from_user.id != context.bot.id:
        return None
    named = keyboards.receipts_in(shown.reply_markup)
    return named[0] if len(named) == 1 else await context.receipt_in(shown.message_id)


async def _not_understood(context: ChatContext, message: Message, is_correction: bool, of_receipt: bool) -> None:
    if is_correction:
        await context.say(sentences.NOT_AN_ANSWER)
    elif of_receipt:
        await context.say(sentences.CORRECTION_WORKS)
    elif message.chat.type == message.chat.PRIVATE:
        await answer_text(context, message.text or "")
