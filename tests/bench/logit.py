"""A conditional logit: of several candidates on a page one is right, and a weighted sum of features says which."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True)
class Pages:
    """What is learned from: a row of features a candidate, page after page.

    `starts` has the row in which each page begins, `right` how right each candidate is (0 to 1), and `worth` how much
    each page counts.
    """

    table: Any
    starts: Any
    right: Any
    worth: Any


@dataclass(frozen=True)
class Descent:
    """How weights are sought: `pull` holds them near what is known; at a `pace` that may settle down to nothing."""

    steps: int
    pull: float
    pace: float = 0.05
    settles: bool = False
    positive: bool = False


def descend(pages: Pages, known: Any, how: Descent) -> Any:
    """Return the weights that make the right candidates likeliest, begun at those that are known (by Adam)."""
    lengths = np.diff(np.append(pages.starts, len(pages.right)))
    worth = np.repeat(pages.worth, lengths)
    weights, speed, size = known.copy(), 0.0, 0.0
    for step in range(1, how.steps + 1):
        scores = pages.table @ weights
        odds = np.exp(scores - np.repeat(np.maximum.reduceat(scores, pages.starts), lengths))
        chance = odds / np.repeat(np.add.reduceat(odds, pages.starts), lengths)
        good = odds * pages.right + 1e-12 * pages.right
        wanted = good / np.repeat(np.add.reduceat(good, pages.starts), lengths)
        slope = pages.table.T @ ((chance - wanted) * worth) + how.pull * (weights - known)
        speed = 0.9 * speed + 0.1 * slope
        size = 0.99 * size + 0.01 * slope**2
        pace = how.pace * (1 - step / how.steps) if how.settles else how.pace
        weights = weights - pace * (speed / (1 - 0.9**step)) / (np.sqrt(size / (1 - 0.99**step)) + 1e-8)
        weights = np.maximum(weights, 0.0) if how.positive else weights
    return weights
