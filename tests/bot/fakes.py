"""A ledger in memory, a chat that remembers what was said, and receipts to fill them with: for unit tests only."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any, cast
from uuid import UUID

from telegram import InlineKeyboardMarkup, Update
from telegram.ext import Application, ApplicationBuilder, ContextTypes, ExtBot
from telegram.request import BaseRequest, RequestData

from bot.context import ChatContext, Making, Parts
from bot.handlers import add_handlers
from core.accounts import Account, TelegramUser
from core.bookkeeper import Bookkeeper
from core.ports import DaySum, Filed, Intake, State, Sum
from core.receipt import Category, Doubt, LineItem, Reading, Receipt
from core.rules import Rule, merchant_key
from tests.sketches import RememberedSketches

TODAY = date(2026, 10, 18)
ACCOUNT = Account(UUID(int=1))
PERSON = {"id": 7, "is_bot": False, "first_name": "Ada", "language_code": "en"}
BOT = {"id": 42, "is_bot": True, "first_name": "SnapSpend", "username": "snapspend_bot"}


def coffee(**changes: Any) -> Receipt:
    """Return a receipt of two lines that adds up: 5.00 + 2.50 = 7.50 euro."""
    made = Receipt(
        merchant="Corner Café",
        bought_on=date(2026, 10, 3),
        currency="EUR",
        total=Decimal("7.50"),
        category=Category.EATING_OUT,
        items=(
            LineItem(description="Espresso", quantity=Decimal(2), total=Decimal("5.00")),
            LineItem(description="Croissant", total=Decimal("2.50")),
        ),
    )
    return made.model_copy(update=changes)


def filed(number: int = 100, receipt: Receipt | None = None, **changes: Any) -> Filed:
    """Return a read receipt of the account; its id is made of `number`."""
    made = Filed(UUID(int=number), ACCOUNT.id, State.READ, f"photo-{number}", TODAY, receipt or coffee())
    return replace(made, **changes)


def doubtful(*doubts: Doubt, **changes: Any) -> Filed:
    """Return a read receipt with doubts."""
    return filed(receipt=coffee(doubts=doubts, **changes))


class MemoryLedger:
    """Receipts in a dictionary: the ports Ledger and Figures."""

    def __init__(self, *receipts: Filed) -> None:
        """Begin with these receipts."""
        self.receipts = {one.id: one for one in receipts}
        self.readings: dict[UUID, Reading] = {}

    async def find(self, account: UUID, receipt: UUID) -> Filed | None:
        """Return one receipt of the account."""
        found = self.receipts.get(receipt)
        return found if found and found.account == account else None

    async def newest(self, account: UUID, limit: int, offset: int) -> tuple[list[Filed], int]:
        """Return read receipts, latest first."""
        read = sorted(self._read(account), key=lambda one: one.counted_on, reverse=True)
        return read[offset : offset + limit], len(read)

    async def waiting(self, account: UUID) -> int:
        """Return how many wait."""
        return sum(one.state is State.WAITING for one in self.receipts.values() if one.account == account)

    async def alike(self, filed: Filed) -> list[Filed]:
        """Return none: no test here is about duplicates."""
        return []

    async def due(self, account: UUID, until: date, limit: int) -> list[Filed]:
        """Return unpaid receipts that are due, soonest first."""
        bills = [(one.receipt.due_on, one) for one in self._read(account) if one.receipt and one.receipt.due_on]
        due = sorted((bill for bill in bills if bill[0] <= until), key=lambda bill: bill[0])
        return [one for _, one in due if one.paid_on is None][:limit]

    async def every(self, account: UUID, states: Sequence[State] = (State.READ,)) -> AsyncIterator[Filed]:
        """Yield read receipts."""
        for one in self._read(account):
            yield one

    async def save(self, filed: Filed, reading: Reading | None) -> None:
        """Keep the receipt as it is."""
        self.receipts[filed.id] = filed

    async def reading(self, account: UUID, receipt: UUID) -> Reading | None:
        """Return what a test says that was read."""
        return self.readings.get(receipt)

    async def sums(self, account: UUID, since: date, until: date) -> list[Sum]:
        """Return sums by currency, category and merchant."""
        groups: dict[tuple[str | None, str, str | None], list[Decimal]] = defaultdict(list)
        for receipt in self._within(account, since, until):
            key = (receipt.currency, receipt.category or Category.OTHER, receipt.merchant)
            groups[key].append(receipt.total or Decimal(0))
        return [Sum(*key, len(totals), sum(totals, Decimal(0))) for key, totals in groups.items()]

    async def by_day(self, account: UUID, since: date, until: date) -> list[DaySum]:
        """Return sums by day and currency."""
        found = self._within(account, since, until)
        return [DaySum(one.bought_on or since, one.currency, one.total or Decimal(0)) for one in found]

    async def totals(self, account: UUID, since: date, until: date) -> dict[str | None, Decimal]:
        """Return the sum in each currency."""
        totals: dict[str | None, Decimal] = {}
        for day in await self.by_day(account, since, until):
            totals[day.currency] = totals.get(day.currency, Decimal(0)) + day.total
        return totals

    def _read(self, account: UUID) -> list[Filed]:
        return [one for one in self.receipts.values() if one.account == account and one.state is State.READ]

    def _within(self, account: UUID, since: date, until: date) -> list[Receipt]:
        return [
            one.receipt
            for one in self._read(account)
            if one.receipt and one.receipt.total is not None and since <= one.counted_on <= until
        ]


class MemoryPhotos:
    """Pictures in a dictionary: the port Photos."""

    def __init__(self) -> None:
        """Begin empty."""
        self.kept: dict[str, bytes] = {}

    async def keep(self, account: UUID, photo: bytes) -> str:
        """Keep the bytes."""
        key = f"photo-{len(self.kept)}"
        self.kept[key] = photo
        return key

    async def fetch(self, key: str) -> bytes:
        """Return the bytes."""
        return self.kept[key]

    async def address(self, key: str, seconds: int = 60, name: str = "photo") -> str | None:
        """Return None: there are no addresses."""
        return None

    async def remove(self, keys: Sequence[str]) -> None:
        """Forget photos."""
        for key in keys:
            self.kept.pop(key, None)

    async def remove_all(self, account: UUID) -> None:
        """Forget all photos."""
        self.kept.clear()


class MemoryRules:
    """Rules in a dictionary: the port Rules."""

    def __init__(self, *rules: Rule) -> None:
        """Begin with these."""
        self.rules = {rule.merchant_key: rule for rule in rules}

    async def find(self, account: UUID, merchant: str) -> str | None:
        """Return where the receipts of a merchant go."""
        rule = self.rules.get(merchant_key(merchant))
        return rule.category if rule else None

    async def learn(self, account: UUID, merchant: str, category: str) -> None:
        """Remember it."""
        key = merchant_key(merchant)
        self.rules[key] = Rule(key, merchant, category)

    async def all(self, account: UUID) -> list[Rule]:
        """Return all of them."""
        return list(self.rules.values())

    async def forget(self, account: UUID, merchant_key: str) -> bool:
        """Forget one."""
        return self.rules.pop(merchant_key, None) is not None


class OneAccount:
    """The port Accounts: everyone has the same one."""

    async def of(self, person: TelegramUser) -> Account:
        """Return the account."""
        return ACCOUNT


@dataclass
class Said:
    """One thing the bot did in the chat: say, show, hand over, change, toast, receive."""

    how: str
    text: str = ""
    keyboard: InlineKeyboardMarkup | None = None
    file: bytes = b""

    def buttons(self) -> dict[str, str]:
        """Return the buttons as text to callback data."""
        rows = self.keyboard.inline_keyboard if self.keyboard else ()
        return {one.text: str(one.callback_data) for row in rows for one in row}


def how(said: list[Said]) -> list[tuple[str, str]]:
    """Return what was done and the words of it."""
    return [(one.how, one.text) for one in said]


@dataclass
class Chat:
    """A private chat with the bot's real handlers: updates go in, what it did comes out."""

    application: Application[Any, Any, Any, Any, Any, Any]
    ledger: MemoryLedger
    photos: MemoryPhotos
    rules: MemoryRules
    said: list[Said] = field(default_factory=list)
    sketches: RememberedSketches = field(default_factory=RememberedSketches)

    async def send(self, **message: Any) -> list[Said]:
        """Send a message with these fields; give what the bot did then."""
        return await self.update(message=_message(message))

    async def press(self, data: str, **query: Any) -> list[Said]:
        """Press a button with this callback data; give what the bot did then."""
        message = _message({"text": "…", "from": BOT})
        pressed = {"id": "1", "from": PERSON, "chat_instance": "1", "data": data, "message": message}
        return await self.update(callback_query={**pressed, **query})

    async def update(self, **update: Any) -> list[Said]:
        """Hand one update to the handlers; give what the bot did then. Raises what a handler raised."""
        before = len(self.said)
        made = Update.de_json({"update_id": 1, **update}, self.application.bot)
        await self.application.process_update(made)
        failures = cast("list[Exception]", self.application.bot_data["failures"])
        if failures:
            raise failures.pop()
        return self.said[before:]


