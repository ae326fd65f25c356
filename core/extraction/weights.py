"""Weights: what was learned from receipts about names and totals, read from the small text files beside this one."""

from __future__ import annotations

import json
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


@cache
def _of_json(name: str) -> Mapping[str, float]:
    """Return the weights of a file that is one JSON object, name to number."""
    weights: dict[str, float] = json.loads(files("core.extraction").joinpath(name).read_text("utf-8"))
    return weights


@dataclass(frozen=True)
class Weights:
    """The weights by which total and merchant are chosen; others than those that ship are given by who measures."""

    total: Mapping[str, float] = field(default_factory=lambda: _of("total_weights.txt"))
    merchant: Mapping[str, float] = field(default_factory=lambda: _of_json("merchant_weights.json"))
