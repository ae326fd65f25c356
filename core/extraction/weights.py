"""Weights: what was learned from receipts about names and totals, read from the small text files beside this one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files


@cache
def _of(name: str) -> Mapping[str, float]:
    """Return the weights of a file: a name and a number a line, `#` before remarks."""
    lines = files("core.extraction").joinpath(name).read_text("utf-8").splitlines()
    pairs = (line.rsplit(None, 1) for line in lines if line.strip() and not line.startswith("#"))
    return {name.strip(): float(weight) for name, weight in pairs}


@dataclass(frozen=True)
class Weights:
    """The weights by which the total is chosen; others than those that ship are given by who measures them."""

    total: Mapping[str, float] = field(default_factory=lambda: _of("total_weights.txt"))
