"""Pages are drawn as they were read, by processes that may hang or run out of memory alone."""

from __future__ import annotations

import asyncio
from io import BytesIO
from pathlib import Path

import psutil
import pytest
from PIL import Image

from core.adapters.page_pictures import AT_ONCE, CACHED_BYTES, IN_HAND, MOST_WAITING, NoPage, PagePictures
from core.adapters.rapidocr_reader import RapidOcrReader
from core.errors import TooSlow, Unavailable, Unusable
from core.receipt import Box, Reading

PICTURES = Path(__file__).parents[1] / "pictures"


class Kept:
    """One kept photo, and how often it was fetched."""

    def __init__(self, photo: bytes) -> None:
        """Take the photo."""
        self.photo, self.fetched = photo, 0

    async def fetch(self, key: str) -> bytes:
        """Return the photo."""
        self.fetched += 1
        return self.photo


def jpeg(width: int = 300, height: int = 400) -> bytes:
    """Return a picture of plain grey."""
    written = BytesIO()
    Image.new("RGB", (width, height), "grey").save(written, "JPEG")
    return written.getvalue()


def children() -> list[psutil.Process]:
    """Return the processes that draw pages now."""
    return [each for each in psutil.Process().children() if _draws(each)]


def _draws(process: psutil.Process) -> bool:
    """Tell whether a process draws a page; one that is just ending has no command any more."""
    try:
        return "core.adapters.page_pictures" in process.cmdline()
    except psutil.Error:
        return False


async def test_a_page_is_drawn_once() -> None:
    """The second time it is remembered, and no photo is fetched."""
    pictures, kept = PagePictures(), Kept(jpeg())
    first = await pictures.page("a/1", kept.fetch, 1, 0)
    assert Image.open(BytesIO(first)).size == (300, 400)
    assert await pictures.page("a/1", kept.fetch, 1, 0) == first
    assert kept.fetched == 1


async def test_a_large_picture_becomes_small_and_a_till_roll_stays_legible() -> None:
    """1600 pixels on the long side, or 800 on the short one."""
    pictures = PagePictures()
    usual = await pictures.page("a/1", Kept(jpeg(3000, 4000)).fetch, 1, 0)
    roll = await pictures.page("a/2", Kept(jpeg(1000, 6000)).fetch, 1, 0)
    assert [Image.open(BytesIO(one)).size for one in (usual, roll)] == [(1200, 1600), (800, 4800)]


@pytest.mark.parametrize("name", ["till.jpg", "upside_down.jpg", "sideways.jpg"])
async def test_a_page_is_in_the_frame_of_its_boxes(name: str) -> None:
    """However it was held, there is ink where the reader saw a line."""
    photo = (PICTURES / name).read_bytes()
    reader = RapidOcrReader()
    reading = await reader.read(photo)
    await reader.close()
    drawn = Image.open(BytesIO(await PagePictures().page("a/1", Kept(photo).fetch, 1, reading.turned[0]))).convert("L")
    assert abs(drawn.width / drawn.height - reading.pages[0][0] / reading.pages[0][1]) < 0.01
    inks = [_darkest(drawn, line.box, reading) for line in reading.lines if line.box]
    assert sum(ink < 130 for ink in inks) >= 0.9 * len(inks)
    head = reading.lines[0].box
    assert head is not None
    assert head.top < reading.pages[0][1] / 3


def _darkest(picture: Image.Image, box: Box, reading: Reading) -> int:
    scale = picture.width / reading.pages[0][0]
    corners = (round(edge * scale) for edge in (box.left, box.top, box.right, box.bottom))
    return int(picture.crop(tuple(corners)).getextrema()[0])  # type: ignore[arg-type]


@pytest.mark.parametrize("photo", [b"", b"%PDF-1.4 nothing", b"\xff\xd8\xff cut off", b"GIF89a", b"hello"])
async def test_what_is_no_picture_is_refused(photo: bytes) -> None:
    """Whatever the bytes are, the answer is an error that can be told."""
    with pytest.raises(Unusable):
        await PagePictures().page("a/1", Kept(photo).fetch, 1, 0)


async def test_a_page_that_is_not_there_is_told() -> None:
    """A photo has one page."""
    with pytest.raises(NoPage):
        await PagePictures().page("a/1", Kept(jpeg()).fetch, 2, 0)


async def test_a_page_that_takes_too_long_is_given_up() -> None:
    """Its process is gone with it."""
    with pytest.raises(TooSlow):
        await PagePictures(seconds=0.01).page("a/1", Kept(jpeg(4000, 5000)).fetch, 1, 0)
    assert children() == []


async def test_two_are_drawn_at_once_and_the_rest_waits_in_a_bounded_line() -> None:
    """Who comes when the line is full is told to come again."""
    pictures, kept, most = PagePictures(), Kept(jpeg(2000, 2000)), 0
    asked = [asyncio.create_task(pictures.page(f"a/{one}", kept.fetch, 1, 0)) for one in range(AT_ONCE + MOST_WAITING)]
    await asyncio.sleep(0.05)
    with pytest.raises(Unavailable):
        await pictures.page("a/late", kept.fetch, 1, 0)
    while not all(task.done() for task in asked[:6]):
        most = max(most, len(children()))
        await asyncio.sleep(0.02)
    for task in asked:
        task.cancel()
    await asyncio.gather(*asked, return_exceptions=True)
    assert most == AT_ONCE
    assert children() == []


async def test_photos_that_arrive_slowly_do_not_hold_up_the_others() -> None:
    """As many as are drawn at once, and more; but no more photos are in hand than were said."""
    pictures, kept, never, fetching = PagePictures(), Kept(jpeg()), asyncio.Event(), 0

    async def slowly(key: str) -> bytes:
        nonlocal fetching
        fetching += 1
        await never.wait()
        return b""

    slow = [asyncio.create_task(pictures.page(f"a/{one}", slowly, 1, 0)) for one in range(IN_HAND - 1)]
    await asyncio.sleep(0)
    assert await asyncio.wait_for(pictures.page("a/quick", kept.fetch, 1, 0), 20)
    slow += [asyncio.create_task(pictures.page(f"b/{one}", slowly, 1, 0)) for one in range(IN_HAND)]
    await asyncio.sleep(0.05)
    assert fetching == IN_HAND
    for task in slow:
        task.cancel()
    await asyncio.gather(*slow, return_exceptions=True)


async def test_only_so_much_is_remembered() -> None:
    """The oldest goes first."""
    pictures = PagePictures()
    for number in range(20):
        pictures._remember((f"a/{number}", 1, 0), bytes(CACHED_BYTES // 8))
    assert list(pictures._known) == [(f"a/{number}", 1, 0) for number in range(12, 20)]
