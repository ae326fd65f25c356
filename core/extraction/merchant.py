"""Who sold: the run of print in the head of the page that looks most like a merchant's name."""

from __future__ import annotations

from collections.abc import Mapping
from math import exp

from core.extraction.merchant_candidates import Candidate, candidates
from core.extraction.merchant_features import features
from core.extraction.merchant_page import page_of
from core.extraction.weights import Weights
from core.receipt import Evidence, Reading

_LEAST = 0.2
"""A likelihood below this is no answer: nothing on the page looks like a name."""


def find_merchant(reading: Reading, weights: Mapping[str, float] | None = None) -> tuple[str | None, Evidence]:
    """Return the merchant's name as printed (registration numbers off), and how sure that is.

    Each candidate's features are weighed (tests/bench/train_merchant.py learns the weights that ship); the
    confidence is the candidate's share of the exponentials of all scores (a conditional logit). Rivals are names.
    """
    page = page_of(reading)
    found = list(candidates(page))
    weights = Weights().merchant if weights is None else weights
    scores = [sum(weights.get(name, 0.0) * much for name, much in features(one, page).items()) for one in found]
    ranked = _shares(found, scores)
    if not ranked or ranked[0][1] < _LEAST:
        return None, Evidence(confidence=0.0, rivals=tuple(one.name for one, _ in ranked[:3]))
    best, share = ranked[0]
    rivals = [one.name for one, much in ranked[1:4] if much > 0.03]
    return best.name, Evidence(lines=best.lines, confidence=round(share, 3), rivals=tuple(rivals))


def _shares(found: list[Candidate], scores: list[float]) -> list[tuple[Candidate, float]]:
    """Return each name once with its share from 0 to 1, the likeliest first."""
    top = max(scores, default=0.0)
    strengths = [exp(score - top) for score in scores]
    whole = sum(strengths)
    shares: dict[str, tuple[Candidate, float]] = {}
    for one, strength in sorted(zip(found, strengths, strict=True), key=lambda pair: -pair[1]):
        key = "".join(letter for letter in one.name.casefold() if letter.isalnum())
        first, before = shares.get(key, (one, 0.0))
        shares[key] = (first, before + strength / whole)
    return sorted(shares.values(), key=lambda pair: -pair[1])