class RememberingContext(ChatContext):
    """The handlers' context; it writes down what would be sent."""

    @classmethod
    def from_update(cls, update: object, application: Application[Any, Any, Any, Any, Any, Any]) -> RememberingContext:
        """Return a context of the chat's account."""
        context = cast("RememberingContext", super().from_update(update, application))
        context.account, context.today = context.bot_data["account"], TODAY
        context.recognise()
        return context

    def _remember(self, *what: Any) -> None:
        self.bot_data["said"].append(Said(*what))

    async def say(self, text: str, keyboard: InlineKeyboardMarkup | None = None) -> None:
        """Write down a message."""
        self._remember("say", text, keyboard)

    async def say_made(self, make: Making) -> None:
        """Write down a message."""
        self._remember("say", *await make())

    async def refuse(self, make: Making) -> None:
        """Write down a message."""
        self._remember("say", *await make())

    async def show(self, picture: bytes, caption: str, keyboard: InlineKeyboardMarkup | None = None) -> None:
        """Write down a picture."""
        self._remember("show", caption, keyboard, picture)

    async def hand_over(self, file: bytes, name: str, caption: str) -> None:
        """Write down a file, under its name."""
        self._remember("hand over", name, None, file)

    async def change(self, text: str, keyboard: InlineKeyboardMarkup | None = None) -> None:
        """Write down an edit."""
        self._remember("change", text, keyboard)

    async def toast(self, text: str = "") -> None:
        """Write down a toast."""
        self._remember("toast", text)

    async def receive(self, file_id: str, caption: str | None) -> None:
        """Write down which file was to be received."""
        self._remember("receive", file_id)

    async def receive_sample(self) -> None:
        """Write down that the sample was to be received."""
        self._remember("receive", "the sample")

    async def receipt_in(self, message_id: int) -> UUID | None:
        """Return the receipt of message 500, which shows receipt 100."""
        return UUID(int=100) if message_id == 500 else None


