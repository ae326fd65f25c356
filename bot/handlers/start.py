"""/start and /help."""

from __future__ import annotations

from telegram import Update

from bot import keyboards, sentences
from bot.context import ChatContext


async def on_start(update: Update, context: ChatContext) -> None:
    """Say in three lines what SnapSpend does, with a button to a sample."""
    await context.say(sentences.START, keyboards.of_start())


async def on_help(update: Update, context: ChatContext) -> None:
    """Say what can be sent and asked."""
    await context.say(sentences.HELP, keyboards.of_start())
