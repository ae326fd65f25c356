"""Starts the local chat: `python -m webhook.local_chat --database-url … --folder … --token …`."""

from __future__ import annotations

import argparse
import asyncio
import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from aiohttp import web

from core.adapters.database import build_pool, transaction
from core.adapters.local_chat_store import LocalChatStore, create_schema
from core.errors import SnapSpendError
from core.running import Stops, tell_ready
from core.settings import Settings
from webhook.local_chat.app import build_app
from webhook.local_chat.botapi import TOKEN
from webhook.local_chat.context import Settings as ChatSettings
from webhook.local_chat.guard import is_loopback


def parse(arguments: list[str]) -> argparse.Namespace:
    """Return the options; ends the program with a sentence when they are wrong."""
    parser = argparse.ArgumentParser(
        prog="python -m webhook.local_chat",
        description="A local stand-in for Telegram: a Bot API server and a chat page at /chat. Nothing leaves "
        "this machine.",
        epilog="Example: python -m webhook.local_chat --database-url postgresql://localhost/snapspend "
        "--folder ./chat-files --token 1000001:local --port 8081",
    )
    add = parser.add_argument
    add("--database-url", help="PostgreSQL; the schema local_chat is made in it (default: DATABASE_URL)")
    add("--folder", required=True, type=Path, help="where photos and documents are kept")
    add("--token", type=_token, help="the bot's token, as 1000001:anything (default: TELEGRAM_BOT_TOKEN)")
    add("--host", default="127.0.0.1", type=_loopback, help="a loopback address (%(default)s)")
    add("--port", default=8081, type=int, help="where to listen (%(default)s)")
    add("--control", action="store_true", help="let tests ask for faults at /control/faults")
    add("--with-parent", action="store_true", help="end when standard input is closed")
    options = parser.parse_args(arguments)
    return _completed(parser, options)


def _completed(parser: argparse.ArgumentParser, options: argparse.Namespace) -> argparse.Namespace:
    """Take from the environment what was not given: what others may not see belongs there."""
    settings = Settings.from_environment()
    options.database_url = options.database_url or settings.database_url
    options.token = options.token or settings.bot_token
    if not options.database_url or not options.token:
        parser.error("give --database-url and --token, or set DATABASE_URL and TELEGRAM_BOT_TOKEN")
    return options


def _loopback(host: str) -> str:
    if not is_loopback(host):
        raise argparse.ArgumentTypeError("the local chat is for this machine only: give 127.0.0.1 or ::1")
    return host


def _token(token: str) -> str:
    if not re.fullmatch(TOKEN, token):
        raise argparse.ArgumentTypeError("a token is digits, a colon, and letters, digits, _ or -")
    return token


@asynccontextmanager
async def running(options: argparse.Namespace) -> AsyncIterator[str]:
    """Run the local chat and lend its address. Raises Unavailable (no database) or OSError (port taken)."""
    async with build_pool(options.database_url) as pool:
        async with transaction(pool) as connection:
            await create_schema(connection)
        settings = ChatSettings(options.token, options.folder, control=options.control)
        runner = web.AppRunner(build_app(LocalChatStore(pool), settings), shutdown_timeout=5, access_log=None)
        await runner.setup()
        try:
            await web.TCPSite(runner, options.host, options.port).start()
            host = f"[{options.host}]" if ":" in options.host else options.host
            yield f"http://{host}:{runner.addresses[0][1]}"
        finally:
            await runner.cleanup()


async def serve(options: argparse.Namespace) -> None:
    """Run until interrupted or told to end."""
    async with running(options) as address:
        sys.stdout.write(f"local chat  {address}/chat\n")
        sys.stdout.flush()
        tell_ready()
        await Stops.of_process(options.with_parent).told.wait()


def main() -> None:
    """Read the options and serve; exit 2 with a sentence when that cannot be."""
    options = parse(sys.argv[1:])
    try:
        asyncio.run(serve(options))
    except OSError as error:
        sys.exit(f"local chat: port {options.port} cannot be used ({error}); choose another with --port")
    except SnapSpendError as error:
        sys.exit(f"local chat: {error}")


if __name__ == "__main__":
    main()
