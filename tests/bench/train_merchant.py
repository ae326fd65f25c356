"""Learns the weights of merchant_weights.txt: which features make a run of print the merchant's name.

    snapspend read --json PHOTOS/ > readings.jsonl
    python -m tests.bench.train_merchant readings.jsonl truth.jsonl [more readings and truths] [--out weights.txt]

A conditional logit: of all candidates on a page one is the name, or none is, and the score of each is a weighted sum
of its features. The weights that make the true names likeliest are found by gradient descent, pulled towards
tests/bench/merchant_prior.txt (what is known about names without data) so that rare features do not swing. Readings
are in any form of tests/bench/recorded.py; truth is one JSON object a line with `id`, `merchant` and perhaps
`merchant_alts`. Printed, by cross-validation over merchants (names that begin alike stay together, so no merchant is
judged by weights that saw it), for each source: the share of names that are right, letters and digits compared, and
that are useful (nearly right, or a part of the truth or the other way round); both again with each merchant counted
once; and how useful the names above each confidence are.
"""

from __future__ import annotations

import argparse
import hashlib
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from core.extraction.merchant import find_merchant
from core.extraction.merchant_candidates import candidates
from core.extraction.merchant_features import Features, features
from core.extraction.merchant_page import page_of
from core.extraction.weights import Weights, read_weights
from core.receipt import Reading
from tests.bench.recorded import load_readings, load_truth

HEAD = """# What speaks for (+) and against (-) a run of print in the head of a receipt being the merchant's name: a
# feature a line with its weight (a logit); `none` is that no name is printed. The features are worked out in
# merchant_features.py and merchant_echo.py. Learned by tests/bench/train_merchant.py, a conditional logit pulled
# towards tests/bench/merchant_prior.txt, from {count} readings of receipts of {merchants} merchants.
"""
PULL = 2.0
"""How strongly weights are held near the prior."""
STEPS = 500
FOLDS = 8
USEFUL = 0.9
SURE = (0.4, 0.5, 0.6, 0.7, 0.8, 0.9)


@dataclass(frozen=True)
class Example:
    """One page: the features of each candidate, and how right each is (the whole name 1, a part that counts 0.6).

    The last candidate is that none is right.
    """

    merchant: str
    features: list[Features]
    right: list[float]
    reading: Reading
    wanted: tuple[str, ...]
    source: str


def prior() -> dict[str, float]:
    """Return what is known about names without data."""
    return read_weights(Path(__file__).with_name("merchant_prior.txt").read_text("utf-8"))


def load(readings: Path, truth: Path) -> list[Example]:
    """Return an example for every reading with a true merchant."""
    known = load_truth(truth)
    pairs = ((reading, known.get(key, {})) for key, reading in load_readings(readings).items())
    return [example_of(reading, told, readings.stem) for reading, told in pairs if told.get("merchant")]


def example_of(reading: Reading, told: dict[str, Any], of: str = "") -> Example:
    """Return one page as an example; where no candidate is exactly right, the nearest one stands in."""
    page = page_of(reading)
    found = list(candidates(page))
    whole = plain_name(told["merchant"])
    parts = {plain_name(part) for part in told.get("merchant_alts") or []}
    parts = {part for part in parts if len(part) >= 3}
    names = [plain_name(one.name) for one in found]
    right = [1.0 if name == whole else 0.6 * (name in parts) for name in names]
    if not any(right):
        near = [likeness(name, whole) for name in names]
        right = [1.0 * (much == max(near) and much >= 0.8) for much in near]
    rows = [*(features(one, page) for one in found), {"none": 1.0}]
    source = f"{told.get('source', '')} {of}".strip()
    return Example(whole, rows, [*right, 1.0 * (not any(right))], reading, (whole, *sorted(parts)), source)


def plain_name(name: str) -> str:
    """Return letters and digits only, casefolded."""
    return "".join(letter for letter in unicodedata.normalize("NFKD", name).casefold() if letter.isalnum())


def likeness(one: str, other: str) -> float:
    """Return from 0 to 1 how alike two names are: shared pairs of letters."""
    pairs, others = Counter(pairwise(one)), Counter(pairwise(other))
    return 2 * (pairs & others).total() / max(1, pairs.total() + others.total())


def learn(examples: list[Example], names: list[str], all_examples: list[Example]) -> np.ndarray:
    """Return the weights of `names`; merchants with many receipts count less for each (power 0.4 of their number)."""
    often = Counter(one.merchant[:6] for one in all_examples)
    table = np.array([[one.get(name, 0.0) for name in names] for example in examples for one in example.features])
    right = np.concatenate([example.right for example in examples])
    sizes = [len(example.features) for example in examples]
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    page = np.repeat(np.arange(len(examples)), sizes)
    worth = np.array([often[example.merchant[:6]] ** -0.6 for example in examples])[page]
    known = prior()
    held = np.array([known.get(name, 0.0) for name in names])
    weights, speed, size = held.copy(), np.zeros(len(names)), np.zeros(len(names))
    for step in range(1, STEPS + 1):
        scores = table @ weights
        strength = np.exp(scores - np.maximum.reduceat(scores, starts)[page])
        share = strength / np.add.reduceat(strength, starts)[page]
        true = strength * right
        true = true / (np.add.reduceat(true, starts)[page] + 1e-300)
        slope = table.T @ ((share - true) * worth) + PULL * (weights - held)
        speed, size = 0.9 * speed + 0.1 * slope, 0.999 * size + 0.001 * slope**2
        pace = 0.1 * (1 - step / STEPS)
        weights -= pace * (speed / (1 - 0.9**step)) / (np.sqrt(size / (1 - 0.999**step)) + 1e-8)
    return weights


