"""Buttons of accounts and of admins: they count in a private chat alone, and not for long where they do much."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from telegram import Message, Update

from bot import sentences
from bot.admin_presses import read_admin_press
from bot.context import ChatContext
from bot.door_presses import AcceptOffer, DeleteMe, Dismiss, DoorPress, Unlink, read_door_press
from bot.handlers.admin import on_admin_press
from bot.handlers.leaving import delete_me
from bot.handlers.linking import accept_offer, unlink

FRESH = timedelta(minutes=10)


async def on_door_button(update: Update, context: ChatContext) -> None:
    """Do what the pressed button stands for; one that stands for nothing, or is another's, says so."""
    data = update.callback_query.data if update.callback_query else None
    press, admin_press = read_door_press(data), read_admin_press(data)
    if admin_press is not None and context.in_private and context.account.is_admin:
        await on_admin_press(context, admin_press)
    elif isinstance(press, AcceptOffer):
        await accept_offer(context, press.token)
    elif press is None or not context.in_private:
        await context.toast(sentences.OLD_BUTTON)
    else:
        await _on_own(update, context, press)


async def _on_own(update: Update, context: ChatContext, press: DoorPress) -> None:
    """Do what somebody asked for in their own chat, unless the question has stood there for long."""
    if isinstance(press, Dismiss):
        await context.toast()
        await context.change(sentences.LEFT_ALONE)
    elif not _is_fresh(update):
        await context.toast(sentences.TOO_LATE)
    elif isinstance(press, Unlink):
        await unlink(context)
    elif isinstance(press, DeleteMe):
        await delete_me(context, press.time)


def _is_fresh(update: Update) -> bool:
    shown = update.callback_query.message if update.callback_query else None
    if not isinstance(shown, Message):
        return False
    return datetime.now(UTC) - (shown.edit_date or shown.date) < FRESH
