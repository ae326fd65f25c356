"""/privacy and /deleteme: what is kept of somebody, and how it goes."""

from __future__ import annotations

from telegram import Update

from bot import sentences
from bot.context import ChatContext
from bot.door_cards import delete_card, privacy_text


async def on_privacy(update: Update, context: ChatContext) -> None:
    """Say what is kept, where, how long, what left this machine, and how to delete it."""
    doors = context.parts.doors
    sent = await doors.departures.sent(context.account.id) if context.is_in else []
    await context.say(privacy_text(doors.rules, sent))


async def on_delete_me(update: Update, context: ChatContext) -> None:
    """Ask whether to delete everything, for the first time."""
    if not context.in_private:
        await context.say(sentences.PRIVATE_ONLY)
        return
    await context.say(*delete_card(context.account, None))


async def delete_me(context: ChatContext, time: int) -> None:
    """Ask once more, with the number of receipts; asked twice, let everything go."""
    account = context.account
    await context.toast()
    if time == 1:
        _, read = await context.parts.ledger.newest(account.id, 1, 0)
        receipts = read + await context.parts.ledger.waiting(account.id)
        await context.change(*delete_card(account, receipts))
        return
    await context.change(sentences.DELETING)
    # The removal forgets this update too: from there on a job tells how it ends.
    await context.parts.doors.removal.begin(account.id, tell=(context.person.id, context.pressed))
