"""`snapspend up`: starts every part on this machine, watches over them, and ends them together."""

from __future__ import annotations

import argparse
import asyncio
import fcntl
import json
import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from telegram import Bot
from telegram.error import TelegramError

from bot.supervisor import Part, Supervisor, port_taken
from core.adapters.embedded_postgres import EmbeddedPostgres
from core.errors import Misconfigured, Unavailable
from core.settings import Settings

EPILOG = """examples:
  snapspend up
  SNAPSPEND_DATA=~/receipts SNAPSPEND_PORT=9000 snapspend up
  TELEGRAM_BOT_TOKEN=123456:ABC… snapspend up     answer in Telegram in place of the local chat

Ctrl-C ends everything. What was sent, read and saved is there again at the next start.
"""
LOCAL_BOT_ID = 1_000_000_001


def add_parser(commands: Any) -> None:
    """Add the command to the command line."""
    parser = commands.add_parser(
        "up",
        help="start everything on this machine",
        description="Starts the database, the receiver, the worker and, without a bot token, the local chat.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Run until Ctrl-C. Raises Misconfigured or Unavailable when it cannot start."""
    settings = Settings.from_environment()
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    with ExitStack() as stack:
        stack.enter_context(only_one(settings.data / "up.pid"))
        _check_ports(settings)
        say(f"SnapSpend keeps its data in {settings.data}")
        address = settings.database_url or stack.enter_context(EmbeddedPostgres(settings.data / "postgres"))
        kind = "yours (DATABASE_URL)" if settings.database_url else "PostgreSQL 18, embedded"
        tell("database", kind, "" if settings.database_url else str(settings.data / "postgres"))
        return asyncio.run(_supervise(settings, address))


async def _supervise(settings: Settings, database: str) -> int:
    local = local_identity(settings.data)
    environment = {
        **os.environ,
        "DATABASE_URL": database,
        "SNAPSPEND_DATA": str(settings.data),
        "TELEGRAM_WEBHOOK_SECRET": settings.webhook_secret or local["secret"],
    }
    if settings.bot_token is None:
        environment["TELEGRAM_BOT_TOKEN"] = local["token"]
        environment["TELEGRAM_API_URL"] = f"http://127.0.0.1:{settings.chat_port}"
    supervisor = Supervisor(settings.data / "log", environment, say)
    try:
        await _start(supervisor, settings, environment)
        await supervisor.watch()
    finally:
        await supervisor.stop()
        say("Stopped.")
    return 0


async def _start(supervisor: Supervisor, settings: Settings, environment: dict[str, str]) -> None:
    """Start the parts in the order in which they need each other, and say where each is."""
    web = f"http://127.0.0.1:{settings.port}"
    chat = f"http://127.0.0.1:{settings.chat_port}"
    if settings.bot_token is None:
        options = ["--port", str(settings.chat_port), "--folder", str(settings.data / "chat")]
        await supervisor.start(Part("chat", ["-m", "webhook.local_chat", *options]))
        tell("chat", "stands in for Telegram", f"{chat}/chat")
    await supervisor.start(Part("web-01", ["-m", "webhook"]))
    tell("web-01", "receives updates", web)
    polling = ["--poll"] if settings.bot_token else []
    await supervisor.start(Part("worker", ["-m", "bot", *polling]))
    tell("worker", "reads with RapidOCR, offline", f"{settings.reading_processes} photo(s) at a time")
    if settings.bot_token is None:
        await _point_webhook(environment, f"{web}/telegram")
        say(f"\nOpen {chat}/chat and send a receipt. Ctrl-C stops everything.")
    else:
        tell("Telegram", "your bot, by polling", settings.telegram_api)
        say("\nSend your bot a receipt. Ctrl-C stops everything.")


async def _point_webhook(environment: dict[str, str], url: str) -> None:
    """Tell the local Bot API where updates go."""
    bot = Bot(environment["TELEGRAM_BOT_TOKEN"], base_url=f"{environment['TELEGRAM_API_URL']}/bot")
    try:
        async with bot:
            await bot.set_webhook(url, secret_token=environment["TELEGRAM_WEBHOOK_SECRET"])
    except TelegramError as error:
        raise Unavailable(f"the local chat did not take the webhook: {error.message}") from error


def local_identity(data: Path) -> dict[str, str]:
    """Return the token and the secret of the local chat's bot, made at the first start and kept."""
    path = data / "local.json"
    if not path.exists():
        made = {"token": f"{LOCAL_BOT_ID}:{secrets.token_urlsafe(26)}", "secret": secrets.token_urlsafe(32)}
        path.touch(mode=0o600)
        path.write_text(json.dumps(made), "utf-8")
    return dict(json.loads(path.read_text("utf-8")))


def _check_ports(settings: Settings) -> None:
    """Name every port that is taken, and the setting that changes it. Raises Misconfigured."""
    wanted = {"SNAPSPEND_PORT": settings.port}
    if settings.bot_token is None:
        wanted["SNAPSPEND_CHAT_PORT"] = settings.chat_port
    if len(set(wanted.values())) < len(wanted):
        raise Misconfigured(faults="SNAPSPEND_PORT and SNAPSPEND_CHAT_PORT must differ")
    taken = [
        f"port {port} is taken by another program; set {name} to a free one"
        for name, port in wanted.items()
        if port_taken(port)
    ]
    if taken:
        raise Misconfigured(faults="; ".join(taken))


@contextmanager
def only_one(path: Path) -> Iterator[None]:
    """Hold a lock file: one `snapspend up` a data folder. Raises Misconfigured while another process holds it."""
    with path.open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.seek(0)
            raise Misconfigured(
                faults=f"SnapSpend runs already with this data (process {file.read().strip()}); "
                "stop it, or set SNAPSPEND_DATA to another folder"
            ) from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield
        file.truncate(0)


def tell(part: str, kind: str, address: str) -> None:
    """Print one part's line."""
    say(f"  {part:<9} {kind:<30} {address}")


def say(line: str) -> None:
    """Print a line at once, so that whoever waits for it sees it."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
