"""Measures how much of given receipts is read right, by source, and writes what was read in the scorer's format.

It scores as `snapspend accuracy` does, but extracts anew from recorded readings: what a change of the rules does to
hundreds of receipts shows in seconds.
"""

from __future__ import annotations

import argparse
import asyncio
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from bot.accuracy_files import read_truth
from bot.accuracy_output import as_json, as_line, as_table
from core.checks import Context, check
from core.errors import SnapSpendError
from core.extraction.offline import extract
from core.ports import Hints
from core.receipt import Reading, Receipt
from core.scoring.figures import Scores
from core.scoring.misses import Miss, misses
from core.scoring.prediction import Prediction, predicted
from core.scoring.truth import Truth
from tests.bench.recorded import load_readings, load_unread

EXAMPLE = """examples:
  python -m tests.bench.accuracy --truth receipts/truth.jsonl --out read.jsonl
      reads the pictures that the truth names (`file`, beside the truth file) and prints the figures
  python -m tests.bench.accuracy --truth receipts/truth.jsonl --readings recorded.jsonl
      takes recorded readings instead, in any form that tests/bench/recorded.py knows: what `snapspend read --json`
      printed among them; a receipt without a line there is left out
"""


async def read_pictures(truths: list[Truth], folder: Path) -> dict[str, Reading]:
    """Return the readings of the pictures, one after another; a picture that cannot be read has no lines."""
    from core.adapters.rapidocr_reader import RapidOcrReader  # Loads models: only when pictures are read.

    reader = RapidOcrReader()
    await reader.warm()
    readings = {}
    for truth in truths:
        if truth.file:
            try:
                readings[truth.id] = await reader.read((folder / truth.file).read_bytes())
            except SnapSpendError as error:
                print(f"{truth.id}: {error.sentence}")
                readings[truth.id] = Reading()
    await reader.close()
    return readings


def recorded(path: Path) -> dict[str, Reading]:
    """Return recorded readings by id; a picture that could not be read has no lines."""
    return {**dict.fromkeys(load_unread(path), Reading()), **load_readings(path)}


def read_again(truths: list[Truth], readings: dict[str, Reading], today: date) -> Iterator[tuple[Truth, Prediction]]:
    """Yield each receipt of which there is a reading with what the rules of now make of it, doubts included."""
    for truth in truths:
        if truth.id in readings:
            reading = readings[truth.id]
            try:
                receipt = extract(reading, Hints(today=today))
            except SnapSpendError as error:
                yield truth, Prediction(id=truth.id, error=error.sentence)
                continue
            yield truth, predicted(truth.id, checked(receipt, reading, today))


def checked(receipt: Receipt, reading: Reading, today: date) -> Receipt:
    """Return the receipt with the doubts about it."""
    return receipt.model_copy(update={"doubts": check(receipt, reading, Context(today=today))})


def main() -> None:
    """Read the command line, extract, print the figures and write the predictions."""
    parser = argparse.ArgumentParser(
        description=__doc__, epilog=EXAMPLE, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--truth", type=Path, required=True, help="one JSON object a line: id, file, merchant, …")
    parser.add_argument("--readings", type=Path, help="recorded readings, instead of reading the pictures")
    parser.add_argument("--out", type=Path, help="where to write the predictions, one JSON object a line")
    parser.add_argument("--today", type=date.fromisoformat, default=date.today(), help="the day it is (YYYY-MM-DD)")
    parser.add_argument("--misses", action="store_true", help="print what is not right, receipt by receipt")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    given = parser.parse_args()
    truths = read_truth(given.truth)
    readings = recorded(given.readings) if given.readings else asyncio.run(read_pictures(truths, given.truth.parent))
    predictions = measure(truths, readings, given)
    if given.out:
        given.out.write_text("".join(each.model_dump_json() + "\n" for each in predictions), "utf-8")


def measure(truths: list[Truth], readings: dict[str, Reading], given: argparse.Namespace) -> list[Prediction]:
    """Extract and judge each receipt, print the figures, return the predictions."""
    scores, missed, predictions = Scores(), list[Miss](), list[Prediction]()
    start = time.process_time()
    for truth, said in read_again(truths, readings, given.today):
        scores.add(truth, said)
        missed += misses(truth, said) if given.misses else []
        predictions.append(said)
    each = 1000 * (time.process_time() - start) / max(1, len(predictions))
    if given.json:
        print(as_json(scores.groups(), missed if given.misses else None, None))
        return predictions
    for miss in missed:
        print(as_line(miss))
    for name, tally in scores.groups().items():
        print(f"\n{as_table(name, tally)}")
    print(f"\nextraction, checks and scoring: {each:.1f} ms of CPU a receipt")
    if given.misses:
        print("missed:", ", ".join(f"{field} {n}" for field, n in Counter(miss.field for miss in missed).most_common()))
    return predictions


if __name__ == "__main__":
    main()
