"""Receipts that the tests invent: rows of cells laid out on a page as an OCR would give them."""

from __future__ import annotations

from datetime import date

from core.extraction.offline import extract
from core.ports import Hints
from core.receipt import Box, Line, Reading, Receipt

TODAY = date(2026, 10, 31)
HEIGHT, WIDTH, COLUMNS = 20, 9, (20, 260, 360, 470)


def page(text: str, slope: float = 0.0) -> Reading:
    """Return a reading of the rows of `text`, cells apart by two spaces or more; the last cell stands on the right."""
    lines = []
    for number, row in enumerate(text.strip("\n").splitlines()):
        cells = [cell for cell in row.split("  ") if cell.strip()]
        for place, cell in enumerate(cells):
            words = cell.strip()
            last = place == len(cells) - 1 and place > 0
            left = COLUMNS[-1] if last else COLUMNS[min(place, 2)]
            left = left + 90 - WIDTH * len(words) if last else left
            top = 40 + 32 * number + slope * left
            across = WIDTH * len(words)
            tilt = slope * 57.3
            box = Box(left=left, top=top, right=left + across, bottom=top + HEIGHT + slope * across, tilt=tilt)
            lines.append(Line(text=words, box=box, score=0.98))
    return Reading(lines=tuple(lines), pages=((600, 80 + 32 * len(lines)),))


def receipt(text: str, slope: float = 0.0) -> Receipt:
    """Return what is read from the rows of `text`."""
    return extract(page(text, slope), Hints(today=TODAY))
