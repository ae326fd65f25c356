"""Seconds, CPU and memory for one receipt, beside the bare OCR call: `python -m tests.bench.bare [PHOTO…]`.

The floor is RapidOCR as its maker calls it with the same models, page size and one thread, in a process of its own.
What SnapSpend adds (a process to itself, opening the file in bounds, turning, the reading with its boxes) is the ratio.
"""

from __future__ import annotations

import argparse
import asyncio
import io
import multiprocessing
import os
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from core.adapters.rapidocr_reader import RapidOcrReader

SAMPLE = Path(__file__).parents[1] / "pictures" / "till.jpg"
BARE = {
    "Global.log_level": "critical",
    "Global.use_cls": False,
    "EngineConfig.onnxruntime.intra_op_num_threads": 1,
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
    "Det.limit_type": "max",
    "Det.limit_side_len": 960,
    "Rec.rec_batch_num": 1,
    "Rec.rec_img_shape": [3, 48, 96],
}


@dataclass(frozen=True)
class Cost:
    """What one photo cost: wall seconds, CPU seconds; and the process's largest memory in MB by then."""

    wall: float
    cpu: float
    memory: float


def bare(photos: Sequence[bytes], rounds: int, answer: Any) -> None:
    """Read the photos with RapidOCR alone and send what each cost."""
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import cv2
    import numpy as np
    from PIL import Image
    from rapidocr import RapidOCR

    cv2.setNumThreads(1)
    ocr, me = RapidOCR(params=BARE), psutil.Process()
    for number in range(rounds + 1):
        for photo in photos:
            wall, cpu = time.perf_counter(), time.process_time()
            ocr(np.asarray(Image.open(io.BytesIO(photo)).convert("RGB"))[:, :, ::-1])
            cost = Cost(time.perf_counter() - wall, time.process_time() - cpu, peak(me))
            if number:  # the first round loads the models
                answer.put(cost)


async def ours(photos: Sequence[bytes], rounds: int) -> list[Cost]:
    """Return what the same photos cost with the reader."""
    reader, costs = RapidOcrReader(), []
    await reader.warm()
    (child,) = (each for each in psutil.Process().children() if "spawn_main" in " ".join(each.cmdline()))
    for number in range(rounds + 1):
        for photo in photos:
            wall, cpu = time.perf_counter(), used(child) + time.process_time()
            await reader.read(photo)
            spent = used(child) + time.process_time() - cpu
            if number:
                costs.append(Cost(time.perf_counter() - wall, spent, peak(child)))
    await reader.close()
    return costs


def used(process: psutil.Process) -> float:
    """Return the CPU seconds that a process has used."""
    times = process.cpu_times()
    return float(times.user + times.system)


def peak(process: psutil.Process) -> float:
    """Return the most memory that a process has held, in MB (now, where the system does not keep the peak)."""
    status = Path(f"/proc/{process.pid}/status")
    if not status.exists():
        return float(process.memory_info().rss) / 1e6
    fields = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
    return int(fields["VmHWM"].split()[0]) * 1024 / 1e6


def table(floor: Sequence[Cost], reader: Sequence[Cost]) -> str:
    """Return the medians beside each other with their ratio; memory is the largest."""
    rows = [f"{'':24}{'bare OCR':>12}{'reader':>12}{'ratio':>8}"]
    for name, field in (("wall seconds, median", "wall"), ("CPU seconds, median", "cpu")):
        one, other = (statistics.median(getattr(cost, field) for cost in costs) for costs in (floor, reader))
        rows.append(f"{name:24}{one:12.2f}{other:12.2f}{other / one:8.2f}")
    one, other = (max(cost.memory for cost in costs) for costs in (floor, reader))
    rows.append(f"{'memory, largest (MB)':24}{one:12.0f}{other:12.0f}{other / one:8.2f}")
    return "\n".join(rows)


def main() -> None:
    """Measure both on the same photos, one after the other."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("photos", nargs="*", type=Path, default=[SAMPLE], metavar="PHOTO")
    parser.add_argument("--rounds", type=int, default=5, help="how often each photo is read (5)")
    given = parser.parse_args()
    photos = [path.read_bytes() for path in given.photos]
    context = multiprocessing.get_context("spawn")
    answers = context.Queue()
    process = context.Process(target=bare, args=(photos, given.rounds, answers))
    process.start()
    floor = [answers.get() for _ in range(len(photos) * given.rounds)]
    process.join()
    print(f"{len(photos)} photo(s), {given.rounds} rounds, one thread each")
    print(table(floor, asyncio.run(ours(photos, given.rounds))))


if __name__ == "__main__":
    main()
