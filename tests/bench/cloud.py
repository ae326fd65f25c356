"""Milliseconds that reading elsewhere adds here: `python -m tests.bench.cloud [--readings FILE] [--photo FILE]`.

Masking, finding each figure in the print, and comparing two readers; the floor is the extraction alone, in the same run
and over the same readings. Then how long the picture takes to draw that leaves; and how long a worker's modules take to
load and what they hold, with and without a key of Gemini's, each in a fresh process.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

from core.adapters.rapidocr_reader import RapidOcrReader
from core.adapters.sketches import ProcessSketches
from core.comparing import compared
from core.disguise import disguised
from core.errors import SnapSpendError
from core.extraction.offline import extract
from core.grounding import Print, forget
from core.masking import mask
from core.ports import Hints
from core.receipt import Box, Line, Reading, Receipt
from tests.bench.recorded import load_readings

TODAY = date(2026, 3, 14)
FLOOR = "extraction (floor)"
TILL = Path(__file__).parents[1] / "pictures" / "till.jpg"

Stage = Callable[[Reading], object]


def extraction(reading: Reading) -> object:
    """Read the receipt offline."""
    try:
        return extract(reading, Hints(today=TODAY))
    except SnapSpendError:
        return None


def masking(reading: Reading) -> object:
    """Mask the text, and work out what is painted over in the pictures."""
    return disguised(mask(reading), reading)


def grounding(reading: Reading) -> object:
    """Note every amount and date that is printed, as for a receipt that was never seen."""
    forget()
    return Print(reading)


def comparing(reading: Reading) -> object:
    """Hold another reader's receipt against ours; the figures' places are looked up again."""
    ours = RECEIPTS.get(id(reading)) or Receipt()
    return compared(ours, ours.model_copy(update={"evidence": {}, "merchant": f"{ours.merchant}."}), reading)


RECEIPTS: dict[int, Receipt] = {}
"""What each reading was extracted to, so that comparing does not count extracting."""

STAGES: Mapping[str, Stage] = {FLOOR: extraction, "masking": masking, "grounding": grounding, "comparing": comparing}
"""What is measured, in this order."""
LOADING = """
import resource, sys, time
began = time.process_time()
import bot.__main__
from core.adapters.cloud_wiring import open_cloud
from core.settings import Settings
open_cloud(Settings.from_environment({environment}), None, None)
print(time.process_time() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
      sum(name.startswith(("google.gen", "google.ai", "google.api", "grpc")) for name in sys.modules))
