"""A conversation as tests hold it: a person in the local chat, and the worker that answers them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.application import ChatApplication, build_application
from bot.context import Parts
from bot.doors import Doors, Rules, doors_of
from bot.worker import Worker
from core.adapters.database import build_pool
from core.adapters.local_chat_store import LocalChatStore, create_schema
from core.adapters.offline_extractor import OfflineExtractor
from core.adapters.wiring import Stores
from core.asking.asker import Asker
from core.errors import NoText, SnapSpendError
from core.ports import Reader
from core.reading_bookkeeper import ReadingBookkeeper
from core.receipt import Box, Line, Reading
from tests.owner import as_owner, owner_url
from tests.person import Person
from webhook.local_chat.app import build_app
from webhook.local_chat.context import Settings
from webhook.local_chat.faults import Faults
from webhook.metrics import Metrics
from webhook.receiver import Receiver

TOKEN = "1000001:" + "t" * 35
SECRET = "the-secret-of-these-tests"
TODAY = date(2026, 11, 23)


@dataclass
class RecordedReader:
    """A reader that knows what stands in a few photos (by their bytes), and fails as it is told to first."""

    known: dict[bytes, Reading | SnapSpendError] = field(default_factory=dict)
    failures: list[Exception] = field(default_factory=list)
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    read_photos: int = 0

    def __post_init__(self) -> None:
        """Let everything through until a test closes the gate."""
        self.gate.set()

    async def read(self, photo: bytes) -> Reading:
        """Return the recorded reading."""
        self.read_photos += 1
        await self.gate.wait()
        if self.failures:
            raise self.failures.pop(0)
        found = self.known.get(photo, NoText())
        if isinstance(found, SnapSpendError):
            raise found
        return found


def written(text: str) -> Reading:
    """Return a reading of printed lines; two spaces or more part what stands left from what stands right."""
    lines: list[Line] = []
    for row, printed in enumerate(text.strip().splitlines()):
        left, _, right = printed.strip().partition("  ")
        for part, start in ((left, 40), (right.strip(), 420)):
            if part:
                box = Box(left=start, top=row * 30, right=start + 11 * len(part), bottom=row * 30 + 22)
                lines.append(Line(text=part, box=box, score=0.98))
    return Reading(lines=tuple(lines), pages=((600, 900),), reader="recorded")


@dataclass
class Conversation:
    """Everything between a person and their ledger, in one process: local chat, receiver, worker."""

    stores: Stores
    reader: RecordedReader
    client: TestClient
    application: ChatApplication
    bookkeeper: ReadingBookkeeper
    faults: Faults

    @property
    def address(self) -> str:
        """Return where the local chat is."""
        return str(self.client.make_url("/")).rstrip("/")

    async def person(self, name: str = "Ada", language: str = "en") -> Person:
        """Open a chat."""
        return await Person.join(self.client.session, self.address, name, language)

    @asynccontextmanager
    async def working(self) -> AsyncIterator[None]:
        """Let a worker work meanwhile."""
        stop = asyncio.Event()
        worker = Worker(self.stores, self.application, self.bookkeeper, readings_at_once=2)
        running = asyncio.create_task(worker.run(stop))
        try:
            yield
        finally:
            stop.set()
            await running


def build_bookkeeper(stores: Stores, reader: Reader) -> ReadingBookkeeper:
    """Return a bookkeeper that reads with `reader` and thinks it is TODAY."""
    return ReadingBookkeeper(
        photos=stores.photos, intake=stores.ledger, ledger=stores.ledger, rules=stores.rules,
        reader=reader, extractor=OfflineExtractor(), today=lambda: TODAY,
    )  # fmt: skip


def build_parts(stores: Stores, bookkeeper: ReadingBookkeeper, doors: Doors | None) -> Parts:
    """Return what handlers work with, without any service of a cloud."""
    return Parts(
        stores.accounts, stores.ledger, stores.ledger, stores.photos, bookkeeper, stores.replies, stores.arranger,
        doors or doors_of(stores, Rules()), advisor=stores.advisor,
        asker=Asker(stores.answering), how_read=stores.how_read,
    )  # fmt: skip


@asynccontextmanager
async def conversation(
    stores: Stores, folder: Path, doors: Doors | None = None, made: tuple[Parts, ReadingBookkeeper] | None = None
) -> AsyncIterator[Conversation]:
    """Put the road together over fresh stores, or take what a test has `made`; nothing answers until a worker works."""
    async with as_owner(stores) as connection:
        await create_schema(connection)
    faults, reader = Faults(), RecordedReader()
    others = build_pool(owner_url(stores))
    local_chat = build_app(LocalChatStore(others), Settings(TOKEN, folder, retry_wait=lambda _: 0.05), faults)
    receiver = web.Application()
    receiver.router.add_post("/telegram", Receiver(stores.inbox, int(TOKEN.split(":")[0]), SECRET, Metrics()).on_update)
    async with others, TestClient(TestServer(local_chat)) as client, TestServer(receiver) as hook:
        bookkeeper = made[1] if made else build_bookkeeper(stores, reader)
        parts = made[0] if made else build_parts(stores, bookkeeper, doors)
        application = build_application(TOKEN, str(client.make_url("/")).rstrip("/"), parts)
        async with application:
            await application.bot.set_webhook(str(hook.make_url("/telegram")), secret_token=SECRET)
            yield Conversation(stores, reader, client, application, bookkeeper, faults)
