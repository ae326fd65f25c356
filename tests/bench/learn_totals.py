"""Learns the weights by which the total is chosen, and tells by cross-validation over merchants how right they are."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np

from core.extraction.amounts import find_figures
from core.extraction.rows import find_rows
from core.extraction.total_page import Page
from core.extraction.total_witnesses import features, group_by_value
from core.money import read_amount
from core.receipt import Reading
from tests.bench.logit import Descent, Pages, descend
from tests.bench.recorded import fold_of, load_readings, load_truth
from tests.bench.rendered import receipts

INVENTED = 660
HEAD = """# What speaks for (+) and against (-) an amount being the total: a witness a line with its weight (a logit).
# Learned by tests/bench/learn_totals.py; the witnesses are worked out in total_witnesses.py.
"""


AGAINST = {
    "among items", "before tax", "before rounding", "nothing", "pennies missing", "words above", "below zero",
    "handed over", "before discount", "before tip",
    "says subtotal", "says tax", "says tax base", "says tip", "says discount", "says saved", "says rounding",
    "says change", "says count", "says other",
}  # fmt: skip
"""Witnesses that common sense lets speak only against a total; all others may only speak for it.

Without this a merchant with odd receipts teaches that a subtotal is a total, and others pay for it.
"""

PRIOR = {
    "before discount": -1.5, "after discount": 1.5, "before tip": -0.5, "after tip": 0.5,
    "handed over": -1.0, "before rounding": -1.5, "after rounding": 2.5, "nothing": -1.0,
    "says change": -1.0, "says count": -1.5,
    "says rounding": -1.5, "says saved": -1.0, "says discount": -0.5, "says tax": -0.5, "says tax base": -0.5,
}  # fmt: skip
"""What is known without data, towards which weights are held: what is rare in the data keeps its sense."""


@dataclass
class Sheet:
    """One receipt: its candidates, what speaks for each, and which are right."""

    id: str
    source: str
    fold: int
    values: list[Decimal]
    witnesses: list[dict[str, float]]
    right: list[bool]


def sheets(truth: dict[str, dict[str, Any]], path: Path, folds: int) -> list[Sheet]:
    """Return a sheet for each recorded reading whose total is known."""
    known = ((reading, truth[key]) for key, reading in load_readings(path).items() if key in truth)
    return [
        _sheet(reading, row, (f"{path.stem}/{row.get('source', path.parent.name)}", folds))
        for reading, row in known
        if row.get("total") is not None
    ]


def invented_sheets(folds: int, count: int = INVENTED) -> list[Sheet]:
    """Return sheets of invented receipts in many languages: tables of taxes, tips and roundings that are rare else."""
    return [_sheet(reading, row, ("invented", folds)) for reading, row in receipts(1, count)]


def _sheet(reading: Reading, row: dict[str, Any], of: tuple[str, int]) -> Sheet:
    source, folds = of
    totals = {read_amount(str(text)) for text in [row["total"], *(row.get("total_alts") or [])]}
    figures = find_figures(find_rows(reading))
    by_value = group_by_value(figures)
    page = Page.of(figures)
    witnesses = [features(value, found, page) for value, found in by_value.items()]
    right = [value in totals for value in by_value]
    return Sheet(str(row["id"]), source, fold_of(row, folds), list(by_value), witnesses, right)


def learn(train: list[Sheet], steps: int, pull: float) -> dict[str, float]:
    """Return the weights that make the right candidates most probable (a conditional logit, pulled towards 0)."""
    names = sorted({name for sheet in train for witness in sheet.witnesses for name in witness})
    place = {name: at for at, name in enumerate(names)}
    usable = [sheet for sheet in train if any(sheet.right)]
    count = {source: sum(s.source == source for s in usable) for source in {s.source for s in usable}}
    table = np.zeros((sum(len(s.values) for s in usable), len(names)))
    starts, right, share, row = [], [], [], 0
    for sheet in usable:
        starts.append(row)
        share.append(1 / max(1.0, (count[sheet.source] / 150) ** 0.5))
        for witness, good in zip(sheet.witnesses, sheet.right, strict=True):
            for name, size in witness.items():
                table[row, place[name]] = size
            right.append(good)
            row += 1
    signs = np.array([-1.0 if name in AGAINST else 1.0 for name in names])
    prior = np.abs([PRIOR.get(name, 0.0) for name in names])
    pages = Pages(table * signs, np.array(starts), np.array(right), np.array(share))
    weights = signs * descend(pages, prior, Descent(steps, pull, positive=True))
    return dict(zip(names, weights.tolist(), strict=True))


def best(sheet: Sheet, weights: dict[str, float]) -> tuple[int, float]:
    """Return the likeliest candidate's place (-1 without candidates) and its chance."""
    if not sheet.values:
        return -1, 0.0
    scores = np.array([sum(weights.get(n, 0) * x for n, x in witness.items()) for witness in sheet.witnesses])
    chance = np.exp(scores - scores.max())
    return int(chance.argmax()), float(chance.max() / chance.sum())


def report(tested: list[tuple[Sheet, int, float]]) -> None:
    """Print for each source the share right, and how right the totals above each chance are."""
    for source in sorted({sheet.source for sheet, *_ in tested}):
        rows = [(chance, at >= 0 and sheet.right[at]) for sheet, at, chance in tested if sheet.source == source]
        text = f"{source:28} {len(rows):4} right {100 * sum(good for _, good in rows) / len(rows):5.1f} %"
        for least in (0.8, 0.9, 0.95, 0.98, 0.99):
            sure = [good for chance, good in rows if chance >= least]
            text += f" | {least}: {100 * len(sure) / len(rows):3.0f} % at {100 * sum(sure) / max(1, len(sure)):5.1f}"
        print(text)


def list_misses(tested: list[tuple[Sheet, int, float]]) -> None:
    """Print the receipts whose total came out wrong."""
    for sheet, at, chance in tested:
        if at < 0 or not sheet.right[at]:
            wanted = [str(v) for v, good in zip(sheet.values, sheet.right, strict=True) if good]
            got = sheet.values[at] if at >= 0 else None
            print(sheet.source, sheet.id, "wanted", wanted, "got", got, f"{chance:.2f}")


def main() -> None:
    """Read the command line, cross-validate, and write the weights learned from everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--truth", type=Path, action="append", required=True, help="truth file (may be repeated)")
    parser.add_argument("--readings", type=Path, action="append", required=True, help="recorded readings")
    parser.add_argument("--out", type=Path, help="where to write the weights")
    parser.add_argument("--misses", action="store_true", help="list the receipts whose total came out wrong")
    parser.add_argument("--invented", type=int, default=INVENTED, help="so many invented receipts are learned from too")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--steps", type=int, default=600)
    parser.add_argument("--pull", type=float, default=0.5, help="how strongly weights are held near 0")
    given = parser.parse_args()
    truth = {key: row for path in given.truth for key, row in load_truth(path).items()}
    every = [sheet for path in given.readings for sheet in sheets(truth, path, given.folds)]
    every += invented_sheets(given.folds, given.invented)
    tested = []
    for fold in range(given.folds):
        weights = learn([sheet for sheet in every if sheet.fold != fold], given.steps, given.pull)
        tested += [(sheet, *best(sheet, weights)) for sheet in every if sheet.fold == fold]
    report(tested)
    if given.misses:
        list_misses(tested)
    if given.out:
        weights = learn(every, given.steps, given.pull)
        given.out.write_text(HEAD + "".join(f"{name:24} {weights[name]:.2f}\n" for name in sorted(weights)), "utf-8")


if __name__ == "__main__":
    main()
