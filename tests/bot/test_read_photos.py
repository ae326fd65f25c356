"""Many photos are read beside each other, in order, and never more of them at once than is said."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from pathlib import Path

import pytest

from bot.read_photos import in_order, processes_for
from core.adapters.offline_extractor import OfflineExtractor
from core.errors import Broken, NotAReceipt
from core.ports import Hints
from core.receipt import Line, Reading, Receipt
from core.road import Road
from tests.core.test_several import BAKERY, GROCER, beside


class Slips:
    """A reader of slips of paper that are text files; it counts how many it has begun and how many are in hand."""

    def __init__(self) -> None:
        self.begun = self.in_hand = self.most = 0

    async def read(self, photo: bytes) -> Reading:
        """Return the lines; the longer a slip, the sooner it is read. Raises Broken for one without a line."""
        self.begun += 1
        self.in_hand += 1
        self.most = max(self.most, self.in_hand)
        try:
            await asyncio.sleep(0.02 / (1 + len(photo)))
        finally:
            self.in_hand -= 1
        if not photo:
            raise Broken
        return Reading(lines=tuple(Line(text=text) for text in photo.decode().splitlines()), reader="slips")


def slips(folder: Path, count: int) -> list[Path]:
    """Write so many slips, each with its number as the total; every seventh is empty."""
    for number in range(count):
        text = f"CORNER SHOP\n{'Thank you ' * (number % 5)}\nTOTAL {number}.50\n"
        (folder / f"{number:03}.txt").write_text(text if number % 7 else "")
    return sorted(folder.iterdir())


async def test_photos_come_in_order_whichever_is_read_first(tmp_path: Path) -> None:
    """What cannot be read has its place among them, with the reason."""
    paths = slips(tmp_path, 30)
    async with aclosing(in_order(paths, Road(Slips(), OfflineExtractor()), 4)) as photos:
        found = [each async for each in photos]
    assert [each.path for each in found] == paths
    totals = [None if each.receipt is None else str(each.receipt.total) for each in found]
    assert totals == [None if number % 7 == 0 else f"{number}.50" for number in range(30)]
    assert {type(each.error) for each in found if each.receipt is None} == {Broken}


@pytest.mark.parametrize(("home", "currency", "asked"), [(None, "USD", True), ("CAD", "CAD", False)])
async def test_a_bare_sign_is_taken_for_ones_own_currency(
    tmp_path: Path, home: str | None, currency: str, asked: bool
) -> None:
    """Whoever names none is told the likeliest, as a doubt."""
    (tmp_path / "slip").write_text("QUIET HERON CAFE\nTOTAL $4.50\n")
    async with aclosing(in_order([tmp_path / "slip"], Road(Slips(), OfflineExtractor()), 4, home)) as photos:
        receipt = (await anext(photos)).receipt
    assert receipt is not None
    doubted = any(doubt.field == "currency" for doubt in receipt.doubts)
    assert (receipt.currency, doubted) == (currency, asked)


class Pair:
    """A reader of a picture with two receipts, and an extractor that finds the first to be none."""

    async def read(self, photo: bytes) -> Reading:
        """Return both beside each other."""
        return beside(BAKERY, GROCER)

    async def extract(self, reading: Reading, hints: Hints) -> Receipt:
        """Raise NotAReceipt for the first."""
        if not reading.part:
            raise NotAReceipt
        return await OfflineExtractor().extract(reading, hints)


async def test_one_receipt_of_a_picture_that_is_none_leaves_the_other(tmp_path: Path) -> None:
    """Each is told by itself."""
    (tmp_path / "both").write_text("x")
    async with aclosing(in_order([tmp_path / "both"], Road(Pair(), Pair()), 4)) as photos:
        first = await anext(photos)
    assert isinstance(first.error, NotAReceipt)
    assert [one.receipt.merchant for one in first.others if one.receipt] == ["Green Grocer"]


async def test_no_more_photos_are_in_hand_than_are_read_ahead(tmp_path: Path) -> None:
    """However many there are, and however slowly they are taken: memory does not grow with the folder."""
    reader = Slips()
    async with aclosing(in_order(slips(tmp_path, 60), Road(reader, OfflineExtractor()), 4)) as photos:
        taken = 0
        async for _ in photos:
            taken += 1
            await asyncio.sleep(0.002)
            assert reader.begun <= taken + 4
    assert (taken, reader.most <= 4) == (60, True)


async def test_who_stops_taking_them_ends_the_reading(tmp_path: Path) -> None:
    """What was begun is given up, and nothing more is begun."""
    reader = Slips()
    async with aclosing(in_order(slips(tmp_path, 60), Road(reader, OfflineExtractor()), 4)) as photos:
        await anext(photos)
    await asyncio.sleep(0.05)
    assert (reader.begun <= 5, reader.in_hand) == (True, 0)


def test_one_process_reads_one_photo() -> None:
    """More would only hold memory."""
    assert (processes_for(1), processes_for(1000) >= 1) == (1, True)
