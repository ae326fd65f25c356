"""Photos of one long receipt: their readings are laid over each other at the seams, and joined without doubles."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, zip_longest

from core.chains import printed_order
from core.receipt import Line, Reading
from core.seams import Seam, Sheet, find_seam


def joined(readings: Sequence[Reading]) -> Reading:
    """Return one reading of a receipt in several photos, in the order in which it is printed, as far as that shows.

    Each photo's pages follow the ones before; what the photo before shows already is left out. `gaps` are the pages
    before which nothing overlaps, so that lines may be missing there.
    """
    apart = list(dict.fromkeys(readings))
    ordered = [apart[at] for at in printed_order(apart)]
    seams = [find_seam(Sheet.of(above), Sheet.of(below)) for above, below in pairwise(ordered)]
    photos = tuple(readings.index(one) for one in ordered for _ in _pages(one))
    return _laid_out(ordered, seams).model_copy(update={"photos": photos})


def _laid_out(readings: Sequence[Reading], seams: Sequence[Seam | None]) -> Reading:
    """Return the readings as pages of one, each without what lies above its seam."""
    lines: list[Line] = []
    pages: list[tuple[int, int]] = []
    gaps: list[int] = []
    turned: list[int] = []
    overlap: list[Line] = []
    for reading, seam in zip(readings, [None, *seams], strict=False):
        if pages and seam is None:
            gaps.append(len(pages))
        shown = _after(reading, seam.end if seam else 0)
        lines += [line.model_copy(update={"page": line.page + len(pages)}) for line in shown]
        kept = set(map(id, shown))
        left_out = [line for line in reading.lines if id(line) not in kept]
        left_out += [line for other in reading.beside for line in other]
        overlap += [line.model_copy(update={"page": line.page + len(pages)}) for line in left_out]
        pages += _pages(reading)
        turned += [turn for _, turn in zip_longest(_pages(reading), reading.turned, fillvalue=0)]
    return Reading(
        lines=tuple(lines),
        pages=tuple(pages),
        reader=readings[0].reader if readings else "",
        gaps=tuple(gaps),
        turned=tuple(turned),
        second=tuple(text for reading in readings for text in reading.second),
        second_reader=next((reading.second_reader for reading in readings if reading.second), ""),
        missed=tuple(dict.fromkeys(why for reading in readings for why in reading.missed)),
        overlap=tuple(overlap),
    )


def _pages(reading: Reading) -> Sequence[tuple[int, int]]:
    """Return the sizes of a reading's pages; who does not say them has as many as its lines need."""
    return reading.pages or ((0, 0),) * (1 + max((line.page for line in reading.lines), default=0))


def _after(reading: Reading, row: int) -> list[Line]:
    """Return the lines of the reading from a row on."""
    left_out = {line for shown in Sheet.of(reading).rows[:row] for line in shown.lines}
    return [line for at, line in enumerate(reading.lines) if at not in left_out]
