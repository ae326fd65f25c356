"""A long receipt in two photos, with a model: each page is drawn from its own photo, and all that left is known."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from core.adapters.offline_extractor import OfflineExtractor
from core.adapters.wiring import Stores
from core.cloud import Cloud, Order
from core.reading_bookkeeper import ReadingBookkeeper
from core.receipt import Receipt
from tests.album import BOTTOM, TOP, counted, teach
from tests.cloud.memory import MemorySketches, ToldExtractor
from tests.conversation import TODAY, RecordedReader, build_parts, conversation
from tests.person import said


async def test_an_album_s_pages_go_out_as_one_receipt(stores: Stores, tmp_path: Path) -> None:
    """Once joined: two pictures, from the two photos, and one answer that adds up."""
    model, sketches, reader = ToldExtractor(Receipt(total=Decimal("25.80"))), MemorySketches(), RecordedReader()
    order = Order(extractors=("gemini", "local"))
    cloud = Cloud(order, sketches, stores.rests, lambda: datetime.now(UTC), extractor=model)
    books = ReadingBookkeeper(
        photos=stores.photos, intake=stores.ledger, ledger=stores.ledger, rules=stores.rules, reader=reader,
        extractor=OfflineExtractor(), cloud=cloud, departures=stores.departures, today=lambda: TODAY,
    )  # fmt: skip
    async with conversation(stores, tmp_path / "chat", made=(build_parts(stores, books, None), books)) as talk:
        talk.reader = reader
        teach(talk)
        async with talk.working():
            ada = await talk.person()
            await ada.send_file(TOP, BOTTOM)
            answer = await ada.until_said("25.80")
    assert "From 2 photos" in said(answer)
    assert "Read by Gemini" in said(answer)
    assert await counted(stores) == "25.80"
    assert {photo for photo, _ in sketches.asked[-2:]} == {TOP, BOTTOM}  # drawn beside each other
    assert len(model.pictures[-1]) == 2
    account = (await stores.people.people())[0].account
    joined = next(filed for filed in (await stores.ledger.newest(account, 9, 0))[0] if filed.joins)
    assert len(await stores.departures.of_receipt(account, [joined.id])) == 3
