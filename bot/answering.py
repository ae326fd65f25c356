"""Puts a receipt's answer, or an apology, where the person in the chat is waiting for it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial

from telegram import Bot, Update
from telegram.constants import ParseMode

from bot.cards import answer
from bot.context import announce, expect_answer
from bot.sending import Letter, deliver, edit
from core.accounts import Account
from core.adapters.postgres_replies import INTERRUPTED, UNKNOWN, Answer, PostgresReplies
from core.errors import SnapSpendError, Unavailable
from core.ports import Filed, State

MOST_PLACES = 10
REACH = 8
"""How many numbers after the photo's are tried for a message that a crash made us lose."""


async def give_answer(bot: Bot, replies: PostgresReplies, account: Account, filed: Filed) -> None:
    """Turn the "Reading…" message into the receipt's answer; done once, however often this runs.

    An edit can be repeated without harm. A message that a crash made us lose is looked for; where it is not found
    or gone, a new one is placed first and edited then, so that a crash between the two leaves no second answer.
    What is set aside gets no new message. Raises Unavailable.
    """
    waiting = await replies.answer_of(filed.source)
    if waiting is None or waiting.answered:
        return
    text, keyboard = answer(filed, account.language)
    message_id = waiting.message_id

    def rewrite(message: int) -> Awaitable[object]:
        return bot.edit_message_text(text, waiting.chat_id, message, parse_mode=ParseMode.HTML, reply_markup=keyboard)

    if message_id is None and filed.state is not State.SET_ASIDE:
        message_id = await _found(replies, waiting, rewrite) or await _place(bot, replies, filed, waiting)
    while message_id is not None:
        if await edit(rewrite(message_id)) or filed.state is State.SET_ASIDE:
            break
        message_id = await _place(bot, replies, filed, waiting)
    await replies.answered(filed.source)


async def promise(bot: Bot, replies: PostgresReplies, photo: str, source: str) -> None:
    """Say "Reading…" for another receipt of a photo, under the same photo; nothing where no chat waits."""
    waiting = await replies.answer_of(photo)
    if waiting is not None:
        await expect_answer(bot, replies, source, replace(waiting, message_id=None, answered=False))


async def _found(replies: PostgresReplies, waiting: Answer, rewrite: Callable[[int], Awaitable[object]]) -> int | None:
    """Find the "Reading…" whose number we never learned, by making it the answer; None when it is not near.

    It stands soon after the photo. An edit of a message that is not ours, or not there, changes nothing, and
    those of ours that we know are left alone.
    """
    if waiting.reply_to is None:
        return None
    known = await replies.known(waiting.chat_id, waiting.reply_to)
    for number in range(waiting.reply_to + 1, waiting.reply_to + 1 + REACH):
        if number not in known and await edit(rewrite(number)):
            return number
    return None


async def _place(bot: Bot, replies: PostgresReplies, filed: Filed, waiting: Answer) -> int | None:
    """Send another "Reading…" message and remember it; None when the chat refuses us.

    Raises Unavailable when it is unknown whether the message arrived: only its id lets us edit it.
    """
    begun = await replies.begun(f"reading:{filed.source}:")
    if begun >= MOST_PLACES:
        return None
    send = partial(announce, bot, waiting.chat_id, waiting.reply_to)
    reply = await deliver(replies, Letter(f"reading:{filed.source}:{begun}", waiting.chat_id, send))
    if reply.state in {UNKNOWN, INTERRUPTED}:
        raise Unavailable("no word whether the message arrived")
    if reply.message_id is not None:
        await replies.place(filed.source, reply.message_id)
    return reply.message_id


async def say_sorry(bot: Bot, replies: PostgresReplies, update: Update, error: SnapSpendError) -> None:
    """Tell the chat of an update, once, the sentence of an error. Raises Unavailable."""
    if update.effective_chat is None:
        return
    chat_id = update.effective_chat.id
    key = f"update:{bot.id}:{update.update_id}:sorry"
    await deliver(replies, Letter(key, chat_id, lambda: bot.send_message(chat_id, error.sentence)))
