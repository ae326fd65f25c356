"""/start and /help."""

from __future__ import annotations

from telegram import Update

from bot import keyboards, sentences
from bot.context import ChatContext
from bot.door_presses import TOKEN
from bot.handlers.linking import on_offer


async def on_start(update: Update, context: ChatContext) -> None:
    """Say in three lines what SnapSpend does, with a button to a sample; a start token asks whether to link."""
    payload = (context.args or [""])[0]
    if TOKEN.fullmatch(payload):
        await on_offer(context, payload)
        return
    await context.say(sentences.START, keyboards.of_start())


async def on_help(update: Update, context: ChatContext) -> None:
    """Say what can be sent and asked."""
    await context.say(sentences.HELP, keyboards.of_start())
