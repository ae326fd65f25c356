"""`python -m webhook`: one receiver."""

from __future__ import annotations

import argparse
import asyncio
import sys

from aiohttp import web

from core.adapters.wiring import open_stores
from core.errors import Misconfigured, Unavailable
from core.logs import configure_logging
from core.running import stop_event, tell_ready
from core.settings import Settings
from webhook.application import build_application

RECEIVER_CONNECTIONS = 8


async def serve(settings: Settings, host: str, stop: asyncio.Event) -> None:
    """Serve until `stop` is set; requests in flight are finished. Raises Misconfigured, Unavailable or OSError."""
    async with open_stores(settings, RECEIVER_CONNECTIONS) as stores:
        runner = web.AppRunner(build_application(settings, stores), access_log=None)
        await runner.setup()
        try:
            await web.TCPSite(runner, host, settings.port).start()
            tell_ready()
            await stop.wait()
        finally:
            await runner.cleanup()


async def _main(arguments: argparse.Namespace) -> None:
    settings = Settings.from_environment()
    configure_logging(settings.log_level, "web-01")
    await serve(settings, arguments.host, stop_event(arguments.with_parent))


def main() -> int:
    """Run the receiver; 2 when the settings are wrong, 1 when something it needs at start is away or taken."""
    parser = argparse.ArgumentParser(prog="python -m webhook", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    parser.add_argument("--with-parent", action="store_true", help="end when standard input is closed")
    try:
        asyncio.run(_main(parser.parse_args()))
    except Misconfigured as error:
        sys.stderr.write(f"{error.sentence}\n")
        return 2
    except (Unavailable, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
