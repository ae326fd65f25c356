"""Marks of many receipts added up: shares in per cent with their intervals, in groups by source."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from math import sqrt

from core.scoring.judging import FIGURES, Mark, judge
from core.scoring.prediction import Prediction
from core.scoring.truth import Truth

_Z = 1.96
"""So many standard errors to each side hold 95 %."""


@dataclass
class Tally:
    """What many receipts come to: the marks of each figure added up.

    `unread` counts the receipts of which nothing was read, `invented` the dates and totals where none is printed.
    """

    receipts: int = 0
    unread: int = 0
    marks: dict[str, Mark] = field(default_factory=dict)
    invented: Counter[str] = field(default_factory=Counter)

    def add(self, truth: Truth, said: Prediction | None) -> None:
        """Count one receipt; None where it was not read at all."""
        self.receipts += 1
        self.unread += said is None or said.error is not None
        said = said or Prediction()
        for name, mark in judge(truth, said).items():
            self.marks[name] = self.marks.get(name, Mark()) + mark
        self.invented.update({"date": int(not truth.dates and said.date is not None)})
        self.invented.update({"total": int(not truth.totals and said.total is not None)})

    def figures(self) -> dict[str, Mark]:
        """Return what was counted, in the order in which it is shown."""
        return {name: self.marks[name] for name in FIGURES if name in self.marks}


class Scores:
    """The tally of all receipts, and one for each source where the truth names any."""

    def __init__(self) -> None:
        """Start with nothing counted."""
        self.all, self._by_source = Tally(), defaultdict[str, Tally](Tally)

    def add(self, truth: Truth, said: Prediction | None) -> None:
        """Count one receipt; None where it was not read at all."""
        self.all.add(truth, said)
        if truth.source:
            self._by_source[truth.source].add(truth, said)

    def groups(self) -> dict[str, Tally]:
        """Return the tallies by name: each source by itself, and all of them where that is not the same."""
        named = dict(sorted(self._by_source.items()))
        alone = len(named) == 1 and next(iter(named.values())).receipts == self.all.receipts
        return named if alone else {**named, "all": self.all}


def percent(part: int, whole: int) -> float:
    """Return the share in per cent; 0 of nothing."""
    return 100 * part / whole if whole else 0.0


def f1(mark: Mark) -> float:
    """Return the harmonic mean of recall (right of the truth's) and precision (right of those read), in per cent."""
    return percent(2 * mark.right, mark.truth + mark.read)


def interval(part: int, whole: int) -> tuple[float, float]:
    """Return Wilson's 95 % interval of a share, in per cent (E. B. Wilson, 1927)."""
    if not whole:
        return 0.0, 100.0
    share, spread = part / whole, _Z * _Z / whole
    middle = share + spread / 2
    half = _Z * sqrt(share * (1 - share) / whole + spread / whole / 4)
    return 100 * (middle - half) / (1 + spread), 100 * (middle + half) / (1 + spread)