"""
KEY = {"GEMINI_API_KEY": "a-key-of-nobody-at-all"}
OLDER = LOADING.replace(
    "open_cloud(Settings.from_environment({environment}), None, None)",
    "from core.adapters.generativeai_client import GenerativeAiClient; GenerativeAiClient('k' * 32, None)",
)


def loading() -> str:
    """Return seconds of CPU, megabytes and modules of an SDK, a row each, each in a process of its own."""
    programs = {
        "without a key (floor)": LOADING.format(environment={}),
        "with a key, google-genai": LOADING.format(environment=KEY),
        "with google-generativeai": OLDER,
    }
    rows = [f"{'a worker starts':28}{'CPU s':>8}{'MB':>8}{'SDK modules':>13}"]
    for name, program in programs.items():
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
        seconds, megabytes, modules = done.stdout.split()
        rows.append(f"{name:28}{float(seconds):8.2f}{float(megabytes):8.0f}{modules:>13}")
    return "\n".join(rows)


async def drawing(photo: bytes) -> float:
    """Return how many milliseconds the disguised picture of a photo takes, with a process that was started ahead."""
    sketches, reader = ProcessSketches(spare=True), RapidOcrReader()
    try:
        await sketches.warm()
        reading = await reader.read(photo)
        seconds = []
        for _ in range(5):
            await asyncio.sleep(1)  # as between two photos: the next process is ready
            began = time.perf_counter()
            for one in disguised(mask(reading), reading):
                await sketches.draw(photo, one)
            seconds.append(time.perf_counter() - began)
    finally:
        await sketches.close()
        await reader.close()
    return 1000 * statistics.median(seconds)


def drawn_readings(lines: int) -> list[Reading]:
    """Return readings as of a till with so many items, with personal numbers among them."""
    head = ["CORNER PANTRY", "14 Harbour Street, Bristol BS1 4QA", "Tel: 0117 496 0123", "info@corner-pantry.co.uk",
            "VAT No. GB 123 4567 89", "Date: 12/03/2026 14:32", "Receipt no. 004917"]  # fmt: skip
    foot = ["TOTAL GBP 185.00", "VISA 4111 1111 1111 1111", "Member no. 98765432", "Thank you for shopping with us"]
    items = [f"{number:02} Item of number {number}  {number % 9 + 1}.85" for number in range(max(0, lines - 11))]
    return [_reading([*head, *items, *foot], tilt) for tilt in (0.0, 1.5, -3.0)]


def _reading(texts: Sequence[str], tilt: float) -> Reading:
    boxes = [
        Box(left=60, top=60 + 30 * row, right=60 + 11 * len(text), bottom=84 + 30 * row, tilt=tilt)
        for row, text in enumerate(texts)
    ]
    lines = tuple(Line(text=text, box=box, score=0.98) for text, box in zip(texts, boxes, strict=True))
    return Reading(lines=lines, pages=((900, 120 + 30 * len(texts)),), reader="drawn", turned=(0,))


def measured(readings: Sequence[Reading], stage: Stage, rounds: int) -> list[float]:
    """Return what each reading took at its best of some rounds, in milliseconds of this process's time."""
    costs = []
    for reading in readings:
        best = float("inf")
        for _ in range(rounds):
            start = time.process_time_ns()
            stage(reading)
            best = min(best, (time.process_time_ns() - start) / 1e6)
        costs.append(best)
    return costs


def table(costs: Mapping[str, Sequence[float]]) -> str:
    """Return a row a stage: median, 95th percentile, most, and the median beside the floor's."""
    floor = statistics.median(costs[FLOOR])
    rows = [f"{'milliseconds a receipt':24}{'median':>9}{'95 %':>9}{'most':>9}{'ratio':>8}"]
    for name, each in costs.items():
        late = sorted(each)[min(len(each) - 1, round(0.95 * len(each)))]
        middle = statistics.median(each)
        rows.append(f"{name:24}{middle:9.2f}{late:9.2f}{max(each):9.2f}{middle / max(floor, 1e-9):8.2f}")
    added = [sum(each) for each in zip(*(each for name, each in costs.items() if name != FLOOR), strict=True)]
    rows.append(f"{'all that is added':24}{statistics.median(added):9.2f}{'':9}{max(added):9.2f}")
    return "\n".join(rows)


def main() -> None:
    """Measure every stage over the same readings."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--readings", type=Path, help="recorded readings, a JSON object a line; else drawn ones")
    parser.add_argument("--lines", type=int, default=100, help="lines of a drawn reading (100)")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is measured; the best counts (3)")
    parser.add_argument("--photo", type=Path, default=TILL, help="a photo whose picture is drawn (the tests' till)")
    given = parser.parse_args()
    readings = list(load_readings(given.readings).values()) if given.readings else drawn_readings(given.lines)
    lines = sum(len(reading.lines) for reading in readings) / max(1, len(readings))
    print(f"{len(readings)} receipts of {lines:.0f} lines, best of {given.rounds}")
    for stage in STAGES.values():
        stage(readings[0])  # words and weights are loaded with the first
    RECEIPTS.update({id(one): found for one in readings if isinstance(found := extraction(one), Receipt)})
    print(table({name: measured(readings, stage, given.rounds) for name, stage in STAGES.items()}))
    print()
    print(loading())
    print()
    print(f"drawing what leaves of {given.photo.name}: {asyncio.run(drawing(given.photo.read_bytes())):.0f} ms of wall")


if __name__ == "__main__":
    main()
