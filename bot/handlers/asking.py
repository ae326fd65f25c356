"""Questions in plain words: /ask, and texts that are neither a command nor a correction."""

from __future__ import annotations

import re

from telegram import Update

from bot import keyboards, sentences
from bot.asked_cards import told_card
from bot.context import ChatContext, Shown
from core.locales import locale_of


async def on_ask(update: Update, context: ChatContext) -> None:
    """Answer what stands behind the command."""
    text = " ".join(context.args or [])
    await context.say_made(lambda: _answer(context, text, explicit=True))


async def on_question(update: Update, context: ChatContext) -> None:
    """Answer a text; in a group, what is no question is left alone."""
    message = update.effective_message
    text = _without_name((message.text if message else None) or "", context.bot.username)
    if context.in_private:
        await answer_text(context, text)
        return
    shown = await _answer(context, text, explicit=False)
    if shown[0] != sentences.NO_QUESTION:
        await context.say(*shown)


async def answer_text(context: ChatContext, text: str) -> None:
    """Answer a text of a private chat, or say what can be sent and asked."""
    await context.say_made(lambda: _answer(context, text, explicit=False))


async def _answer(context: ChatContext, text: str, explicit: bool) -> Shown:
    """Return the answer to a question, or what works. Raises Unavailable."""
    asker = context.parts.asker
    told = await asker.ask(context.account, text, context.today, explicit) if asker and text.strip() else None
    if told is None:
        return (sentences.ASK_WORKS, None) if explicit else (sentences.NO_QUESTION, keyboards.of_start())
    return told_card(told, locale_of(context.account.language))


def _without_name(text: str, username: str) -> str:
    """Return a text without the bot's name in it."""
    return re.sub(rf"@{re.escape(username)}\b", " ", text, flags=re.IGNORECASE)
