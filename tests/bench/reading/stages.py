"""Time by stage: pictures prepared, read, extracted and checked in one process with one thread."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import ParamSpec, TypeVar

from core.adapters.rapidocr_engine import Engine
from core.checks import Context, check
from core.errors import SnapSpendError
from core.extraction.offline import extract
from core.ports import Hints
from core.prepare import prepare
from core.receipt import Line, Reading
from tests.bench.reading.pictures import middle
from tests.bench.reading.table import SETS, markdown

P = ParamSpec("P")
T = TypeVar("T")


class Clock:
    """CPU milliseconds by stage, a number a picture."""

    def __init__(self) -> None:
        """Start with nothing spent."""
        self.spent: dict[str, list[float]] = defaultdict(list)

    def timed(self, stage: str, function: Callable[P, T], *args: P.args, **more: P.kwargs) -> T:
        """Return the function's answer and note what it took, also when it raises."""
        start = time.process_time()
        try:
            return function(*args, **more)
        finally:
            self.spent[stage].append(1000 * (time.process_time() - start))

    @property
    def rows(self) -> dict[str, str]:
        """Return the median of each stage with its interval."""
        middles = {stage: middle(spent) for stage, spent in self.spent.items()}
        return {stage: f"{value:.0f} ({low:.0f} to {high:.0f})" for stage, (value, low, high) in middles.items()}


def measured(pictures: Mapping[str, Sequence[Path]]) -> str:
    """Return a table of the stages for the pictures of each source, with the models loaded before."""
    clocks: dict[str, Clock] = {}
    engine = Engine(1)
    engine.warm()
    for source, paths in pictures.items():
        clocks[source] = Clock()
        for path in paths:
            try:
                _one(path.read_bytes(), engine, clocks[source])
            except SnapSpendError as error:
                print(f"{path.name}: {error.sentence}")
    columns = [clock.rows for clock in clocks.values()]
    names = list(dict.fromkeys(stage for column in columns for stage in column))
    head = ["CPU milliseconds, median", *(f"{SETS.get(each, each)} ({len(pictures[each])})" for each in clocks)]
    return markdown(head, [[name, *(column.get(name, "–") for column in columns)] for name in names])


def _one(photo: bytes, engine: Engine, clock: Clock) -> None:
    """Take one picture the road of a photo. Raises SnapSpendError."""
    today = date.today()
    lines: list[Line] = []
    sizes: list[tuple[int, int]] = []
    for number, page in enumerate(clock.timed("prepare the picture", prepare, photo)):
        found = clock.timed("find its lines", engine.find, page)
        read, size, _ = clock.timed("read them", engine.read, found, number)
        lines += read
        sizes.append(size)
    reading = Reading(lines=tuple(lines), pages=tuple(sizes), reader=engine.name)
    receipt = clock.timed("extract the fields", extract, reading, Hints(today=today))
    clock.timed("check what was found", check, receipt, reading, Context(today=today))
