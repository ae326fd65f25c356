"""Sends through the Bot API at most once a claim, and puts its errors into SnapSpend's words."""

from __future__ import annotations

import warnings
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

import httpx
from telegram import Message
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut
from telegram.warnings import PTBDeprecationWarning

from core.adapters.postgres_replies import REFUSED, SENT, UNKNOWN, PostgresReplies, Reply
from core.errors import TooLarge, Unavailable

Result = TypeVar("Result")
POOL_TIMEOUT = "Pool timeout"
LARGEST_MB = 20


@dataclass(frozen=True)
class Letter:
    """A message to be sent: its key in the outbox, its chat, and the call that sends it."""

    key: str
    chat_id: int
    send: Callable[[], Awaitable[Message]]


async def deliver(replies: PostgresReplies, letter: Letter) -> Reply:
    """Send a letter unless that was begun before, and return what became of it: a state, and its id when sent.

    Nothing that may have arrived is sent again: UNKNOWN when a send timed out, INTERRUPTED when a crash cut it off.
    Raises Unavailable when it surely did not arrive; it may be delivered anew then.
    """
    known = await replies.claim(letter.key, letter.chat_id)
    if known is not None:
        return known
    try:
        reply = await _sent(letter)
    except Exception:
        await replies.release(letter.key)
        raise
    await replies.settle(letter.key, reply)
    return reply


async def _sent(letter: Letter) -> Reply:
    try:
        message = await letter.send()
    except Forbidden:
        return Reply(REFUSED, None)
    except TelegramError as error:
        if _may_have_arrived(error):
            return Reply(UNKNOWN, None)
        raise translated(error) from error
    return Reply(SENT, message.message_id)


def _may_have_arrived(error: TelegramError) -> bool:
    """Tell whether Telegram may have carried out a call whose answer we did not get."""
    if not isinstance(error, NetworkError) or isinstance(error, BadRequest):
        return False
    if isinstance(error, TimedOut):
        return POOL_TIMEOUT not in error.message and not isinstance(error.__cause__, httpx.ConnectTimeout)
    return isinstance(error.__cause__, httpx.HTTPError) and not isinstance(error.__cause__, httpx.ConnectError)


def translated(error: TelegramError) -> Exception:
    """Return the error in our words: Unavailable with `retry_after` seconds, TooLarge, or itself when it is a bug."""
    if isinstance(error, RetryAfter):
        return Unavailable("Telegram asks to wait", retry_after=seconds_asked(error) + 1)
    if isinstance(error, BadRequest):
        return TooLarge(limit_mb=LARGEST_MB) if "too big" in error.message.lower() else error
    if isinstance(error, NetworkError):
        return Unavailable(f"Telegram: {type(error).__name__}")
    return error


def seconds_asked(error: RetryAfter) -> int:
    """Return how many seconds Telegram asks us to wait, whichever type this version of its client gives."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PTBDeprecationWarning)
        wait = error.retry_after
    return wait if isinstance(wait, int) else int(wait.total_seconds())


async def ask(call: Awaitable[Result]) -> Result:
    """Await a call that may be repeated. Raises Unavailable or TooLarge in place of Telegram's errors."""
    try:
        return await call
    except TelegramError as error:
        raise translated(error) from error


async def edit(call: Awaitable[object]) -> bool:
    """Await an edit; an identical one is done already. False when the message is gone. Raises Unavailable."""
    try:
        await call
    except BadRequest as error:
        if "not modified" in error.message.lower():
            return True
        if "not found" in error.message.lower() or "can't be edited" in error.message.lower():
            return False
        raise
    except Forbidden:
        return True
    except TelegramError as error:
        raise translated(error) from error
    return True
