"""What SnapSpend answers to readings: the road of a photo after the OCR, with weights that never saw the merchant."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from core.checks import Context, check
from core.errors import SnapSpendError
from core.extraction.offline import extract
from core.extraction.weights import Weights
from core.ports import Hints
from core.receipt import Reading, Receipt
from core.scoring.judging import Mark
from core.scoring.prediction import Prediction, predicted
from core.several import apart
from tests.bench.reading.folds import Folds
from tests.bench.recorded import load_readings

T = TypeVar("T")


def answer(reading: Reading, weights: Weights | None = None) -> Receipt | None:
    """Return the receipt with its doubts, as `snapspend read` and the chat get it; None where there is no amount."""
    today, reading = date.today(), apart(reading)[0]
    try:
        receipt = extract(reading, Hints(today=today), weights)
    except SnapSpendError:
        return None
    return receipt.model_copy(update={"doubts": check(receipt, reading, Context(today=today))})


def answers(truth: Mapping[str, dict[str, Any]], recorded: Path, folds: Folds) -> dict[str, Prediction]:
    """Return what is answered to each receipt, by weights learned without its merchant; an error where none is read."""
    readings = load_readings(recorded)
    found = {}
    for key, row in truth.items():
        if key in readings:
            receipt = answer(readings[key], folds.without(row))
            found[key] = predicted(key, receipt) if receipt else Prediction(id=key)
        elif row.get("file"):
            found[key] = Prediction(id=key, error="not read")
    return found


def by_source(truth: Mapping[str, dict[str, Any]], found: Mapping[str, T]) -> dict[str, list[T]]:
    """Return what was found for receipts in a list for each source."""
    lists: dict[str, list[T]] = {}
    for key, each in found.items():
        if key in truth:
            lists.setdefault(truth[key].get("source", "all"), []).append(each)
    return lists


def items_of(marks: Mapping[str, Mark]) -> dict[str, Mark]:
    """Return the marks of the line items alone."""
    return {name: mark for name, mark in marks.items() if name.startswith("items")}
