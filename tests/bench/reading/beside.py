"""Peers' figures beside ours, a table a source, of the same receipts by the same definitions."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from typing import Any

from core.scoring.judging import judge
from core.scoring.prediction import Prediction
from core.scoring.truth import truth_of
from tests.bench.reading.table import SETS, figure_rows, markdown

Said = Mapping[str, Mapping[str, Any]]
"""What one of them said, by receipt."""


def tables(truth: Mapping[str, dict[str, Any]], keys: Sequence[str], said: Mapping[str, Said]) -> list[str]:
    """Return a table for each source of the receipts `keys`, with a column for each that was asked."""
    by_source: dict[str, list[str]] = {}
    for key in keys:
        by_source.setdefault(truth[key].get("source", "all"), []).append(key)
    return [_table(source, [truth[key] for key in some], said) for source, some in sorted(by_source.items())]


def _table(source: str, rows: Sequence[dict[str, Any]], said: Mapping[str, Said]) -> str:
    columns = [_column(rows, answers) for answers in said.values()]
    names = [name for name, _ in columns[0]]
    body = [[name, *(column[at][1] for column in columns)] for at, name in enumerate(names)]
    return markdown([f"{SETS.get(source, source)} ({len(rows)})", *said], body)


def _column(rows: Sequence[dict[str, Any]], answers: Said) -> list[tuple[str, str]]:
    """Return each figure's name and what came out, then the CPU seconds where they were told."""
    marks = [judge(truth_of(row), Prediction.model_validate(answers.get(str(row["id"]), {}))) for row in rows]
    seconds = [said["cpu"] for row in rows if "cpu" in (said := answers.get(str(row["id"]), {}))]
    cpu = f"{statistics.median(seconds):.2f}" if seconds else "–"
    return [(row[0], row[1]) for row in figure_rows({"": marks})] + [("CPU seconds of its own, median", cpu)]
