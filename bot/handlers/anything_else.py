"""What the bot can't do anything with: each gets one helpful line."""

from __future__ import annotations

from telegram import Update

from bot import keyboards, sentences
from bot.columns import clean
from bot.context import ChatContext
from bot.sentences import fill


async def on_unknown_command(update: Update, context: ChatContext) -> None:
    """Say that the command is not known, and which ones are."""
    text = (update.effective_message.text if update.effective_message else None) or "/"
    known = "\n".join(f"/{name}: {what}" for name, what in sentences.COMMANDS)
    await context.say(fill(sentences.UNKNOWN_COMMAND, command=clean(text.split()[0], 33), commands=known))


async def on_anything_else(update: Update, context: ChatContext) -> None:
    """Say what to send instead."""
    await context.say(sentences.ANYTHING_ELSE, keyboards.of_start())


async def on_edited(update: Update, context: ChatContext) -> None:
    """Say that changed messages are not followed."""
    await context.say(sentences.EDITED)


async def on_anonymous(update: Update, context: ChatContext) -> None:
    """Say that someone who hides behind a group or channel has no ledger; other bots' commands are theirs."""
    words = ((update.effective_message.text if update.effective_message else None) or "/").split()
    name, _, addressed = words[0][1:].casefold().partition("@")
    known = name in {command for command, _ in sentences.COMMANDS}
    if addressed != context.bot.username.casefold() and (addressed or not known):
        return
    await context.say(sentences.ANONYMOUS)