def weights_of(examples: list[Example], all_examples: list[Example]) -> dict[str, float]:
    """Return the weights learned from some of all examples."""
    names = sorted({name for example in all_examples for one in example.features for name in one})
    return dict(zip(names, learn(examples, names, all_examples).tolist(), strict=True))


@dataclass(frozen=True)
class Judged:
    """What was found on a page, and how good that is."""

    example: Example
    name: str
    sure: float
    right: bool
    useful: bool


def judge(example: Example, weights: dict[str, float]) -> Judged:
    """Return how good the name is that these weights choose."""
    name, why = find_merchant(example.reading, weights)
    said = plain_name(name or "")
    useful = bool(said) and any(_useful(said, wanted) for wanted in example.wanted)
    return Judged(example, name or "", why.confidence or 0.0, said in example.wanted, useful)


def _useful(said: str, wanted: str) -> bool:
    """Return whether a name is nearly the wanted one, or contains it or is contained in it from four letters on."""
    part = (len(said) >= 4 and said in wanted) or (len(wanted) >= 4 and wanted in said)
    return part or 1 - _edits(said, wanted) / max(len(said), len(wanted)) >= USEFUL


def _edits(one: str, other: str) -> int:
    """Return how many letters must be changed, added or left out (Levenshtein)."""
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        above, row = row, [at]
        for place, against in enumerate(other, 1):
            row.append(min(above[place] + 1, row[-1] + 1, above[place - 1] + (letter != against)))
    return row[-1]


def validate(examples: list[Example]) -> Iterator[Judged]:
    """Yield the judgement of every page by weights learned without its merchant."""
    for fold in range(FOLDS):
        weights = weights_of([one for one in examples if fold_of(one) != fold], examples)
        yield from (judge(one, weights) for one in examples if fold_of(one) == fold)


def fold_of(example: Example) -> int:
    """Return the fold of a merchant: names that begin alike stay together."""
    return int(hashlib.sha256(example.merchant[:6].encode()).hexdigest(), 16) % FOLDS


def report(judged: list[Judged]) -> None:
    """Print the shares in percent, source by source."""
    by_source: dict[str, list[Judged]] = defaultdict(list)
    for one in judged:
        by_source[one.example.source].append(one)
    print("source, pages: right/useful | each merchant once | from that confidence on: shown@useful")
    for source, rows in sorted(by_source.items()):
        often = Counter(one.example.merchant[:6] for one in rows)
        text = f"{source:26}{len(rows):4}"
        for worth in (lambda one: 1.0, lambda one, often=often: 1 / often[one.example.merchant[:6]]):
            whole = sum(worth(one) for one in rows)
            right = sum(worth(one) * one.right for one in rows) / whole
            text += f" {100 * right:5.1f}/{100 * sum(worth(one) * one.useful for one in rows) / whole:.1f} |"
        for least in SURE:
            sure = [one.useful for one in rows if one.name and one.sure >= least]
            text += f" {least}: {100 * len(sure) / len(rows):.0f}@{100 * sum(sure) / max(1, len(sure)):.1f}"
        print(text)


def main() -> None:
    """Read the command line, cross-validate, and write the weights where wanted."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("files", nargs="+", type=Path, help="readings and truth, in turn")
    parser.add_argument("--out", type=Path, help="write the weights learned from everything")
    parser.add_argument("--plain", action="store_true", help="measure the weights that ship instead of learning")
    parser.add_argument("--misses", action="store_true", help="list the names that are not right")
    chosen = parser.parse_args()
    pairs = zip(chosen.files[::2], chosen.files[1::2], strict=True)
    examples = [example for readings, truth in pairs for example in load(readings, truth)]
    judged = [judge(one, dict(Weights().merchant)) for one in examples] if chosen.plain else list(validate(examples))
    report(judged)
    for one in judged if chosen.misses else ():
        if not one.right:
            print(one.example.source, one.example.wanted[0], "|", one.name, one.sure, "useful" * one.useful)
    if chosen.out:
        write(chosen.out, weights_of(examples, examples), examples)


def write(path: Path, weights: dict[str, float], examples: list[Example]) -> None:
    """Write the weights as the reader takes them, those next to nothing left out."""
    merchants = len({one.merchant[:6] for one in examples})
    lines = (f"{name:24} {weight:.2f}\n" for name, weight in sorted(weights.items()) if abs(weight) > 0.02)
    path.write_text(HEAD.format(count=len(examples), merchants=merchants) + "".join(lines), "utf-8")


if __name__ == "__main__":
    main()
