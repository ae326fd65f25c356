"""What the tests of albums share: photos of receipts, parts delivered as a test wants, and looks at the ledger."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count

from bot.sentences import ONE_RECEIPT
from core.adapters.wiring import Stores
from tests.conversation import SECRET, TOKEN, Conversation, written
from tests.owner import as_owner
from tests.person import PATIENCE, Body, Found, Person

ROWS = """
Green Grocer
12 Mill Lane, Springfield
18/11/2026 17:32
Apples                 3.20
Brown rice             2.45
Carrots                1.10
Dark chocolate         4.75
Eggs                   2.90
Flour                  1.85
Garlic                 0.80
Honey                  6.40
SUBTOTAL              23.45
TAX 10%                2.35
TOTAL               $ 25.80
CASH                  30.00
CHANGE                 4.20
""".strip().splitlines()
BAKERY_TEXT = """
Corner Bakery
1 High Street, Springfield
19/11/2026 08:41
Rye bread              4.20
Croissant              2.30
Coffee                 3.00
SUBTOTAL               9.50
TAX 10%                0.95
TOTAL               $ 10.45
"""
BAKERY, TOP, BOTTOM, END = (b"%PDF-1.4 " + name for name in (b"bakery", b"top", b"bottom", b"end"))
BOT = int(TOKEN.split(":")[0])
NUMBERS = count(1_000_000)


def teach(talk: Conversation) -> None:
    """Let the reader know these photos: the bottom overlaps the top, the end does not."""
    talk.reader.known |= {
        BAKERY: written(BAKERY_TEXT),
        TOP: written("\n".join(ROWS[:8])),
        BOTTOM: written("\n".join(ROWS[4:])),
        END: written("\n".join(ROWS[9:])),
    }


def has_button(text: str) -> Found:
    """Return what tells whether a message has a button with this text."""
    return lambda message: text in str(message.get("reply_markup"))


async def states(stores: Stores) -> list[str]:
    """Return the states of all receipts, in the order of the alphabet."""
    async with as_owner(stores) as connection:
        found = await connection.execute("select state from receipts order by state")
        return [row["state"] for row in await found.fetchall()]


async def counted(stores: Stores) -> str:
    """Return what the receipts that count come to."""
    async with as_owner(stores) as connection:
        found = await connection.execute("select sum(total) as total from receipts where state = 'read'")
        row = await found.fetchone()
    return str(row["total"]) if row else ""


def both_offer_one(messages: list[Body]) -> bool:
    """Return whether there are two answers, each with the button that joins them."""
    return len(messages) == 2 and all(ONE_RECEIPT in str(message) for message in messages)


async def until(person: Person, fits: Callable[[list[Body]], bool]) -> None:
    """Wait until there are messages of the bot and all of them are as wanted."""
    while not (messages := await person.answers()) or not fits(messages):
        await person.until(lambda event: True, PATIENCE)


async def idle(talk: Conversation, *queues: str) -> None:
    """Wait until no job is left in the queues of updates and readings, or in these."""
    async with asyncio.timeout(PATIENCE):
        for queue in queues or ("updates", "readings", "updates"):
            while list(await talk.stores.jobs.job_manager.list_jobs_async(queue=queue)):  # noqa: ASYNC110
                await asyncio.sleep(0.05)


async def make_older(stores: Stores, milliseconds: int) -> None:
    """Let the newest part of every album have come so much earlier."""
    async with as_owner(stores) as connection:
        await connection.execute(
            "update albums set last_part_at = last_part_at - %s * interval '1 millisecond'", [milliseconds]
        )


@dataclass
class Delivery:
    """Hands the parts of an album to the inbox, when and in which order a test wants."""

    talk: Conversation
    parts: list[Body]

    @classmethod
    async def of(cls, talk: Conversation, person: Person, *photos: bytes) -> Delivery:
        """Have a person send an album that Telegram does not deliver by itself."""
        bot = talk.application.bot
        address = (await bot.get_webhook_info()).url
        await bot.delete_webhook()
        parts = await person.send_file(*photos)
        await bot.set_webhook(address, secret_token=SECRET, drop_pending_updates=True)
        return cls(talk, parts)

    async def bring(self, part: int) -> Body:
        """Deliver one part as a new update and return the update."""
        update = {"update_id": next(NUMBERS), "message": self.parts[part]}
        await self.talk.stores.inbox.accept(BOT, update)
        return update
