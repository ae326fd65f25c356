"""Reads pictures one after another in one warm process with one thread, and records each reading with what it cost."""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import psutil

from core.adapters.rapidocr_reader import RapidOcrReader
from core.errors import SnapSpendError
from tests.bench.bare import peak, used
from tests.bench.reading.answers import answer


@dataclass(frozen=True)
class Cost:
    """What one picture cost, read, extracted and checked: seconds, CPU seconds, and the OCR process's peak in MB."""

    wall: float
    cpu: float
    memory: float


async def record(pictures: Mapping[str, Path], out: Path) -> None:
    """Write one JSON object a picture: file, reading (null where it cannot be read) and cost."""
    reader = RapidOcrReader()
    await reader.warm()
    with out.open("w", encoding="utf-8") as lines:
        for number, picture in enumerate(pictures.values(), 1):
            row = {"file": picture.name, **await _read(reader, picture.read_bytes(), picture.name)}
            lines.write(json.dumps(row, ensure_ascii=False) + "\n")
            if number % 25 == 0:
                print(f"{number} of {len(pictures)} pictures read", file=sys.stderr)
    await reader.close()


async def _read(reader: RapidOcrReader, photo: bytes, name: str) -> dict[str, Any]:
    """Return reading and cost; without a cost where the process was replaced amid, since that loads models anew."""
    child = _child()
    wall, cpu, reading = time.perf_counter(), _used(child), None
    try:
        reading = await reader.read(photo)
        answer(reading)
    except SnapSpendError as error:
        print(f"{name}: {error.sentence}", file=sys.stderr)
    spent = time.perf_counter() - wall
    row: dict[str, Any] = {"reading": reading and reading.model_dump(mode="json")}
    if child.is_running() and _child() == child:
        row["cost"] = asdict(Cost(round(spent, 3), round(_used(child) - cpu, 3), round(peak(child))))
    return row


def _child() -> psutil.Process:
    """Return the reading process: the latest, where one is ending."""
    mine = psutil.Process().children()
    return max((each for each in mine if "spawn_main" in " ".join(each.cmdline())), key=psutil.Process.create_time)


def _used(child: psutil.Process) -> float:
    return used(child) + time.process_time()


def load_costs(recorded: Path) -> dict[str, Cost]:
    """Return the costs of the pictures by id; none where the readings were recorded elsewhere."""
    rows = map(json.loads, filter(str.strip, recorded.read_text("utf-8").splitlines()))
    return {Path(row["file"]).stem: Cost(**row["cost"]) for row in rows if row.get("cost")}


def middle(values: list[float]) -> tuple[float, float, float]:
    """Return the median with its 95 % interval, from the ranks that a fair coin leaves between (no shape assumed)."""
    ranked, half = sorted(values), 0.98 * len(values) ** 0.5
    low = max(0, int(len(ranked) / 2 - half))
    high = min(len(ranked) - 1, int(len(ranked) / 2 + half))
    return statistics.median(ranked), ranked[low], ranked[high]
