"""Delivers updates to the bot's webhook: in order within a queue, again and again until they are taken."""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta

import aiohttp

from core.adapters.local_chat_queue import Webhook
from core.errors import Unavailable
from webhook.local_chat.content import Body
from webhook.local_chat.context import LocalChat
from webhook.local_chat.receiving import update_body
from webhook.local_chat.signals import wait_for

log = logging.getLogger(__name__)

LONGEST_RETRY_AFTER = 3600
IDLE = 30.0  # seconds between looks when nothing is known to come
RECONNECT = 1.0


class Delivery:
    """The one that delivers: of several processes, the one that holds the lock (see `watch`)."""

    def __init__(self, chat: LocalChat) -> None:
        """Start with nothing on its way."""
        self.chat = chat
        self.busy: dict[str, asyncio.Task[None]] = {}

    async def run(self) -> None:
        """Deliver what is due until cancelled; what was on its way then is delivered again later."""
        timeout = aiohttp.ClientTimeout(total=self.chat.settings.delivery_timeout)
        try:
            async with aiohttp.ClientSession(timeout=timeout) as client:
                with self.chat.signals.listener() as changed:
                    while not self.chat.signals.closing:
                        changed.clear()
                        await wait_for(changed, await self._start_due(client))
        finally:
            await end(*self.busy.values())

    async def _start_due(self, client: aiohttp.ClientSession) -> float:
        """Start the deliveries that are due; return the seconds until the next may be."""
        try:
            webhook = await self.chat.queue.webhook()
            await self.chat.queue.drop_expired()
            heads = await self.chat.queue.heads(self.busy) if webhook.url else []
        except Unavailable:
            return RECONNECT
        now = self.chat.store.clock()
        for update in heads:
            if update["next_try"] > now:
                return float((update["next_try"] - now).total_seconds())
            if len(self.busy) >= webhook.max_connections:
                break
            task = asyncio.create_task(self._deliver(client, webhook, update))
            self.busy[update["queue"]] = task
        return IDLE

    async def _deliver(self, client: aiohttp.ClientSession, webhook: Webhook, update: Body) -> None:
        try:
            error, retry_after = await post(client, webhook, update_body(update))
            if error is None:
                await self.chat.queue.take(update["id"])
            else:
                wait = retry_after or self.chat.settings.retry_wait(update["attempts"] + 1)
                next_try = self.chat.store.clock() + timedelta(seconds=wait)
                await self.chat.queue.put_off(update, error, next_try)
        except Unavailable:
            await asyncio.sleep(RECONNECT)  # the database is away; the update is still in it
        finally:
            del self.busy[update["queue"]]
            self.chat.signals.wake()


async def post(client: aiohttp.ClientSession, webhook: Webhook, update: Body) -> tuple[str | None, int]:
    """Post one update; return (None, 0), or what went wrong and the seconds that the receiver asked for."""
    headers = {"X-Telegram-Bot-Api-Secret-Token": webhook.secret} if webhook.secret else {}
    try:
        async with client.post(webhook.url, json=update, headers=headers, allow_redirects=False) as response:
            await response.read()
            if 200 <= response.status < 300:
                return None, 0
            asked = response.headers.get("Retry-After", "")
            seconds = min(int(asked), LONGEST_RETRY_AFTER) if asked.isdecimal() and len(asked) < 10 else 0
            return f"Wrong response from the webhook: {response.status} {response.reason}", seconds
    except TimeoutError:
        return "Read timeout expired", 0
    except (aiohttp.ClientError, OSError):
        return "Connection refused or broken", 0


async def watch(chat: LocalChat) -> None:
    """Hear the database's changes and pass them on; deliver while this process holds the lock.

    It ends when the signals close: a cancellation alone can be lost inside psycopg on Python 3.11, whose
    asyncio.wait_for swallows one that comes together with its result.
    """
    while not chat.signals.closing:
        delivering: list[asyncio.Task[None]] = []
        try:
            async with chat.store.listening() as hearing:
                while not chat.signals.closing:
                    if not delivering and await chat.store.lead(hearing):
                        delivering.append(asyncio.create_task(Delivery(chat).run()))
                    await chat.store.hear(hearing)
                    chat.signals.wake()
        except Unavailable as error:
            log.warning("the local chat lost its database: %s", error)
            await asyncio.sleep(RECONNECT)
        finally:
            await end(*delivering)


async def end(*tasks: asyncio.Task[None]) -> None:
    """Cancel tasks and wait for their end."""
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
