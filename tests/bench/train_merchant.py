"""Learns the weights of merchant_weights.txt: which features make a run of print the merchant's name.

    snapspend read --json PHOTOS/ > readings.jsonl
    python -m tests.bench.train_merchant readings.jsonl truth.jsonl [more readings and truths] [--out weights.txt]

A conditional logit: of all candidates on a page one is the name, or none is, and the score of each is a weighted sum
of its features. The weights that make the true names likeliest are found by gradient descent, pulled towards
tests/bench/merchant_prior.txt (what is known about names without data) so that rare features do not swing. Learned
from, too, are the invented heads of tests/bench/heads.txt; those of heads_unseen.txt are only measured. Readings
are in any form of tests/bench/recorded.py; truth is one JSON object a line with `id`, `merchant` and perhaps
`merchant_alts`. Printed, by cross-validation over merchants (names that begin alike stay together, so no merchant is
judged by weights that saw it), for each source: the share of names that are right, letters and digits compared, and
that are useful (nearly right, or a part of the truth or the other way round); both again with each merchant counted
once; how useful the names from each confidence on are; and
which share is shown without a doubt, and how much of that is useful.
"""

from __future__ import annotations

import argparse
import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from core.checks import SURE_MERCHANT
from core.extraction.merchant import find_merchant
from core.extraction.merchant_candidates import candidates
from core.extraction.merchant_features import Features, features
from core.extraction.merchant_page import page_of
from core.extraction.weights import Weights, read_weights
from core.receipt import Reading
from tests.bench.heads import heads
from tests.bench.logit import Descent, Pages, descend
from tests.bench.names import likeness, plain_name, useful
from tests.bench.recorded import load_readings, load_truth

HEAD = """# What speaks for (+) and against (-) a run of print in the head of a receipt being the merchant's name: a
# feature a line with its weight (a logit); `none` is that no name is printed. The features are worked out in
# merchant_features.py, merchant_neighbours.py and merchant_echo.py. Learned by tests/bench/train_merchant.py, a
# conditional logit pulled towards tests/bench/merchant_prior.txt, from {count} readings of receipts of {merchants}
# merchants, heads that are invented (tests/bench/heads.txt) among them.
"""
PULL = 2.0
"""How strongly weights are held near the prior."""
STEPS = 500
FOLDS = 8
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
    whole = plain_name(told["merchant"] or "")
    parts = {plain_name(part) for part in told.get("merchant_alts") or []}
    parts = {part for part in parts if len(part) >= 3}
    names = [plain_name(one.name) for one in found]
    right = [1.0 if name == whole else 0.6 * (name in parts) for name in names]
    if not any(right) and whole:
        near = [likeness(name, whole) for name in names]
        right = [1.0 * (much == max(near) and much >= 0.8) for much in near]
    rows = [*(features(one, page) for one in found), {"none": 1.0}]
    source = f"{told.get('source', '')} {of}".strip()
    return Example(
        whole or str(told["id"]), rows, [*right, 1.0 * (not any(right))], reading, (whole, *sorted(parts)), source
    )


def invented(name: str = "heads.txt") -> list[Example]:
    """Return the invented heads of a file as examples."""
    return [example_of(reading, told) for reading, told in heads(name)]


def learn(examples: list[Example], names: list[str], all_examples: list[Example]) -> Any:
    """Return the weights of `names`; merchants with many receipts count less for each (power 0.4 of their number)."""
    often = Counter(one.merchant[:6] for one in all_examples)
    table = np.array([[one.get(name, 0.0) for name in names] for example in examples for one in example.features])
    right = np.concatenate([example.right for example in examples])
    sizes = [len(example.features) for example in examples]
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    worth = np.array([often[one.merchant[:6]] ** -0.6 for one in examples])
    known = prior()
    held = np.array([known.get(name, 0.0) for name in names])
    pages = Pages(table, starts, right, worth)
    return descend(pages, held, Descent(STEPS, PULL, pace=0.1, settles=True))


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
    good = any(said == wanted or (said and wanted and useful(said, wanted)) for wanted in example.wanted)
    return Judged(example, name or "", why.confidence or 0.0, said in example.wanted, good)


def validate(examples: list[Example], heads: list[Example]) -> Iterator[Judged]:
    """Yield the judgement of every page by weights learned without its merchant, but with invented heads."""
    every = [*examples, *heads]
    for fold in range(FOLDS):
        weights = weights_of([*(one for one in examples if fold_of(one) != fold), *heads], every)
        yield from (judge(one, weights) for one in examples if fold_of(one) == fold)
    weights = weights_of(every, every)
    yield from (judge(one, weights) for one in invented("heads_unseen.txt"))


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
            text += " (without a doubt)" * (least == SURE_MERCHANT)
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
    shipped = dict(Weights().merchant)
    unseen = [] if not chosen.plain else [*examples, *invented("heads_unseen.txt")]
    judged = [judge(one, shipped) for one in unseen] or list(validate(examples, invented()))
    report(judged)
    for one in judged if chosen.misses else ():
        if not one.right:
            print(one.example.source, one.example.wanted[0], "|", one.name, one.sure, "useful" * one.useful)
    if chosen.out:
        examples += invented()
        write(chosen.out, weights_of(examples, examples), examples)


def write(path: Path, weights: dict[str, float], examples: list[Example]) -> None:
    """Write the weights as the reader takes them, those next to nothing left out."""
    merchants = len({one.merchant[:6] for one in examples})
    lines = (f"{name:24} {weight:.2f}\n" for name, weight in sorted(weights.items()) if abs(weight) > 0.02)
    path.write_text(HEAD.format(count=len(examples), merchants=merchants) + "".join(lines), "utf-8")


if __name__ == "__main__":
    main()
