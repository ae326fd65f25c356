"""The total: every amount on the page is a candidate, judged by its words, its place, its type and the arithmetic."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from math import exp

from core.extraction.figure import Figure
from core.extraction.total_witnesses import Page, features, group_by_value


@dataclass(frozen=True)
class Candidate:
    """One amount that could be the total, where it is printed, and how probable it is from 0 to 1."""

    value: Decimal
    figures: tuple[Figure, ...]
    chance: float


def find_total(figures: tuple[Figure, ...]) -> tuple[Candidate, ...]:
    """Return the amounts that could be the total with the chance of each, likeliest first; empty without amounts."""
    by_value = group_by_value(figures)
    if not by_value:
        return ()
    page = Page.of(figures)
    weights = _weights()
    scores = {
        value: sum(weights.get(name, 0.0) * size for name, size in features(value, found, page).items())
        for value, found in by_value.items()
    }
    top = max(scores.values())
    whole = sum(exp(score - top) for score in scores.values())
    ranked = sorted(scores, key=lambda value: scores[value], reverse=True)
    return tuple(Candidate(value, tuple(by_value[value]), exp(scores[value] - top) / whole) for value in ranked)


@lru_cache(maxsize=1)
def _weights() -> dict[str, float]:
    """Return the weights of the witnesses, from the text file beside this one."""
    lines = files("core.extraction").joinpath("total_weights.txt").read_text("utf-8").splitlines()
    pairs = (line.rsplit(None, 1) for line in lines if line.strip() and not line.startswith("#"))
    return {name.strip(): float(weight) for name, weight in pairs}
