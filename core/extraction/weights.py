"""Weights: what was learned from receipts about names and totals, read from the small text files beside this one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files


def read_weights(text: str) -> dict[str, float]:
    """Return the weights in a text: a name and a number a line, `#` before remarks."""
    pairs = (line.rsplit(None, 1) for line in text.splitlines() if line.strip() and not line.startswith("#"))
    return {name.strip(): float(weight) for name, weight in pairs}


@cache
def _of(name: str) -> Mapping[str, float]:
    return read_weights(files("core.extraction").joinpath(name).read_text("utf-8"))


@dataclass(frozen=True)
class Weights:
    """The weights by which total and merchant are chosen; others than those that ship are given by who measures."""

    total: Mapping[str, float] = field(default_factory=lambda: _of("total_weights.txt"))
    merchant: Mapping[str, float] = field(default_factory=lambda: _of("merchant_weights.txt"))
