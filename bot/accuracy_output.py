"""What `snapspend accuracy` prints: figures as a table or as JSON, and what was not read right."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict

from bot.read_output import printable
from core.scoring.figures import Tally, f1, interval, percent
from core.scoring.judging import FIGURES, Mark
from core.scoring.misses import Miss

_NAME = max(map(len, FIGURES.values()))
_HEAD = f"{'':{_NAME}}{'truth':>7}{'read':>7}{'right':>7}{'%':>8}{'95 % interval':>16}{'precision':>11}{'F1':>8}"
_SHARES = ("unasked", "unasked right", "all")
"""Figures that are plain shares: nothing is read wrong or not at all."""


def as_table(name: str, tally: Tally) -> str:
    """Return a group's figures, one a row: right of the truth's in per cent with its interval, precision, F1."""
    unread = f", {tally.unread} of them not read" if tally.unread else ""
    receipts = "receipt" if tally.receipts == 1 else "receipts"
    lines = [f"{printable(name)}: {tally.receipts} {receipts}{unread}", _HEAD]
    lines += [_row(figure, mark) for figure, mark in tally.figures().items()]
    invented = [f"{number} {field}{'s' * (number > 1)}" for field, number in sorted(tally.invented.items()) if number]
    lines += [f"read where the truth has none: {', '.join(invented)}"] if invented else []
    return "\n".join(lines)


def as_json(groups: Mapping[str, Tally], missed: Sequence[Miss] | None, seconds: float | None) -> str:
    """Return the same as one JSON object, with the misses when they are wanted."""
    told: dict[str, object] = {"groups": {name: _group(tally) for name, tally in groups.items()}}
    told |= {} if seconds is None else {"seconds": round(seconds, 1)}
    told |= {} if missed is None else {"misses": [asdict(miss) for miss in missed]}
    return json.dumps(told, ensure_ascii=False, indent=1)


def as_line(miss: Miss) -> str:
    """Return one miss as people read it."""
    if miss.error is not None:
        return printable(f"{miss.id}  not read: {miss.error}")
    read = "nothing read" if miss.read is None else f"read {miss.read}"
    truth = " or ".join(miss.truth)
    shown = "" if miss.is_asked or miss.read is None or miss.field == "items" else " (without a doubt)"
    return printable(f"{miss.id}  {miss.field}: {read}, truth {truth}{shown}")


def _row(figure: str, mark: Mark) -> str:
    low, high = interval(mark.right, mark.truth)
    share = f"{percent(mark.right, mark.truth):8.1f}{f'{low:.1f} to {high:.1f}':>16}"
    name = f"{FIGURES[figure]:{_NAME}}{mark.truth:7}"
    if figure in _SHARES:
        return f"{name}{'':7}{mark.right:7}{share}"
    return f"{name}{mark.read:7}{mark.right:7}{share}{percent(mark.right, mark.read):11.1f}{f1(mark):8.1f}"


def _group(tally: Tally) -> dict[str, object]:
    figures = {name: _figure(mark) for name, mark in tally.figures().items()}
    invented = {name: number for name, number in tally.invented.items() if number}
    return {"receipts": tally.receipts, "unread": tally.unread, "invented": invented, "figures": figures}


def _figure(mark: Mark) -> dict[str, float]:
    low, high = interval(mark.right, mark.truth)
    shares = {"percent": percent(mark.right, mark.truth), "low": low, "high": high}
    shares |= {"precision": percent(mark.right, mark.read), "f1": f1(mark)}
    return {**asdict(mark), **{name: round(value, 4) for name, value in shares.items()}}
