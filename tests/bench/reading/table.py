"""The table: each figure of each set with its 95 % interval, what must hold, and whether it does."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from core.scoring.figures import f1, interval, percent
from core.scoring.judging import Mark
from tests.bench.reading.pictures import Cost, middle

Marks = Mapping[str, Mark]
"""The marks of one receipt, by figure."""

SETS = {"sroie": "SROIE-like", "wildreceipt": "WildReceipt-like", "cord": "CORD words"}

FIGURES = {
    "total": "total right, %",
    "date": "date right, %",
    "merchant alnum": "merchant, letters and digits equal, %",
    "merchant incl": "merchant useful (incl), %",
    "items pair": "line items, price and name, F1 %",
    "unasked right": "of the totals shown without a doubt, right, %",
    "unasked": "share shown without a doubt, %",
}

LEAST = {
    "sroie": {"total": 95, "date": 95, "merchant alnum": 80, "merchant incl": 92, "unasked right": 99, "unasked": 75},
    "wildreceipt": {"total": 86, "date": 88, "merchant alnum": 72, "merchant incl": 82, "items pair": 65,
                    "unasked right": 97, "unasked": 60},
    "cord": {"items pair": 82},
}  # fmt: skip
"""What must hold, in per cent."""

MOST = {
    "sroie": {"cpu": 1.3, "wall": 2.5, "memory": 450},
    "wildreceipt": {"cpu": 0.9, "wall": 2.0, "memory": 450},
}
COSTS = {
    "cpu": "CPU seconds a picture (one thread, warm), median",
    "wall": "wall seconds from photo to checked receipt, median",
    "memory": "memory of the OCR process, peak, MB",
}


@dataclass(frozen=True)
class Cell:
    """A figure, its interval, what it is of, and its bound (`holds` is None where none is set)."""

    text: str
    bound: str = ""
    holds: bool | None = None

    def __str__(self) -> str:
        """Return the cell as it is printed."""
        told = {True: "holds", False: "MISSED", None: ""}[self.holds]
        return f"{self.text} {self.bound} {told}".strip()


def rated(figure: str, marks: Sequence[Marks], least: float | None) -> Cell | None:
    """Return a figure of all receipts that have it; None when none has."""
    some = [each[figure] for each in marks if figure in each]
    if not some:
        return None
    whole = sum(some, Mark())
    if figure.startswith("items"):
        value, (low, high), of = f1(whole), resampled(some), f"{len(some)} receipts"
    else:
        value, (low, high) = percent(whole.right, whole.truth), interval(whole.right, whole.truth)
        of = str(whole.truth)
    bound, holds = ("", None) if least is None else (f"≥ {least:g}", value >= least)
    text = f"{value:.1f} ({low:.1f} to {high:.1f}) of {of}" if whole.read else f"none read of {of}"
    return Cell(text, bound, holds)


def resampled(marks: Sequence[Mark], rounds: int = 1000) -> tuple[float, float]:
    """Return the 95 % interval of F1: the lines of one receipt go together, so receipts are drawn, with return."""
    dice = random.Random(1)
    ranked = sorted(marks, key=lambda mark: (mark.truth, mark.read, mark.right))  # in whatever order they came
    drawn = sorted(f1(sum(dice.choices(ranked, k=len(ranked)), Mark())) for _ in range(rounds))
    return drawn[rounds // 40], drawn[-1 - rounds // 40]


def spent(cost: str, costs: Iterable[Cost], most: float | None) -> Cell | None:
    """Return what pictures cost: the median with its interval, or the largest memory; None without any."""
    values = [getattr(each, cost) for each in costs]
    if not values:
        return None
    value, low, high = middle(values)
    text = f"{value:.2f} ({low:.2f} to {high:.2f}) of {len(values)}"
    if cost == "memory":
        value, text = max(values), f"{max(values):.0f}"
    return Cell(text) if most is None else Cell(text, f"≤ {most:g}", value <= most)


def figure_rows(marks: Mapping[str, Sequence[Marks]]) -> list[list[str]]:
    """Return a row a figure: its name, then a cell a set."""
    rows = []
    for figure, name in FIGURES.items():
        cells = [rated(figure, of_set, LEAST.get(each, {}).get(figure)) for each, of_set in marks.items()]
        rows.append([name, *(str(cell or "–") for cell in cells)])
    return rows


def cost_rows(costs: Mapping[str, Sequence[Cost]]) -> list[list[str]]:
    """Return a row a cost: its name, then a cell a set."""
    rows = []
    for cost, name in COSTS.items():
        cells = [spent(cost, of_set, MOST.get(each, {}).get(cost)) for each, of_set in costs.items()]
        rows.append([name, *(str(cell or "–") for cell in cells)])
    return rows


def markdown(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table in Markdown, its columns aligned."""
    widths = [max(len(row[at]) for row in [head, *rows]) for at in range(len(head))]
    lines = [[cell.ljust(width) for cell, width in zip(row, widths, strict=True)] for row in [head, *rows]]
    lines.insert(1, ["-" * width for width in widths])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
