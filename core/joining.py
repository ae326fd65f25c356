"""Do photos show one long receipt? Their readings are laid over each other at the seam, and joined without doubles."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, zip_longest

from core.receipt import Line, Reading
from core.seams import Seam, Sheet, find_seam

LEAST_ABOVE_A_HEAD = 3
"""Rows that the first photo must show above the overlap when the second begins with a head: another receipt of the
same shop would lie over the whole of it."""


def belong_together(first: Reading, second: Reading) -> bool:
    """Return whether the second photo goes on where the first ends, or before it ends.

    Either rows at the end of the first are the rows with which the second begins, or the first has no total and the
    second no head. A first photo whose total stands before the overlap is a receipt of its own, and so are two
    that both have a head and a total: two receipts of one shop may look like that.
    """
    above, below = Sheet.of(first), Sheet.of(second)
    seam = find_seam(above, below)
    if seam is not None and seam.start > 0 and all(row >= seam.start for row in above.totals):
        return not below.has_head or (not above.totals and seam.start >= LEAST_ABOVE_A_HEAD)
    return bool(above.rows) and not above.totals and below.has_prices and not below.has_head


def joined(readings: Sequence[Reading]) -> Reading:
    """Return one reading of a receipt in several photos, in their order or, when only that fits, from the last on.

    Each photo's pages follow the ones before; what the photo before shows already is left out. `gaps` are the pages
    before which nothing overlaps, so that lines may be missing there.
    """
    apart = list(dict.fromkeys(readings))
    orders = (apart, apart[::-1])
    seams = [[find_seam(Sheet.of(first), Sheet.of(second)) for first, second in pairwise(order)] for order in orders]
    backwards = sum(seam is not None for seam in seams[1]) > sum(seam is not None for seam in seams[0])
    laid = _laid_out(orders[backwards], seams[backwards])
    photos = tuple(readings.index(one) for one in orders[backwards] for _ in _pages(one))
    return laid.model_copy(update={"photos": photos})


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
