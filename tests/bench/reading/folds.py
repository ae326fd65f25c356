"""Weights learned without the receipts of a merchant, fold by fold: each is measured by weights that never saw it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from core.extraction.weights import Weights
from tests.bench import learn_totals
from tests.bench.recorded import fold_of

FOLDS = 5
_STEPS, _PULL = 600, 0.5


class Folds:
    """What is learned from recorded readings with their truth, once for each fold that is left out."""

    def __init__(self, given: Sequence[tuple[Mapping[str, dict[str, Any]], Path]]) -> None:
        """Learn at once, some seconds for hundreds of receipts, from all that is given: truth and recorded readings."""
        every = [sheet for truth, recorded in given for sheet in learn_totals.sheets(dict(truth), recorded, FOLDS)]
        self._weights = []
        for fold in range(FOLDS):
            rest = [sheet for sheet in every if sheet.fold != fold]
            self._weights.append(Weights(total=learn_totals.learn(rest, _STEPS, _PULL)))

    def without(self, row: dict[str, Any]) -> Weights:
        """Return the weights that were learned without any receipt of this one's merchant."""
        return self._weights[fold_of(row, FOLDS)]
