"""`snapspend up`: starts every part on this machine, watches over them, and ends them together."""

from __future__ import annotations

import argparse
import asyncio
import fcntl
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import psycopg

from bot.supervisor import port_free, port_taken
from bot.topology import say, supervise, tell
from core.adapters.embedded_postgres import EmbeddedPostgres
from core.adapters.migrate import migrate_as
from core.errors import Misconfigured, Unavailable
from core.settings import Settings

EPILOG = """examples:
  snapspend up
  SNAPSPEND_DATA=~/receipts SNAPSPEND_PORT=9000 snapspend up
  TELEGRAM_BOT_TOKEN=123456:ABC… snapspend up     answer in Telegram in place of the local chat
  PUBLIC_URL=https://receipts.example TELEGRAM_BOT_TOKEN=… snapspend up
                                                  let Telegram deliver there, in place of fetching

Ctrl-C ends everything. What was sent, read and saved is there again at the next start.
"""


def add_parser(commands: Any) -> None:
    """Add the command to the command line."""
    parser = commands.add_parser(
        "up",
        help="start everything on this machine",
        description="Starts the database, two receivers behind HAProxy, a worker and, without a token, the local chat.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Run until Ctrl-C. Raises Misconfigured or Unavailable when it cannot start."""
    settings = Settings.from_environment()
    with ExitStack() as stack:
        stack.enter_context(only_one(settings.data))
        _check_ports(settings)
        say(f"SnapSpend keeps its data in {settings.data}")
        server = _database(settings, stack)
        owner = server.address if server else settings.database_owner_url
        if owner is not None:
            asyncio.run(migrate_as(owner))
        return asyncio.run(supervise(settings, server))


def _database(settings: Settings, stack: ExitStack) -> EmbeddedPostgres | None:
    """Start the embedded database, or see that the one of DATABASE_URL answers. Raises Unavailable."""
    if settings.database_url is None:
        server = EmbeddedPostgres(settings.data / "postgres")
        stack.callback(server.stop)
        server.start()
        tell("database", "PostgreSQL 18, embedded", str(settings.data / "postgres"))
        return server
    try:
        psycopg.connect(settings.database_url, connect_timeout=10).close()
    except psycopg.OperationalError:
        raise Unavailable("the database of DATABASE_URL does not answer; see `snapspend doctor`") from None
    tell("database", "yours (DATABASE_URL)", "")
    return None


def _check_ports(settings: Settings) -> None:
    """Name every port that is taken, and the setting that changes it. Raises Misconfigured."""
    wanted = {"SNAPSPEND_PORT": settings.port}
    if settings.ops_port is not None:
        wanted["SNAPSPEND_OPS_PORT"] = settings.ops_port
    if settings.bot_token is None:
        wanted["SNAPSPEND_CHAT_PORT"] = settings.chat_port
    if len(set(wanted.values())) < len(wanted):
        raise Misconfigured(faults=f"{', '.join(wanted)} must differ")
    taken = [
        f"port {port} is {'taken by another program' if port_taken(port) else 'only for root'}; set {name} to another"
        for name, port in wanted.items()
        if not port_free(port)
    ]
    if taken:
        raise Misconfigured(faults="; ".join(taken))


@contextmanager
def only_one(data: Path) -> Iterator[None]:
    """Make the data folder and hold its lock file: one `snapspend up` a folder.

    Raises Misconfigured while another process holds it, or when the folder cannot be used.
    """
    try:
        data.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = (data / "up.pid").open("a+", encoding="utf-8")
    except OSError as error:
        faults = f"SNAPSPEND_DATA: {data} cannot be used ({error.strerror}); name a folder that you may write to"
        raise Misconfigured(faults=faults) from None
    with lock as file:
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
