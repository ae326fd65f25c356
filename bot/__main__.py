"""`python -m bot`: the worker; with --poll it also fetches updates from Telegram."""

from __future__ import annotations

import argparse
import asyncio
import logging
import sys
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Any

from telegram import MenuButtonWebApp, WebAppInfo
from telegram.error import BadRequest, InvalidToken, NetworkError

from bot import sentences
from bot.alive import beat
from bot.application import ChatApplication, build_application
from bot.assembly import Hands, assemble, sketches_of
from bot.handlers import COMMANDS
from bot.metrics import Metrics
from bot.poller import LONGEST_WAIT, pause, poll
from bot.worker import Worker
from core.adapters.rapidocr_reader import RapidOcrReader
from core.adapters.sketches import ProcessSketches
from core.adapters.wiring import open_stores
from core.errors import Misconfigured, Unavailable
from core.logs import configure_logging
from core.running import Stops, tell_ready
from core.settings import Settings

WORKER_CONNECTIONS = 20

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Manner:
    """How this worker works: whether it fetches updates, and at which address its figures are."""

    polls: bool = False
    figures_host: str = "127.0.0.1"


async def work(settings: Settings, manner: Manner, stop: asyncio.Event) -> None:
    """Run one worker until `stop` is set. Raises Misconfigured or Unavailable at start."""
    if settings.bot_token is None:
        raise Misconfigured(faults="TELEGRAM_BOT_TOKEN is not set; `snapspend up` brings a local chat")
    async with AsyncExitStack() as stack:
        stores = await stack.enter_async_context(open_stores(settings, WORKER_CONNECTIONS))
        reader = RapidOcrReader(processes=settings.reading_processes)
        stack.push_async_callback(reader.close)
        sketches, metrics = sketches_of(settings), Metrics()
        stack.push_async_callback(sketches.close)
        parts, bookkeeper = assemble(stores, settings, Hands(reader, sketches, metrics))
        application = build_application(settings.bot_token, settings.telegram_api, parts)
        await _reach_telegram(application, settings.public_url, stop)
        stack.push_async_callback(application.shutdown)
        worker = Worker(stores, application, bookkeeper, settings.reading_processes, metrics)
        if settings.worker_metrics_port is not None:
            metrics.serve(manner.figures_host, settings.worker_metrics_port)
        running = [_warm(reader, sketches), worker.run(stop), beat(stop)]
        if manner.polls:
            running.append(poll(application.bot, stores.inbox, stop))
        await _together(running)


async def _reach_telegram(application: ChatApplication, public_url: str | None, stop: asyncio.Event) -> None:
    """Greet Telegram, again and again while it is away; photos are kept meanwhile by the receivers.

    Raises Misconfigured when it does not know the token.
    """
    wait = 1.0
    while not stop.is_set():
        try:
            await application.initialize()
            await application.bot.set_my_commands(COMMANDS)
            if public_url is not None:
                await _set_menu(application, f"{public_url}/app")
            return
        except InvalidToken:
            raise Misconfigured(faults="TELEGRAM_BOT_TOKEN is not known to Telegram") from None
        except NetworkError as error:
            log.warning("Telegram does not answer (%s); trying again in %.0f s", type(error).__name__, wait)
            await pause(stop, wait)
            wait = min(LONGEST_WAIT, wait * 2)


async def _set_menu(application: ChatApplication, app: str) -> None:
    """Let the button beside the chat's input open the pages; without it all else works."""
    try:
        button = MenuButtonWebApp(sentences.MENU, WebAppInfo(app))
        await application.bot.set_chat_menu_button(menu_button=button)
    except BadRequest as error:
        log.warning("Telegram does not take %s for the menu button: %s", app, error.message)


async def _warm(reader: RapidOcrReader, sketches: ProcessSketches) -> None:
    """Load the models before the first photo needs them; the chat is answered meanwhile."""
    await sketches.warm()
    await reader.warm()
    tell_ready()


async def _together(parts: list[Coroutine[Any, Any, None]]) -> None:
    """Run coroutines until all are done; the first that fails ends the others and is raised."""
    try:
        async with asyncio.TaskGroup() as group:
            for part in parts:
                group.create_task(part)
    except BaseExceptionGroup as failures:
        raise failures.exceptions[0] from None


async def _main(arguments: argparse.Namespace) -> None:
    settings = Settings.from_environment()
    configure_logging(settings.log_level, "worker")
    manner = Manner(arguments.poll, arguments.figures_host)
    await work(settings, manner, Stops.of_process(arguments.with_parent).told)


def main() -> int:
    """Run the worker; 2 when the settings are wrong, 1 when a service it needs at start is away."""
    parser = argparse.ArgumentParser(prog="python -m bot", description=__doc__)
    parser.add_argument("--poll", action="store_true", help="fetch updates from Telegram (one worker only)")
    parser.add_argument(
        "--figures-host", default="127.0.0.1", help="where WORKER_METRICS_PORT listens (default: %(default)s)"
    )
    parser.add_argument("--with-parent", action="store_true", help="end when standard input is closed")
    try:
        asyncio.run(_main(parser.parse_args()))
    except (Misconfigured, Unavailable) as error:
        sys.stderr.write(f"{error.sentence} ({error})\n")
        return 2 if isinstance(error, Misconfigured) else 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
