"""A stand-in for Telegram under load: it delivers by Telegram's own rules, and remembers what the bot says."""

from __future__ import annotations

import asyncio
import json
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer

from webhook.receiver import SECRET_HEADER

BOT_ID = 4_242_424_242
TOKEN = f"{BOT_ID}:{'L' * 35}"
SECRET = "the-secret-of-these-proofs"
BOT = {"id": BOT_ID, "is_bot": True, "first_name": "SnapSpend", "username": "snapspend_bot"}
CONNECTIONS = 40
"""setWebhook's default for max_connections."""
IDLE_SECONDS = 60.0
"""After so long without an answer Telegram closes the connection and tries again."""
FIRST_CHAT = 7_000_000
FIRST_UPDATE = 600_000_000
MOMENT = 1_790_000_000
"""When every message was sent: 2026, in seconds since 1970."""


@dataclass(frozen=True)
class Load:
    """How many updates of how many chats, and how many of them a second fall due."""

    updates: int
    chats: int
    rate: float

    def of_chat(self, chat: int) -> Iterator[int]:
        """Return the numbers of a chat's updates, in order: 0 … updates - 1 are dealt to the chats in turn."""
        return iter(range(chat, self.updates, self.chats))


def update(number: int, load: Load) -> dict[str, Any]:
    """Return update `number`: a command that nobody knows, so that the answer repeats it."""
    chat = FIRST_CHAT + number % load.chats
    command = f"/nothing{number}"
    message = {
        "message_id": number // load.chats + 1,
        "date": MOMENT,
        "chat": {"id": chat, "type": "private", "first_name": "Ada"},
        "from": {"id": chat, "is_bot": False, "first_name": "Ada", "language_code": "en"},
        "text": command,
        "entities": [{"type": "bot_command", "offset": 0, "length": len(command)}],
    }
    return {"update_id": FIRST_UPDATE + number, "message": message}


def retry_waits() -> Iterator[float]:
    """Return Telegram's waits after a failure: again at once, then 2, 4, 8 … 60 seconds."""
    yield 0.0
    wait = 2.0
    while True:
        yield wait
        wait = min(60.0, wait * 2)


@dataclass
class Deliveries:
    """Delivers a load to a webhook: one update of a chat in flight, the next only after 2xx."""

    url: str
    load: Load
    errors: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    _progress: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def run(self) -> None:
        """Deliver everything, however often that takes."""
        began = time.monotonic()
        connector = aiohttp.TCPConnector(limit=CONNECTIONS, keepalive_timeout=50)
        headers = {SECRET_HEADER: SECRET, "Content-Type": "application/json"}
        patience = aiohttp.ClientTimeout(total=IDLE_SECONDS)
        async with aiohttp.ClientSession(connector=connector, headers=headers, timeout=patience) as session:
            await asyncio.gather(*(self._deliver_chat(session, chat, began) for chat in range(self.load.chats)))

    async def reached(self, delivered: int) -> None:
        """Wait until so many updates were taken."""
        async with self._progress:
            await self._progress.wait_for(lambda: len(self.seconds) >= delivered)

    async def _deliver_chat(self, session: aiohttp.ClientSession, chat: int, began: float) -> None:
        for number in self.load.of_chat(chat):
            await asyncio.sleep(began + number / self.load.rate - time.monotonic())
            body = json.dumps(update(number, self.load)).encode()
            waits = retry_waits()
            while not await self._try(session, body):  # noqa: ASYNC110 - these waits are Telegram's
                await asyncio.sleep(next(waits))

    async def _try(self, session: aiohttp.ClientSession, body: bytes) -> bool:
        began = time.monotonic()
        try:
            async with session.post(self.url, data=body) as answer:
                await answer.read()
                problem = "" if 200 <= answer.status < 300 else str(answer.status)
        except (aiohttp.ClientError, TimeoutError) as error:
            problem = type(error).__name__
        if problem:
            self.errors.append(problem)
            return False
        async with self._progress:
            self.seconds.append(time.monotonic() - began)
            self._progress.notify_all()
        return True


@dataclass
class BotApi:
    """The Bot API as far as a worker needs it; remembers every text, by chat, in the order in which it came."""

    said: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    address: str = ""
    _ids: Iterator[int] = field(default_factory=lambda: count(1))
    _progress: asyncio.Condition = field(default_factory=asyncio.Condition)

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[BotApi]:
        """Serve on a free port of this machine."""
        application = web.Application()
        application.router.add_route("*", "/bot{token}/{method}", self._on_call)
        async with TestServer(application) as server:
            self.address = str(server.make_url("/")).rstrip("/")
            yield self

    def total(self) -> int:
        """Return how many messages were sent."""
        return sum(len(texts) for texts in self.said.values())

    def chats_done(self, load: Load) -> bool:
        """Tell whether every chat has at least as many messages as it had updates, and its last update's answer."""
        return all(self._done(chat, load) for chat in range(load.chats))

    def _done(self, chat: int, load: Load) -> bool:
        """Tell whether a chat's last update was answered, or every update has a message (a note, that is)."""
        asked, texts = list(load.of_chat(chat)), self.said[FIRST_CHAT + chat]
        return len(texts) >= len(asked) and (any(f"/nothing{asked[-1]}." in text for text in texts[-3:]))

    async def until(self, enough: Callable[[], bool], seconds: float) -> None:
        """Wait until `enough`, which is asked after every message. Raises TimeoutError."""
        async with asyncio.timeout(seconds), self._progress:
            await self._progress.wait_for(enough)

    async def _on_call(self, request: web.Request) -> web.Response:
        if request.match_info["token"] != TOKEN:
            return _refusal(401, "Unauthorized")
        method = request.match_info["method"]
        if method == "getMe":
            return _result(BOT)
        if method == "setMyCommands":
            return _result(True)
        if method == "sendMessage":
            return await self._on_message(await request.post())
        return _refusal(404, "Not Found: method not found")

    async def _on_message(self, given: Any) -> web.Response:
        chat, text = int(given["chat_id"]), str(given["text"])
        if not 0 < len(text) <= 4096:
            return _refusal(400, "Bad Request: message is too long")
        async with self._progress:
            self.said[chat].append(text)
            self._progress.notify_all()
        place = {"id": chat, "type": "private", "first_name": "Ada"}
        return _result({"message_id": next(self._ids), "from": BOT, "chat": place, "date": MOMENT, "text": text})


def _result(result: Any) -> web.Response:
    return web.json_response({"ok": True, "result": result})


def _refusal(code: int, description: str) -> web.Response:
    return web.json_response({"ok": False, "error_code": code, "description": description}, status=code)
