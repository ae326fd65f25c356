"""`python -m bot.container PART`: becomes one part of docker-compose.yml, with what `snapspend up` would tell it."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import os
import sys
from collections.abc import Mapping, Sequence

from bot.topology import local_identity, say
from bot.webhook_address import BotAccess, point_webhook
from core.adapters.migrate import APPLICATION, migrate_as
from core.errors import Misconfigured, Unavailable
from core.settings import Settings

CHAT = "webhook.local_chat"
UPDATES = "updates"
MIGRATE = "migrate"
OWNER = "snapspend"
INSIDE = "http://127.0.0.1:8080/telegram"
"""Where the local chat delivers: it shares HAProxy's loopback and delivers nowhere else."""


def identity(settings: Settings, given: Mapping[str, str]) -> dict[str, str]:
    """Return what every part must know alike: whose bot this is, where its API is, and the secret of its updates.

    Without a token they are those of the local chat, kept in the shared data folder; LOCAL_CHAT_API is its address.
    The secret, when none is given, follows from the token: so all parts have the same one and nobody has to make it.
    """
    if settings.bot_token is None:
        local = local_identity(settings.data)
        api = given.get("LOCAL_CHAT_API", "")
        return {
            "TELEGRAM_BOT_TOKEN": local["token"],
            "TELEGRAM_API_URL": api,
            "TELEGRAM_WEBHOOK_SECRET": settings.webhook_secret or local["secret"],
        }
    derived = hmac.new(settings.bot_token.encode(), b"secret of the webhook", hashlib.sha256).hexdigest()
    return {
        "TELEGRAM_BOT_TOKEN": settings.bot_token,
        "TELEGRAM_API_URL": settings.telegram_api,
        "TELEGRAM_WEBHOOK_SECRET": settings.webhook_secret or derived,
    }


def databases(settings: Settings, given: Mapping[str, str]) -> dict[str, str]:
    """Return where the database is for the application, and for its owner where that is known.

    Without DATABASE_URL it is the container beside us, whose socket lies in the folder DATABASE_SOCKET.
    """
    if settings.database_url is None:
        place = f"@/{OWNER}?host={given.get('DATABASE_SOCKET', '/var/run/postgresql')}"
        return {
            "DATABASE_URL": f"postgresql://{APPLICATION}{place}",
            "DATABASE_OWNER_URL": f"postgresql://{OWNER}{place}",
        }
    return {"DATABASE_URL": settings.database_url, "DATABASE_OWNER_URL": settings.database_owner_url or ""}


def for_part(part: str, known: Mapping[str, str]) -> dict[str, str]:
    """Return what a part is told: only the local chat, which has tables of its own, comes as the database's owner.

    Raises Misconfigured when the owner's address is not known then.
    """
    owner = known["DATABASE_OWNER_URL"]
    if part != CHAT:
        return {**known, "DATABASE_OWNER_URL": ""}
    if not owner:
        raise Misconfigured(faults="the local chat needs DATABASE_OWNER_URL; or set TELEGRAM_BOT_TOKEN")
    return {**known, "DATABASE_URL": owner, "DATABASE_OWNER_URL": ""}


def prepare(owner: str) -> None:
    """Apply what the database lacks, when we may. Raises Misconfigured or Unavailable."""
    if not owner:
        say("DATABASE_OWNER_URL is not set: the database is taken as `snapspend migrate` has left it.")
        return
    applied = asyncio.run(migrate_as(owner))
    say(f"Applied: {', '.join(applied)}." if applied else "The database is up to date.")


def command(settings: Settings, part: Sequence[str]) -> list[str] | None:
    """Return what Python is to run for a part, or None when the part has nothing to do with these settings."""
    is_local = settings.bot_token is None
    if part[0] == CHAT and not is_local:
        return None
    if part[0] == MIGRATE:
        return None
    if part[0] == UPDATES:
        return None if is_local or settings.public_url else ["-m", "bot", "--poll"]
    return ["-m", *part]


async def point(settings: Settings, access: BotAccess) -> None:
    """Tell Telegram, or the local chat, where HAProxy takes its updates. Raises Misconfigured or Unavailable."""
    url = f"{settings.public_url}/telegram" if settings.bot_token and settings.public_url else INSIDE
    await point_webhook(access, url)
    say(f"Updates are delivered to {url}.")


def run(part: Sequence[str]) -> int:
    """Become the part, or do what is to be done once. Raises Misconfigured or Unavailable."""
    settings = Settings.from_environment()
    known = identity(settings, os.environ) | databases(settings, os.environ)
    wanted = command(settings, part)
    if wanted is not None:
        environment = {**os.environ, **for_part(part[0], known)}
        return os.execve(sys.executable, [sys.executable, *wanted], environment)  # noqa: S606 - ours
    if part[0] == MIGRATE:
        prepare(known["DATABASE_OWNER_URL"])
    elif part[0] == UPDATES:
        names = ("TELEGRAM_API_URL", "TELEGRAM_BOT_TOKEN", "TELEGRAM_WEBHOOK_SECRET")
        asyncio.run(point(settings, BotAccess(*(known[name] for name in names))))
    else:
        say("Your bot is in Telegram (TELEGRAM_BOT_TOKEN): the local chat is not needed.")
    return 0


def main() -> int:
    """Run; 2 when the settings are wrong, 1 when a service does not answer."""
    if not sys.argv[1:]:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    try:
        return run(sys.argv[1:])
    except Misconfigured as error:
        sys.stderr.write(f"{error.sentence}\n")
        return 2
    except Unavailable as error:
        sys.stderr.write(f"{error.sentence} ({error})\n")
        return 1


if __name__ == "__main__":
    sys.exit(main())
