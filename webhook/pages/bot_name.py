"""What the bot is called in Telegram: asked once, by whoever needs it first."""

from __future__ import annotations

import logging

import aiohttp
from aiohttp import web

from core.settings import Settings
from webhook.local_chat.context import USERNAME as LOCAL
from webhook.pages.site import SITE

SECONDS = aiohttp.ClientTimeout(total=5)

log = logging.getLogger(__name__)


class BotName:
    """Asks the Bot API for the bot's username, until it was told; its token is in no log and no error."""

    def __init__(self) -> None:
        """Begin without knowing it."""
        self._name: str | None = None

    async def find(self, settings: Settings) -> str | None:
        """Return the username; None where the local chat stands in for Telegram, or nobody answers."""
        if self._name is None:
            self._name = await _asked(f"{settings.telegram_api}/bot{settings.bot_token}/getMe")
        return None if self._name == LOCAL else self._name


async def _asked(address: str) -> str | None:
    try:
        async with aiohttp.ClientSession(timeout=SECONDS) as session, session.get(address) as answer:
            name = (await answer.json())["result"]["username"]
            return name if isinstance(name, str) else None
    except (aiohttp.ClientError, TimeoutError, ValueError, KeyError, TypeError) as error:
        log.warning("the bot's name could not be had: %s", type(error).__name__)
        return None


BOT_NAME = web.AppKey("bot_name", BotName)


async def bot_name(request: web.Request) -> str | None:
    """Return what the bot is called in Telegram, if it is there."""
    return await request.app[BOT_NAME].find(request.app[SITE].settings)
