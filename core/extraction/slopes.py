"""How a page slopes from place to place: tilted, bent or fanned out, worked out from the slopes of its lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

_ROUNDS = 4
_BENDS = 0.1
"""How much the slope (a tangent) may well change from the middle of a page to its edge."""
_LEAST_SIGMA, _SIGMA = 0.01, 0.06
"""How far a line's slope is off: never less than the first, and the second by the height of type for its width."""
_WILD = 3.0
"""A slope so many times further off than it should be hardly counts."""


@dataclass(frozen=True)
class Slope:
    """The slope (a tangent) of what is printed at a place, and how far off it may be."""

    x: float
    y: float
    tilt: float
    sigma: float

    @classmethod
    def of(cls, place: tuple[float, float], tilt: float, width: float, height: float) -> Slope:
        """Return the slope of a line around `place`: the wider it is, the better it is known."""
        return cls(*place, tilt, max(_LEAST_SIGMA, _SIGMA * height / max(width, 1.0)))


@dataclass(frozen=True)
class Bend:
    """Slopes that change evenly across the page and down it: `terms` are those of 1, u, v and u times v.

    u and v go from -1 to 1 from left to right and from top to bottom, around `middle` with half the page as `scale`.
    """

    terms: tuple[float, ...] = (0.0, 0.0, 0.0, 0.0)
    middle: tuple[float, float] = (0.0, 0.0)
    scale: tuple[float, float] = (1.0, 1.0)

    def at(self, x: float, y: float) -> float:
        """Return the slope at a place."""
        return sum(term * part for term, part in zip(self.terms, self.parts(x, y), strict=True))

    def level(self, x: float, y: float) -> float:
        """Return where a place would lie from top to bottom if the page were flat: at its middle it lies there."""
        _, u, v, _ = self.parts(x, y)
        level, across, down, both = self.terms
        return y - self.scale[0] * (u * (level + down * v) + u * u / 2 * (across + both * v))

    def parts(self, x: float, y: float) -> tuple[float, float, float, float]:
        """Return 1, u, v and u times v of a place."""
        u, v = (x - self.middle[0]) / self.scale[0], (y - self.middle[1]) / self.scale[1]
        return 1.0, u, v, u * v


def fit_bend(slopes: Sequence[Slope], lean: float = 0.0) -> Bend:
    """Return the bend that the slopes show, with `lean` added to it everywhere; a few wild slopes do not matter.

    Least squares, in rounds in which what is far off counts less; how much a page bends is held down where the lines
    tell little about it.
    """
    if not slopes:
        return Bend((lean, 0.0, 0.0, 0.0))
    across, down = [each.x for each in slopes], [each.y for each in slopes]
    middle = ((min(across) + max(across)) / 2, (min(down) + max(down)) / 2)
    scale = (max((max(across) - min(across)) / 2, 1.0), max((max(down) - min(down)) / 2, 1.0))
    start = median(each.tilt for each in sorted(slopes, key=lambda each: each.sigma)[: max(3, len(slopes) // 3)])
    bend = Bend((start, 0.0, 0.0, 0.0), middle, scale)
    for _ in range(_ROUNDS):
        bend = Bend(_least_squares(slopes, bend), middle, scale)
    return Bend((bend.terms[0] + lean, *bend.terms[1:]), middle, scale)


def _least_squares(slopes: Sequence[Slope], before: Bend) -> tuple[float, ...]:
    """Return the terms that fit the slopes best, each counted by how near it was to the bend found before."""
    table = [[0.0] * 5 for _ in range(4)]
    for at in range(4):
        table[at][at] = 1e-6 if at == 0 else _BENDS**-2
    for each in slopes:
        off = (each.tilt - before.at(each.x, each.y)) / (_WILD * max(each.sigma, 2 * _LEAST_SIGMA))
        weight = each.sigma**-2 / (1 + off * off) ** 2
        parts = before.parts(each.x, each.y)
        for row, part in zip(table, parts, strict=True):
            for at, other in enumerate((*parts, each.tilt)):
                row[at] += weight * part * other
    return _solved(table)


def _solved(table: list[list[float]]) -> tuple[float, ...]:
    """Return the solution of equations that are symmetric and positive, given with their right sides."""
    for at, row in enumerate(table):
        row[:] = [value / row[at] for value in row]
        for other in table:
            if other is not row:
                other[:] = [value - other[at] * own for value, own in zip(other, row, strict=True)]
    return tuple(row[-1] for row in table)
