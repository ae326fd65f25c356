"""Learns the weights of merchant_weights.json: which features make a run of print the merchant's name.

    snapspend read --json PHOTOS/ > readings.jsonl
    python tests/bench/train_merchant.py readings.jsonl truth.jsonl [more readings and truths] [--write]

A conditional logit: of all candidates on a page one is the name, and the score of each is a weighted sum of its
features. The weights that make the true names likeliest are found by gradient descent, pulled towards `PRIOR` (what
is known about names without data) so that rare features do not swing. Truth is one JSON object a line with `id` (the
photo's file name without its ending), `merchant` and perhaps `merchant_alts`. Printed is the share of names that are
right, letters and digits compared, by cross-validation over merchants: no merchant is judged by weights that saw it.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import unicodedata
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from core.extraction import merchant
from core.extraction.merchant_candidates import candidates
from core.extraction.merchant_features import Features, features
from core.extraction.merchant_page import page_of
from core.receipt import Reading

PRIOR = {
    "open": -1.5,
    "starts open": -1.5,
    "join open": 1.5,
    "join only company": 1.5,
    "in web address": 0.5,
    "greeting": -1.0,
    "date": -1.5,
    "zip": -1.0,
    "amount": -1.0,
    "amount in row": -1.0,
    "url": -1.0,
    "tax id": -1.0,
    "only heading": -1.5,
    "ends number": -1.0,
    "large": 0.5,
    "known chain": 1.5,
    "digits": -1.5,
    "lower": -0.7,
    "contact": -0.5,
    "heading": -0.5,
    "address": -0.5,
    "slogan": -0.5,
}
PULL = 2.0
"""How strongly weights are held near the prior."""
STEPS = 400
FOLDS = 8


@dataclass
class Example:
    """One page: its candidates' features and how right each is (1 the name, less a part that also counts, or 0)."""

    merchant: str
    features: list[Features]
    right: list[float]
    exact: list[bool]


def main() -> None:
    """Print cross-validated figures and, with --write, replace the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path, help="readings and truth in turn")
    parser.add_argument("--write", action="store_true")
    chosen = parser.parse_args()
    pairs = zip(chosen.files[::2], chosen.files[1::2], strict=True)
    examples = [example for readings, truth in pairs for example in load(readings, truth)]
    names = sorted({name for example in examples for one in example.features for name in one})
    right = validate(examples, names)
    print(f"right by cross-validation over merchants: {right} of {len(examples)} ({right / len(examples):.1%})")
    if chosen.write:
        weights = learn(examples, names, examples)
        weighed = zip(names, weights, strict=True)
        kept = {name: round(float(weight), 2) for name, weight in weighed if abs(weight) > 0.02}
        target = Path(merchant.__file__).with_name("merchant_weights.json")
        target.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def load(readings: Path, truth: Path) -> list[Example]:
    """Return an example for every reading with a true merchant."""
    known = {line["id"]: line for line in map(json.loads, truth.read_text("utf-8").splitlines())}
    examples = []
    for line in map(json.loads, readings.read_text("utf-8").splitlines()):
        told = known.get(Path(line["file"]).stem)
        if told and told.get("merchant") and line.get("reading"):
            examples.append(example_of(Reading.model_validate(line["reading"]), told))
    return examples


def example_of(reading: Reading, told: dict[str, Any]) -> Example:
    """Return one page as an example; where no candidate is exactly right, the nearest one stands in."""
    page = page_of(reading)
    found = list(candidates(page))
    whole = plain_name(told["merchant"])
    parts = {plain_name(part) for part in told.get("merchant_alts", [])}
    names = [plain_name(one.name) for one in found]
    exact = [name == whole or (len(name) >= 3 and name in parts) for name in names]
    right = [1.0 if name == whole else 0.6 * ok for name, ok in zip(names, exact, strict=True)]
    if not any(right):
        near = [likeness(name, whole) for name in names]
        right = [1.0 * (much == max(near) and much >= 0.8) for much in near]
    return Example(whole, [features(one, page) for one in found], right, exact)


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
    used = [one for one in examples if any(one.right)]
    table = np.array([[one.get(name, 0.0) for name in names] for example in used for one in example.features])
    right = np.concatenate([example.right for example in used])
    sizes = [len(example.features) for example in used]
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    page = np.repeat(np.arange(len(used)), sizes)
    worth = np.array([often[example.merchant[:6]] ** -0.6 for example in used])[page]
    prior = np.array([PRIOR.get(name, 0.0) for name in names])
    weights, speed, size = prior.copy(), np.zeros(len(names)), np.zeros(len(names))
    for step in range(1, STEPS + 1):
        scores = table @ weights
        strength = np.exp(scores - np.maximum.reduceat(scores, starts)[page])
        share = strength / np.add.reduceat(strength, starts)[page]
        true = strength * right
        true = true / (np.add.reduceat(true, starts)[page] + 1e-300)
        slope = table.T @ ((share - true) * worth) + PULL * (weights - prior)
        speed, size = 0.9 * speed + 0.1 * slope, 0.999 * size + 0.001 * slope**2
        pace = 0.1 * (1 - step / STEPS)
        weights -= pace * (speed / (1 - 0.9**step)) / (np.sqrt(size / (1 - 0.999**step)) + 1e-8)
    return weights


def validate(examples: list[Example], names: list[str]) -> int:
    """Return how many names are right when each merchant is left out of the learning that judges it."""
    right = 0
    for fold in range(FOLDS):
        out = [one for one in examples if fold_of(one) == fold]
        rest = [one for one in examples if fold_of(one) != fold]
        weights = dict(zip(names, learn(rest, names, examples), strict=True))
        for one in out:
            scores = [sum(weights[name] * much for name, much in found.items()) for found in one.features]
            right += bool(scores) and one.exact[scores.index(max(scores))]
    return right


def fold_of(example: Example) -> int:
    """Return the fold of a merchant: names that begin alike stay together."""
    return int(hashlib.sha256(example.merchant[:6].encode()).hexdigest(), 16) % FOLDS


if __name__ == "__main__":
    main()
