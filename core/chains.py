"""Which photos show one long receipt, and in which order it is printed: told by the rows that they share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from enum import IntEnum
from itertools import groupby, permutations

from core.receipt import Reading
from core.seams import Seam, Sheet, find_seam

LEAST_ABOVE_A_HEAD = 3
"""Rows that the first photo must show above the overlap when the second begins with a head: another receipt of the
same shop would lie over the whole of it."""

Chain = tuple[int, ...]
"""Photos of one receipt by their numbers (from 0), in the order in which it is printed."""


class _Piece(IntEnum):
    """What of a receipt a chain shows: its head without the total, neither, or the total without the head, or all."""

    START, MIDDLE, END, WHOLE = range(4)


def chains(readings: Sequence[Reading]) -> list[Chain]:
    """Return which photos show one receipt; the order in which they were sent decides only where nothing else does.

    Photos belong together where rows at the end of one are the rows with which another begins, in whatever order they
    came; and, with a gap between them, where they were sent one after the other, only the first shows a head, and only
    the last a total. Two that both have a head and a total are two receipts: those of one shop may look alike.
    """
    sheets = [Sheet.of(reading) for reading in readings]
    found: list[Chain] = []
    laid = sorted(_overlapping(sheets), key=min)
    for _, run in groupby(laid, key=lambda chain: _piece(chain, sheets) is _Piece.WHOLE):
        found += _bridged(tuple(run), sheets)
    return found


def is_whole(readings: Iterable[Reading]) -> bool:
    """Return whether photos of one receipt need no other: they show its head and its total, or nothing at all."""
    sheets = [Sheet.of(reading) for reading in readings]
    return _piece(range(len(sheets)), sheets) is _Piece.WHOLE


def printed_order(readings: Sequence[Reading]) -> Chain:
    """Return the order of photos that are said to be of one receipt: what shows its head first, its total last."""
    sheets = [Sheet.of(reading) for reading in readings]
    parts = sorted(chains(readings), key=lambda chain: _piece(chain, sheets) % _Piece.WHOLE)
    return tuple(at for chain in parts for at in chain)


def _overlapping(sheets: Sequence[Sheet]) -> list[Chain]:
    """Return the photos in chains, each going on where the one before ends.

    The longest overlaps are tied first, and last those of a head that would go on with what has none.
    """
    links = [
        (below.has_head and not above.has_head, -seam.alike, at, then)
        for (at, above), (then, below) in permutations(enumerate(sheets), 2)
        if (seam := _continues(above, below))
    ]
    found: list[Chain] = [(at,) for at in range(len(sheets))]
    for *_, first, second in sorted(links):
        upper = next((chain for chain in found if chain[-1] == first), None)
        lower = next((chain for chain in found if chain[0] == second), None)
        if upper and lower and upper != lower:
            found = [chain for chain in found if chain not in (upper, lower)] + [upper + lower]
    return found


def _continues(above: Sheet, below: Sheet) -> Seam | None:
    """Return where the second photo goes on, before the first ends.

    Two that both have a head and a total are two receipts. After a total only what has no head can follow, and no other
    total: tables of taxes, a card's slip, thanks.
    """
    if below.has_head and above.totals:
        return None
    seam = find_seam(above, below)
    if seam is None or not seam.start or (below.has_head and seam.start < LEAST_ABOVE_A_HEAD):
        return None
    is_over = any(row < seam.start for row in above.totals)
    return None if is_over and _totals(below, seam.end) - _amounts(above) else seam


def _totals(sheet: Sheet, since: int) -> set[Decimal]:
    """Return the totals that stand in a row or below it."""
    return {figure.value for figure in sheet.figures if figure.row in sheet.totals and figure.row >= since}


def _amounts(sheet: Sheet) -> set[Decimal]:
    return {figure.value for figure in sheet.figures if figure.amount}


def _bridged(run: Sequence[Chain], sheets: Sequence[Sheet]) -> Iterator[Chain]:
    """Yield chains that were sent one after the other with what is surely missing in one and shown in the next.

    Where just one head and one total are among them, all others stand between these.
    """
    pieces = [_piece(chain, sheets) for chain in run]
    if pieces.count(_Piece.START) == pieces.count(_Piece.END) == 1:
        ordered = sorted(zip(pieces, run, strict=True), key=lambda pair: pair[0])
        yield tuple(at for _, chain in ordered for at in chain)
        return
    whole: Chain = ()
    for piece, chain in zip(pieces, run, strict=True):
        if whole and (piece is _Piece.START or _piece(whole, sheets) in (_Piece.END, _Piece.WHOLE)):
            yield whole
            whole = ()
        whole += chain
    yield whole


def _piece(chain: Iterable[int], sheets: Sequence[Sheet]) -> _Piece:
    """Return what of a receipt these photos show; what has no text is no piece of any."""
    shown = [sheets[at] for at in chain]
    has_head, has_total = bool(shown) and shown[0].has_head, any(sheet.totals for sheet in shown)
    if not any(sheet.rows for sheet in shown) or (has_head and has_total):
        return _Piece.WHOLE
    if has_head:
        return _Piece.START
    return _Piece.END if has_total else _Piece.MIDDLE
