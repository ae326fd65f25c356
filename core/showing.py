"""Show me where: a receipt's pages drawn with its figures framed, and strips of what two readers read."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from core.drawings import Drawing, Outline, Sketches
from core.errors import Unusable
from core.framing import Framed, both_places
from core.page_sources import source_of
from core.ports import Filed, Ledger, Photos
from core.receipt import Doubt, Line, Reading, Receipt
from core.strips import strip_of

MOST_PAGES = 4
LONG, SHORT, LONGEST = 1600, 800, 4000
"""A page is drawn with 1600 pixels on its long side or 800 on its short one, so that a till roll stays legible."""
ROLL = 3
"""Longer than so many widths, a page is a roll: a chat would shrink it until nobody can read it."""


class Sketchbook(Sketches, Protocol):
    """Draws, and puts two drawings together."""

    async def side_by_side(self, first: bytes, second: bytes) -> bytes:
        """Return two JPEGs as one, marked A and B. Raises as `draw` does."""
        ...


class NoSketches:
    """Draws nothing, where nothing that draws was put in."""

    async def draw(self, photo: bytes, drawing: Drawing) -> bytes:
        """Say that it cannot be drawn. Raises Unusable."""
        raise Unusable("nothing draws here")

    async def side_by_side(self, first: bytes, second: bytes) -> bytes:
        """Say that it cannot be drawn. Raises Unusable."""
        raise Unusable("nothing draws here")


@dataclass(frozen=True)
class Shown:
    """A page that was drawn, as JPEG, and whether it is a long roll."""

    picture: bytes
    is_roll: bool = False


@dataclass(frozen=True)
class Artist:
    """Draws pages of receipts, whichever photo they are of."""

    ledger: Ledger
    photos: Photos
    sketches: Sketchbook

    async def drawn(self, filed: Filed, reading: Reading, page: int, drawing: Drawing) -> bytes | None:
        """Return page `page` (from 0) as `drawing` says, as JPEG; None when there is no such page.

        Raises Unusable when it cannot be drawn, Unavailable when its photo cannot be had now.
        """
        source = await source_of(self.ledger, filed, page + 1)
        if source is None:
            return None
        photo = await self.photos.fetch(source.key)
        size = _size(reading, page)
        return await self.sketches.draw(photo, replace(drawing, page=source.number, turn=source.turn, frame=size))

    async def pages(self, filed: Filed, reading: Reading, framed: Framed) -> list[Shown]:
        """Return the pages on which something is framed, at most MOST_PAGES. Raises Unusable or Unavailable."""
        found = []
        for page in sorted(framed.pages)[:MOST_PAGES]:
            size = _size(reading, page) or (1, 1)
            picture = await self.drawn(
                filed, reading, page, Drawing(outlined=framed.pages[page], longest=_longest(size))
            )
            if picture is not None:
                found.append(Shown(picture, max(size) > ROLL * min(size)))
        return found

    async def both(self, filed: Filed, reading: Reading, doubt: Doubt) -> bytes | None:
        """Return where each of two readers' values stands, marked A and B; None when that is not known of both.

        Raises Unusable or Unavailable.
        """
        places, strips = both_places(filed.receipt or Receipt(), reading, doubt), []
        if not all(places):
            return None
        for lines in places:
            strip = await asyncio.to_thread(_strip, lines, reading)
            picture = await self.drawn(filed, reading, lines[0].page, strip)
            if picture is None:
                return None
            strips.append(picture)
        return await self.sketches.side_by_side(*strips)


def _strip(lines: Sequence[Line], reading: Reading) -> Drawing:
    size = _size(reading, lines[0].page)
    width = size[0] if size else max(line.box.right for line in lines if line.box)
    outlines = tuple(Outline(line.box) for line in lines if line.box)
    return Drawing(outlined=outlines, crop=strip_of(lines, reading, width), longest=SHORT)


def _size(reading: Reading, page: int) -> tuple[int, int] | None:
    size = reading.pages[page] if page < len(reading.pages) else (0, 0)
    return size if min(size) > 0 else None


def _longest(size: tuple[int, int]) -> int:
    return min(LONGEST, max(LONG, round(SHORT * max(size) / min(size))))
