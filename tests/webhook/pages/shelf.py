"""A person at their receipts' pages: signed in, with receipts that were read from pictures drawn here."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from uuid import UUID

from PIL import Image, ImageDraw, ImageFont

from core.accounts import Account, TelegramUser
from core.adapters.wiring import Stores
from core.errors import SnapSpendError
from core.ports import Filed
from core.reading_bookkeeper import ReadingBookkeeper
from core.receipt import Receipt
from tests.conversation import RecordedReader, build_bookkeeper, written
from tests.webhook.pages.browser import Browser

NUMBERS = itertools.count(1)
SENT = date(2026, 11, 20)
CAFE = """
CORNER CAFE
2026-10-03  No. 4711
Coffee  3.50
Croissant  2.80
Cake  4.20
Subtotal  10.50
Sales tax 8.00%  0.84
TOTAL  EUR 11.34
Paid with Visa
"""


def drawn(text: str) -> bytes:
    """Return a picture of printed lines, each where `tests.conversation.written` says that it stands."""
    picture = Image.new("RGB", (600, 900), "white")
    draw, font = ImageDraw.Draw(picture), ImageFont.load_default(20)
    for line in written(text).lines:
        if line.box is not None:
            draw.text((line.box.left, line.box.top - 2), line.text, "black", font)
    draw.text((1, 880), str(next(NUMBERS)), "#eeeeee", font)  # no two photos are the same
    kept = BytesIO()
    picture.save(kept, "JPEG")
    return kept.getvalue()


@dataclass
class Shelf:
    """An account's receipts, and a browser in which it is signed in."""

    stores: Stores
    account: Account
    browser: Browser
    reader: RecordedReader
    bookkeeper: ReadingBookkeeper

    @classmethod
    async def of(cls, stores: Stores, browser: Browser, number: int = 7) -> Shelf:
        """Open an account and sign it in."""
        account = await stores.accounts.of(TelegramUser(number, "Ada"))
        browser.plant("session", await stores.sessions.open(account.id, "Firefox", "chat"))
        reader = RecordedReader()
        return cls(stores, account, browser, reader, build_bookkeeper(stores, reader))

    async def keep(self, text: str | SnapSpendError = CAFE, photo: bytes | None = None) -> UUID:
        """Send a photo that shows a text, or that fails to be read."""
        kept = photo or drawn(text if isinstance(text, str) else "nothing")
        self.reader.known[kept] = written(text) if isinstance(text, str) else text
        return await self.bookkeeper.keep(self.account, kept, f"test:{next(NUMBERS)}", SENT)

    async def read(self, text: str | SnapSpendError = CAFE, photo: bytes | None = None) -> UUID:
        """Send a photo and have it read."""
        receipt = await self.keep(text, photo)
        await self.bookkeeper.read(self.account, receipt)
        return receipt

    async def filed(self, receipt: UUID) -> Filed:
        """Return a receipt as the ledger has it."""
        found = await self.stores.ledger.find(self.account.id, receipt)
        assert found is not None
        return found

    async def receipt(self, receipt: UUID) -> Receipt:
        """Return what a receipt says."""
        found = (await self.filed(receipt)).receipt
        assert found is not None
        return found

    def listed(self) -> list[str]:
        """Return the merchants on the list that the browser shows, in their order."""
        return re.findall(r'class="who"><bdi>([^<]*)</bdi>', self.browser.text)


def bill(merchant: str, day: str = "2026-10-03", total: str = "EUR 9.90", more: str = "") -> str:
    """Return the text of a small receipt."""
    return f"{merchant}\n{day}\nThing  {total.split()[-1]}\n{more}\nTOTAL  {total}"
