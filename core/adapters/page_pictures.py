"""Pictures of a photo's pages as they were read, each drawn by a process that ends with it: no page is opened here."""

from __future__ import annotations

import asyncio
import sys
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from io import BytesIO

from PIL import Image

from core.adapters.bounds import bound
from core.adapters.drawing_process import answer_of
from core.errors import SnapSpendError, Unavailable, Unusable
from core.ports import Page
from core.prepare import prepare

AT_ONCE, MOST_WAITING = 2, 40
IN_HAND = 6
"""Photos that are fetched or stand in memory: however slow some arrive, others are drawn meanwhile."""
SECONDS, MEGABYTES = 20, 760
CACHED_BYTES = 16 << 20
_LONG, _SHORT = 1600, 800
"""A picture has 1600 pixels on its long side, or 800 on its short one: a till roll stays legible."""
_UNUSABLE, _NO_PAGE = 3, 4


class NoPage(Unusable):
    """There is no such page."""


class PagePictures:
    """Draws pages as JPEG, two at once, in bounded time and memory, and remembers the latest."""

    def __init__(self, seconds: float = SECONDS) -> None:
        """Take how long a page may take."""
        self._seconds = seconds
        self._hands = asyncio.Semaphore(IN_HAND)
        self._free = asyncio.Semaphore(AT_ONCE)
        self._asked = 0
        self._known: OrderedDict[tuple[str, int, int], bytes] = OrderedDict()

    async def page(self, key: str, fetch: Callable[[str], Awaitable[bytes]], number: int, turn: int) -> bytes:
        """Return page `number` (from 1) of the photo that `fetch` gives for `key`, turned by `turn` degrees as JPEG.

        Raises NoPage, TooSlow or Unusable when it cannot be drawn, Unavailable when too many are asked for.
        """
        wanted = (key, number, turn)
        if wanted in self._known:
            self._known.move_to_end(wanted)
            return self._known[wanted]
        if self._asked >= AT_ONCE + MOST_WAITING:
            raise Unavailable("too many pages are asked for at once")
        self._asked += 1
        try:
            async with self._hands:
                photo = await fetch(key)
                async with self._free:
                    drawn = await self._drawn(photo, number, turn)
        finally:
            self._asked -= 1
        self._remember(wanted, drawn)
        return drawn

    async def _drawn(self, photo: bytes, number: int, turn: int) -> bytes:
        """Have a process draw the page, for the photo may be anything."""
        program = ("core.adapters.page_pictures", str(number), str(turn))
        code, drawn = await answer_of(program, photo, self._seconds)
        if code == _NO_PAGE:
            raise NoPage
        if code or not drawn:
            raise Unusable(f"the page cannot be drawn: code {code}")
        return drawn

    def _remember(self, wanted: tuple[str, int, int], drawn: bytes) -> None:
        self._known[wanted] = drawn
        while sum(map(len, self._known.values())) > CACHED_BYTES:
            self._known.popitem(last=False)


def page_of(photo: bytes, number: int, turn: int) -> Image.Image:
    """Return a page, turned, in the frame that its lines' boxes are in. Raises NoPage, and what `prepare` raises."""
    pages = prepare(photo)
    if not 0 < number <= len(pages):
        raise NoPage
    return _turned(pages[number - 1], turn)


def drawn(photo: bytes, number: int, turn: int) -> bytes:
    """Return a page as JPEG. Raises NoPage, and what `prepare` raises."""
    picture = page_of(photo, number, turn)
    scale = min(1.0, max(_LONG / max(picture.size), _SHORT / min(picture.size)))
    if scale < 1:
        size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
        picture = picture.resize(size, Image.Resampling.LANCZOS)
    written = BytesIO()
    picture.save(written, "JPEG", quality=82, optimize=True)
    return written.getvalue()


def _turned(page: Page, turn: int) -> Image.Image:
    picture = Image.frombytes("RGB", (page.width, page.height), page.rgb)
    ways = {90: Image.Transpose.ROTATE_90, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_270}
    return picture.transpose(ways[turn]) if turn in ways else picture


def main() -> int:
    """Draw the page that is asked for, from standard input to standard output."""
    bound(MEGABYTES, SECONDS)
    try:
        number, turn = (int(argument) for argument in sys.argv[1:3])
        page = drawn(sys.stdin.buffer.read(), number, turn)
    except NoPage:
        return _NO_PAGE
    except (SnapSpendError, MemoryError, ValueError, OSError):
        return _UNUSABLE
    sys.stdout.buffer.write(page)
    sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
