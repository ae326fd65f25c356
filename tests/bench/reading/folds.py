"""Weights learned without the receipts of a merchant, fold by fold: each is measured by weights that never saw it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from core.extraction.weights import Weights
from tests.bench import learn_totals, train_merchant
from tests.bench.recorded import fold_of, load_readings

FOLDS = 5
_STEPS, _PULL = 600, 0.5

Known = Mapping[str, dict[str, Any]]
"""Truth by id."""


class Folds:
    """What is learned from recorded readings with their truth, once for each fold that is left out."""

    def __init__(self, given: Sequence[tuple[Known, Path]]) -> None:
        """Learn at once, some seconds for hundreds of receipts, from all that is given: truth and recorded readings."""
        totals, merchants = _totals(given), _merchants(given)
        self._weights = [Weights(total, merchant) for total, merchant in zip(totals, merchants, strict=True)]

    def without(self, row: dict[str, Any]) -> Weights:
        """Return the weights that were learned without any receipt of this one's merchant."""
        return self._weights[fold_of(row, FOLDS)]


def _totals(given: Sequence[tuple[Known, Path]]) -> list[dict[str, float]]:
    """Return the weights of the total without each fold."""
    every = [sheet for truth, recorded in given for sheet in learn_totals.sheets(dict(truth), recorded, FOLDS)]
    every += learn_totals.invented_sheets(FOLDS)
    rests = [[sheet for sheet in every if sheet.fold != fold] for fold in range(FOLDS)]
    return [learn_totals.learn(rest, _STEPS, _PULL) for rest in rests]


def _merchants(given: Sequence[tuple[Known, Path]]) -> list[dict[str, float]]:
    """Return the weights of the merchant's name without each fold."""
    every = [
        (fold_of(truth[key], FOLDS), train_merchant.example_of(reading, truth[key]))
        for truth, recorded in given
        for key, reading in load_readings(recorded).items()
        if truth.get(key, {}).get("merchant")
    ]
    heads = train_merchant.invented()
    learned = []
    for left_out in range(FOLDS):
        rest = [*(example for fold, example in every if fold != left_out), *heads]
        names = sorted({name for example in rest for one in example.features for name in one})
        learned.append(dict(zip(names, train_merchant.learn(rest, names, rest).tolist(), strict=True)))
    return learned
