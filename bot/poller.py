"""Fetches updates from Telegram where it cannot reach us, and stores each before the next is asked for."""

from __future__ import annotations

import asyncio
import logging

from telegram import Bot, Update
from telegram.error import Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.sending import seconds_asked
from core.adapters.postgres_inbox import PostgresInbox
from core.adapters.storable import storable
from core.errors import Misconfigured, Unavailable
from core.logs import where

log = logging.getLogger(__name__)

POLL_SECONDS = 20
LONGEST_WAIT = 30.0
ALLOWED_UPDATES = [Update.MESSAGE, Update.EDITED_MESSAGE, Update.CALLBACK_QUERY]


async def poll(bot: Bot, inbox: PostgresInbox, stop: asyncio.Event) -> None:
    """Fetch and store updates until `stop` is set; asking for the next one tells Telegram that the last is safe.

    Raises Misconfigured when Telegram does not know the token.
    """
    offset, wait = 0, 1.0
    while not stop.is_set():
        try:
            if offset == 0:
                await bot.delete_webhook()
            for update in await _next(bot, offset, stop):
                await _store(bot, inbox, update)
                offset = update.update_id + 1
            wait = 1.0
        except InvalidToken:
            raise Misconfigured(faults="TELEGRAM_BOT_TOKEN is not known to Telegram") from None
        except (TelegramError, Unavailable) as error:
            log.warning("no updates from Telegram (%s); asking again in %.0f s", _reason(error), wait)
            await pause(stop, seconds_asked(error) if isinstance(error, RetryAfter) else wait)
            wait = min(LONGEST_WAIT, wait * 2)


async def _store(bot: Bot, inbox: PostgresInbox, update: Update) -> None:
    """Store an update; one that cannot be stored is left, or it would come again for ever. Raises Unavailable."""
    try:
        await inbox.accept(bot.id, storable(update.to_dict()))
    except Unavailable:
        raise
    except Exception as error:  # noqa: BLE001 - the edge
        log.error("update %s cannot be stored: %s", update.update_id, where(error))


async def _next(bot: Bot, offset: int, stop: asyncio.Event) -> tuple[Update, ...]:
    """Wait for updates, or give up waiting when `stop` is set."""
    asking = asyncio.create_task(bot.get_updates(offset, timeout=POLL_SECONDS, allowed_updates=ALLOWED_UPDATES))
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait({asking, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if not asking.done():
        asking.cancel()
        return ()
    return asking.result()


def _reason(error: Exception) -> str:
    if isinstance(error, Conflict):
        return "another program fetches this bot's updates"
    return type(error).__name__ if isinstance(error, NetworkError | Unavailable) else str(error)


async def pause(stop: asyncio.Event, seconds: float) -> None:
    """Wait so many seconds, or until `stop` is set."""
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait({stopping}, timeout=seconds)
    stopping.cancel()