class NoNetwork(BaseRequest):
    """Answers getMe, which an application asks at its start, and nothing else."""

    read_timeout = None

    async def initialize(self) -> None:
        """Do nothing."""

    async def shutdown(self) -> None:
        """Do nothing."""

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *rest: Any, **more: Any
    ) -> tuple[int, bytes]:
        """Answer getMe."""
        assert url.endswith("/getMe"), f"a handler went round its context: {url}"
        return 200, json.dumps({"ok": True, "result": BOT}).encode()


async def open_chat(*receipts: Filed, account: Account = ACCOUNT) -> Chat:
    """Return an account's chat whose ledger holds these receipts."""
    ledger, photos, rules = MemoryLedger(*receipts), MemoryPhotos(), MemoryRules()
    nothing = cast("Any", None)
    bookkeeper = Bookkeeper(photos, cast("Intake", nothing), ledger, rules, lambda: TODAY)
    bot: ExtBot[None] = ExtBot("42:secret", request=NoNetwork(), get_updates_request=NoNetwork())
    types = ContextTypes(context=RememberingContext)
    application = ApplicationBuilder().bot(bot).updater(None).context_types(types).build()
    chat = Chat(application, ledger, photos, rules)
    parts = Parts(cast("Any", OneAccount()), ledger, ledger, photos, bookkeeper, nothing, nothing, nothing)
    parts = replace(parts, sketches=chat.sketches)
    application.bot_data.update(parts=parts, account=account, said=chat.said, failures=[])
    add_handlers(application)
    application.add_error_handler(_remember_failure)
    await application.initialize()
    return chat


async def _remember_failure(update: object, context: Any) -> None:
    context.bot_data["failures"].append(context.error)


def _message(fields: dict[str, Any]) -> dict[str, Any]:
    chat = {"id": 7, "type": "private", "first_name": "Ada"}
    made = {"message_id": 9, "date": 1_792_000_000, "chat": chat, "from": PERSON, **fields}
    text = str(made.get("text", ""))
    if text.startswith("/"):
        made["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}]
    return made
