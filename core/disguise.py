"""Disguise: the pictures of a photo that may leave this machine, with every personal number painted over."""

from __future__ import annotations

from core.drawings import GEMINI_TILE, LONGEST_FOR_GEMINI, Drawing
from core.masking import Masking
from core.receipt import Box, Reading

_MOST_TILES = 8
"""A till roll keeps a tile's width, so that it stays legible, up to so many tiles of length."""


def disguised(masking: Masking, reading: Reading, most_pages: int = 4) -> tuple[Drawing, ...]:
    """Return how the first pages of one photo's reading are to be drawn before they go to a cloud, one drawing a page.

    A page is painted over whole when it was masked in lines without boxes (`Masking.unplaced`), for nobody knows where
    on it they stand: it may as well be left out. A reading that knows no pages has no pictures at all.
    """
    return tuple(_page(masking, reading, number) for number in range(len(reading.pages))[:most_pages])


def _page(masking: Masking, reading: Reading, number: int) -> Drawing:
    frame = reading.pages[number]
    turn = reading.turned[number] if number < len(reading.turned) else 0
    covered = tuple(box for page, box in masking.covered if page == number)
    if number in masking.unplaced:
        covered = (Box(left=0, top=0, right=frame[0], bottom=frame[1]),)
    return Drawing(number + 1, turn, frame, covered, longest=longest_for(frame))


def longest_for(frame: tuple[int, int]) -> int:
    """Return the longest side in pixels that a page of this shape is drawn with."""
    shape = max(frame) / max(1, min(frame))
    return max(LONGEST_FOR_GEMINI, min(round(GEMINI_TILE * shape), GEMINI_TILE * _MOST_TILES))
