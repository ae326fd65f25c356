"""Drawings: a page of a photo with places painted over, outlined or cut out, as JPEG."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from core.receipt import Box

LONGEST_FOR_GEMINI = 1536
"""Gemini looks at a picture in tiles of 768 by 768 pixels, each 258 tokens: two tiles' length is legible for a receipt
of usual shape, and what is larger costs more tiles, or is shrunk there."""
GEMINI_TILE = 768


@dataclass(frozen=True)
class Outline:
    """A place to be framed in the picture, with a short label that stands at it (may be empty)."""

    box: Box
    label: str = ""


@dataclass(frozen=True)
class Drawing:
    """What a picture is to show: page `page` (from 1) of a photo, turned by `turn` degrees against the clock.

    Boxes are in pixels of the page as it was read (`frame`: width and height, as in `Reading.pages`): `covered` are
    painted over, `outlined` framed; with `crop` only that part is shown. The longest side has at most `longest` pixels.
    """

    page: int = 1
    turn: int = 0
    frame: tuple[int, int] | None = None
    covered: tuple[Box, ...] = ()
    outlined: tuple[Outline, ...] = ()
    crop: Box | None = None
    longest: int = 1600


class Sketches(Protocol):
    """Draws in a process of its own, for a photo may be anything."""

    async def draw(self, photo: bytes, drawing: Drawing) -> bytes:
        """Return the drawing as JPEG. Raises Unusable when it cannot be drawn, Unavailable when too many are asked."""
        ...
