"""Who sold: the run of print in the head of the page that looks most like a merchant's name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp

from core.extraction.merchant_candidates import Candidate, candidates
from core.extraction.merchant_features import features
from core.extraction.merchant_page import page_of
from core.extraction.merchant_repair import repaired
from core.extraction.weights import Weights
from core.receipt import Evidence, Reading

_LEAST = 0.15
"""A likelihood below this is no answer: nothing on the page looks like a name."""
_RIVAL = 0.03
"""What is less likely than this is no choice to offer."""
_SHORTEST = 4
"""So many letters and figures must a name have to speak for a longer one that contains it."""


@dataclass(frozen=True)
class _Name:
    """A name with its letters and figures, and how likely it is the merchant's, from 0 to 1."""

    best: Candidate
    letters: str
    share: float


def find_merchant(reading: Reading, weights: Mapping[str, float] | None = None) -> tuple[str | None, Evidence]:
    """Return the merchant's name as printed (registration numbers off), and how sure that is.

    Each candidate's features are weighed (tests/bench/train_merchant.py learns the weights that ship, by a conditional
    logit in which "none of these" is a candidate, too). The confidence is how likely it is that the name
    or one that is a part of it, or that it is a part of, is right: `Otter` and `Otter Bakery` agree. Rivals are names.
    """
    ranked = _ranked(reading, Weights().merchant if weights is None else weights)
    if not ranked or ranked[0].share < _LEAST:
        return None, Evidence(confidence=0.0, rivals=tuple(name.best.name for name in ranked[:3]))
    first = ranked[0]
    sure = sum(name.share for name in ranked if _agree(name.letters, first.letters))
    rivals = [name.best.name for name in ranked[1:4] if name.share > _RIVAL]
    name = repaired(first.best.name, first.best.lines, reading)
    return name, Evidence(lines=first.best.lines, confidence=round(sure, 3), rivals=tuple(rivals))


def _ranked(reading: Reading, weights: Mapping[str, float]) -> list[_Name]:
    """Return each name once, the likeliest first."""
    page = page_of(reading)
    found = list(candidates(page))
    scores = [sum(weights.get(name, 0.0) * much for name, much in features(one, page).items()) for one in found]
    nothing = weights.get("none", 0.0)
    top = max(scores, default=nothing)
    whole = sum(exp(score - top) for score in (*scores, nothing))
    names: dict[str, _Name] = {}
    for one, score in sorted(zip(found, scores, strict=True), key=lambda pair: -pair[1]):
        letters = "".join(letter for letter in one.name.casefold() if letter.isalnum())
        known = names.get(letters)
        share = exp(score - top) / whole + (known.share if known else 0.0)
        names[letters] = _Name(known.best if known else one, letters, share)
    return sorted(names.values(), key=lambda name: -name.share)


def _agree(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return one == other or (len(shorter) >= _SHORTEST and shorter in longer)
