"""The total: every amount on the page is a candidate, judged by its words, its place, its type and the arithmetic."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from math import exp

from core.extraction.figure import Figure
from core.extraction.total_page import Page
from core.extraction.total_witnesses import features, group_by_value


@dataclass(frozen=True)
class Candidate:
    """One amount that could be the total, where it is printed, and how probable it is from 0 to 1."""

    value: Decimal
    figures: tuple[Figure, ...]
    chance: float


def find_total(figures: tuple[Figure, ...], weights: Mapping[str, float]) -> tuple[Candidate, ...]:
    """Return the amounts that could be the total with the chance of each, likeliest first; empty without amounts."""
    by_value = group_by_value(figures)
    if not by_value:
        return ()
    page = Page.of(figures)
    scores = {
        value: sum(weights.get(name, 0.0) * size for name, size in features(value, found, page).items())
        for value, found in by_value.items()
    }
    top = max(scores.values())
    whole = sum(exp(score - top) for score in scores.values())
    ranked = sorted(scores, key=lambda value: scores[value], reverse=True)
    return tuple(Candidate(value, tuple(by_value[value]), exp(scores[value] - top) / whole) for value in ranked)
