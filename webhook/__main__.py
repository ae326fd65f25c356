"""`python -m webhook`: one receiver."""

from __future__ import annotations

import argparse
import asyncio
import sys
from dataclasses import dataclass

from aiohttp import web

from core.adapters.wiring import open_stores
from core.errors import Misconfigured, Unavailable
from core.logs import configure_logging
from core.running import Stops, tell_ready
from core.settings import Settings
from webhook.application import SHIFT, build_application

RECEIVER_CONNECTIONS = 8
RECEIVER_PATIENCE = 0.8
"""Seconds to wait for the database: shorter than HAProxy waits for a check, so that 503 tells it the reason."""
SHUTDOWN_SECONDS = 10.0
DRAIN_SECONDS = 2.0
"""Longer than HAProxy takes to see that we are not ready: two checks, half a second apart."""


@dataclass(frozen=True)
class Address:
    """Where to listen."""

    host: str
    port: int


async def serve(settings: Settings, address: Address, stops: Stops) -> None:
    """Serve until told to stop; then take no new work, finish what is in flight, and end.

    Raises Misconfigured, Unavailable or OSError (the port is taken).
    """
    async with open_stores(settings, RECEIVER_CONNECTIONS, RECEIVER_PATIENCE) as stores:
        application = build_application(settings, stores)
        runner = web.AppRunner(application, access_log=None, shutdown_timeout=SHUTDOWN_SECONDS)
        await runner.setup()
        try:
            await web.TCPSite(runner, address.host, address.port).start()
            tell_ready()
            await stops.told.wait()
            application[SHIFT].draining = True
            await stops.hurry(DRAIN_SECONDS)
        finally:
            await runner.cleanup()


async def _main(arguments: argparse.Namespace) -> None:
    settings = Settings.from_environment()
    configure_logging(settings.log_level, arguments.name)
    address = Address(arguments.host, arguments.port or settings.port)
    await serve(settings, address, Stops.of_process(arguments.with_parent))


def main() -> int:
    """Run the receiver; 2 when the settings are wrong, 1 when something it needs at start is away or taken."""
    parser = argparse.ArgumentParser(prog="python -m webhook", description=__doc__)
    parser.add_argument("--name", default="web-01", help="what it is called in logs (default: %(default)s)")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    parser.add_argument("--port", type=int, help="port to listen on (default: SNAPSPEND_PORT)")
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
