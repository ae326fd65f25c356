"""Tells Telegram, or the local chat, where updates go, and checks that it took it."""

from __future__ import annotations

from dataclasses import dataclass, field

from telegram import Bot, Update
from telegram.error import TelegramError

from core.errors import Misconfigured, Unavailable

WEBHOOK_CONNECTIONS = 40
ALLOWED_UPDATES = [Update.MESSAGE, Update.EDITED_MESSAGE, Update.CALLBACK_QUERY]


@dataclass(frozen=True)
class BotAccess:
    """What it takes to speak for a bot: the Bot API's address, the bot's token, and the secret of its updates."""

    api: str
    token: str = field(repr=False)
    secret: str = field(repr=False)


async def point_webhook(access: BotAccess, url: str) -> None:
    """Have updates delivered to `url`. Raises Misconfigured when it is not taken, Unavailable without an answer."""
    bot = Bot(access.token, base_url=f"{access.api}/bot")
    try:
        async with bot:
            await bot.set_webhook(
                url,
                secret_token=access.secret,
                allowed_updates=ALLOWED_UPDATES,
                max_connections=WEBHOOK_CONNECTIONS,
            )
            info = await bot.get_webhook_info()
    except TelegramError as error:
        raise Unavailable(f"the webhook could not be set: {error.message}") from error
    if info.url != url:
        raise Misconfigured(faults=f"Telegram delivers to {info.url}, not to PUBLIC_URL")
