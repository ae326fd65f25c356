"""Visual rows: the reading's lines grouped by the baseline that they share, left to right, top to bottom."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import cos, dist, exp, radians, sin, tan
from statistics import median

from core.extraction.slopes import Bend, Slope, fit_bend
from core.receipt import Line, Reading

_STRAY = 0.6
"""How far, in heights of type, a neighbour's middle may lie from the prolonged baseline."""

_CROWD = 60
"""How many cells further down are looked at, so that a page with thousands of lines takes no minutes."""


@dataclass(frozen=True)
class Cell:
    """One line of the reading (`line` is its index) with its height of type, all in pixels (0 when it has no box)."""

    line: int
    text: str
    left: float = 0.0
    right: float = 0.0
    middle: float = 0.0
    height: float = 0.0
    tilt: float = 0.0

    @property
    def place(self) -> tuple[float, float]:
        """Return its middle, across and down."""
        return (self.left + self.right) / 2, self.middle


@dataclass(frozen=True)
class Row:
    """Cells that stand beside each other, from left to right; `y` is where the row stands when the page is level."""

    cells: tuple[Cell, ...]
    page: int = 0
    y: float = 0.0

    @property
    def text(self) -> str:
        """Return the cells' texts with two spaces between them."""
        return "  ".join(cell.text for cell in self.cells)

    @property
    def lines(self) -> tuple[int, ...]:
        """Return the indices of the reading's lines that the row is made of."""
        return tuple(cell.line for cell in self.cells)

    @property
    def height(self) -> float:
        """Return the height of type of the tallest cell, in pixels."""
        return max((cell.height for cell in self.cells), default=0.0)


def find_rows(reading: Reading, lean: float = 0.0) -> tuple[Row, ...]:
    """Return the reading's visual rows, page by page, top to bottom; lines without a box are rows in reading order.

    `lean` (a tangent) is added to the slope at which a row is followed, for paper that bends more than its lines show.
    """
    found: list[Row] = []
    for page in sorted({line.page for line in reading.lines}):
        numbered = [(at, line) for at, line in enumerate(reading.lines) if line.page == page and line.text.strip()]
        if all(line.box is None for _, line in numbered):
            found += [Row((Cell(at, line.text),), page, float(at)) for at, line in numbered]
        else:
            found += _rows_of_page([_cell(at, line) for at, line in numbered], page, lean)
    return tuple(found)


def _cell(at: int, line: Line) -> Cell:
    """Return the line as a cell; a tilted line's own height is worked out from the rectangle around it."""
    box = line.box
    if box is None:
        return Cell(at, line.text)
    width, height = box.right - box.left, box.bottom - box.top
    angle = radians(max(-30.0, min(30.0, box.tilt)))
    own = (height * cos(angle) - width * abs(sin(angle))) / (cos(angle) ** 2 - sin(angle) ** 2)
    own = max(own, height * 0.2, 1.0)
    return Cell(at, line.text, box.left, box.right, (box.top + box.bottom) / 2, own, tan(angle))


def _rows_of_page(cells: list[Cell], page: int, lean: float) -> list[Row]:
    bend = fit_bend([_slope(cell) for cell in cells], lean)
    cells = _smoothed(cells, bend, lean)
    levels = [bend.level(*cell.place) for cell in cells]
    follower = _neighbours(cells, levels)
    followed = set(follower.values())
    rows = []
    for start in range(len(cells)):
        if start in followed:
            continue
        chain = [start]
        while chain[-1] in follower:
            chain.append(follower[chain[-1]])
        rows.append(Row(tuple(cells[at] for at in chain), page, sum(levels[at] for at in chain) / len(chain)))
    return sorted(rows, key=lambda row: (row.y, row.cells[0].left))


def _slope(cell: Cell) -> Slope:
    return Slope.of(cell.place, cell.tilt, cell.right - cell.left, cell.height)


def _smoothed(cells: list[Cell], bend: Bend, lean: float) -> list[Cell]:
    """Return the cells with the slope of the paper where they lie: what the bend leaves differs from place to place.

    A cell's own slope is uncertain, more so when it is short, so those around it count by their width and nearness.
    """
    slopes = [bend.at(*cell.place) for cell in cells]
    if len(cells) > _CROWD * 5 or all(cell.tilt == 0 for cell in cells):
        return [replace(cell, tilt=slope) for cell, slope in zip(cells, slopes, strict=True)]
    rest = [cell.tilt + lean - slope for cell, slope in zip(cells, slopes, strict=True)]
    reach = max(4 * median(cell.height for cell in cells), 1.0)
    smooth = []
    for cell, slope in zip(cells, slopes, strict=True):
        weight, off = 1e-6, 0.0
        for other, its in zip(cells, rest, strict=True):
            away = dist(cell.place, other.place) / reach
            if away < 2 and abs(its) < 0.15:
                share = (other.right - other.left) * exp(-away * away)
                weight, off = weight + share, off + share * its
        smooth.append(replace(cell, tilt=slope + off / weight))
    return smooth


def _neighbours(cells: list[Cell], level: list[float]) -> dict[int, int]:
    """Return for each cell (by position) the one that follows it on its row; the best fitting pairs are tied first.

    `level` is where each would lie, from top to bottom, if the page were flat.
    """
    pairs = []
    order = sorted(range(len(cells)), key=lambda at: level[at])
    for place, a in enumerate(order):
        for b in order[place + 1 : place + 1 + _CROWD]:
            if level[b] - level[a] > 3 * cells[a].height:
                break
            for left, right in ((a, b), (b, a)):
                cost = _distance(cells[left], cells[right])
                if cost is not None:
                    pairs.append((cost, left, right))
    follower: dict[int, int] = {}
    taken: set[int] = set()
    for _, a, b in sorted(pairs):
        if a not in follower and b not in taken:
            follower[a] = b
            taken.add(b)
    return follower


def _distance(first: Cell, second: Cell) -> float | None:
    """Return how badly `second` continues the row of `first` (0 is best), or None when it is not to its right."""
    height = min(first.height, second.height) or 1.0
    gap = second.left - first.right
    if gap < -0.8 * height or second.left <= first.left or second.right <= first.right:
        return None
    slope = (first.tilt + second.tilt) / 2
    run = second.place[0] - first.place[0]
    stray = abs(second.middle - first.middle - slope * run) / height
    return stray + 0.04 * max(gap, 0) / height if stray <= _STRAY else None
