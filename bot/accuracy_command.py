"""`snapspend accuracy`: reads a folder of photos whose truth is known and tells how much was read right."""

from __future__ import annotations

import argparse
import asyncio
import time
from contextlib import ExitStack, aclosing
from pathlib import Path
from typing import Any, TextIO

from bot import accuracy_output
from bot.accuracy_files import BrokenFile, check_photos, read_predictions, read_truth
from bot.accuracy_help import EXAMPLES
from bot.output import complain, ending_well, say
from bot.read_output import printable
from bot.read_photos import Bar, Read, in_order, processes_for
from core.adapters.offline_extractor import OfflineExtractor
from core.adapters.rapidocr_reader import RapidOcrReader
from core.road import Road
from core.scoring.figures import Scores
from core.scoring.misses import Miss, misses
from core.scoring.prediction import Prediction, predicted
from core.scoring.truth import Truth


def add_parser(commands: Any) -> None:
    """Add the command to the command line."""
    parser = commands.add_parser(
        "accuracy",
        help="tell how much of photos whose truth is known is read right",
        description="Reads photos whose truth is known, on this machine, and tells how much of them was read right.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="where the photos are")
    parser.add_argument("--truth", type=Path, metavar="FILE", help="the truth (FOLDER/truth.jsonl)")
    parser.add_argument("--readings", type=Path, metavar="FILE", help="score what was read before, and read nothing")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write what was read, one JSON object a line")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--misses", action="store_true", help="print what was not read right, receipt by receipt")
    parser.set_defaults(run=lambda given: ending_well(lambda: run(given)))


def run(given: argparse.Namespace) -> int:
    """Score and print; 2 when a file cannot be used. Raises what `bot.output` does."""
    try:
        with ExitStack() as stack:
            return _Run(given, stack).score()
    except BrokenFile as error:
        complain(printable(error.sentence))
        return 2


class _Run:
    """One run of the command: what is counted, what is missed, and where predictions are written."""

    def __init__(self, given: argparse.Namespace, stack: ExitStack) -> None:
        self._given = given
        self._truth_file: Path = given.truth or given.folder / "truth.jsonl"
        self._truths = read_truth(self._truth_file)
        self._scores, self._missed = Scores(), list[Miss]()
        self._stack = stack
        self._out: TextIO | None = None

    def score(self) -> int:
        """Score what was read, or read it first; print the figures."""
        given, start = self._given, time.monotonic()
        if given.readings:
            found, others = read_predictions(given.readings, self._truths)
            self._open_out()
            self._score_found(found, others)
        else:
            check_photos(self._truths, self._truth_file, given.folder)
            self._open_out()
            asyncio.run(self._score_photos())
        self._print(None if given.readings else time.monotonic() - start)
        return 0

    def _open_out(self) -> None:
        """Open the file for predictions before anything is read: a mistake in its name is told at once."""
        out = self._given.out
        if out is None:
            return
        if any(each and out.resolve() == each.resolve() for each in (self._truth_file, self._given.readings)):
            raise BrokenFile(file=out, fault="this is where the truth or the readings are; please name another file")
        try:
            self._out = self._stack.enter_context(out.open("w", encoding="utf-8"))
        except OSError as error:
            raise BrokenFile(file=out, fault=f"this cannot be written ({error.strerror})") from None

    def _score_found(self, found: dict[str, Prediction], others: int) -> None:
        scored = [truth for truth in self._truths if truth.file or truth.id in found]
        self._tell_left_out(len(self._truths) - len(scored))
        if others:
            complain(f"{others} readings are of no receipt in the truth and are left out.")
        for truth in scored:
            self._count(truth, found.get(truth.id))

    async def _score_photos(self) -> None:
        there = [(truth, self._given.folder / truth.file) for truth in self._truths if truth.file]
        self._tell_left_out(len(self._truths) - len(there))
        processes = processes_for(len(there))
        reader = RapidOcrReader(processes)
        photos = in_order([path for _, path in there], Road(reader, OfflineExtractor()), 2 * processes)
        try:
            async with aclosing(photos):
                with Bar(len(there)) as bar:
                    for truth, _ in there:
                        self._count(truth, _prediction(truth.id, await anext(photos)))
                        bar.step()
        finally:
            await reader.close()

    def _count(self, truth: Truth, said: Prediction | None) -> None:
        self._scores.add(truth, said)
        said = said or Prediction(id=truth.id)
        if self._given.misses:
            self._missed += misses(truth, said)
        if self._out:
            self._out.write(said.model_dump_json() + "\n")
            self._out.flush()

    def _tell_left_out(self, number: int) -> None:
        if number:
            complain(f"{number} receipts of the truth name no file and are left out.")

    def _print(self, seconds: float | None) -> None:
        groups = self._scores.groups()
        if self._given.json:
            say(accuracy_output.as_json(groups, self._missed if self._given.misses else None, seconds))
            return
        for miss in self._missed:
            say(accuracy_output.as_line(miss))
        for number, (name, tally) in enumerate(groups.items()):
            say("\n" * bool(number or self._missed) + accuracy_output.as_table(name, tally))
        if seconds is not None:
            say(f"read in {seconds:.1f} s, {seconds / max(1, self._scores.all.receipts):.2f} s a photo")


def _prediction(key: str, read: Read) -> Prediction:
    if read.receipt is None:
        return Prediction(id=key, error=read.error.sentence if read.error else "")
    return predicted(key, read.receipt)
