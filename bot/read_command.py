"""`snapspend read`: reads photos without a bot or a database and prints what was found."""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import sys
from collections import deque
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import psutil
from rich.console import Console
from rich.progress import Progress

from bot import read_output
from bot.read_cloud import RestsOfRun, ToldTrip
from bot.read_files import bytes_of, files_in
from core.adapters.cloud_wiring import open_cloud
from core.adapters.offline_extractor import OfflineExtractor
from core.adapters.rapidocr_reader import RapidOcrReader
from core.adapters.sketches import ProcessSketches
from core.checks import Context, check
from core.cloud import Cloud
from core.errors import Misconfigured, SnapSpendError
from core.ports import Hints
from core.receipt import Reading, Receipt
from core.road import Road
from core.settings import Settings

EXAMPLES = """examples:
  snapspend read receipt.jpg                   print merchant, date, items, tax, total and doubts
  snapspend read invoice.pdf ~/receipts/       files and folders (with the folders in them) in one go
  snapspend read --json ~/receipts/ > all.jsonl
                                               one JSON object a line: file, kind, merchant, bought_on, due_on,
                                               currency, subtotal, taxes, tax, tip, discount, total, items, doubts,
                                               reading; amounts are strings, dates ISO, what is absent null;
                                               file and error for what could not be read
  snapspend read --json r.jpg | jq -r .total

  snapspend read --cloud receipt.jpg           ask RapidAPI and Gemini too, those whose keys are set; each thing that
                                               leaves is named before it does

JPEG, PNG, WebP, HEIC, AVIF, BMP, GIF, TIFF and PDF are read, whatever the name says. Without --cloud nothing leaves
this machine.

exit status: 0 all were read; 1 some could not be read, or were not there (each is named with the reason);
2 wrong usage; 130 interrupted.
"""

_MEGABYTES_A_PROCESS = 700


@dataclass(frozen=True)
class Read:
    """What became of one file: a receipt with its reading, or the error that says why not."""

    path: Path
    receipt: Receipt | None = None
    reading: Reading | None = None
    error: SnapSpendError | None = None


def add_parser(commands: Any) -> None:
    """Add the command to the command line."""
    parser = commands.add_parser(
        "read",
        help="read photos and print what was found",
        description="Reads photos of receipts and invoices on this machine and prints what was found.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("photos", nargs="+", type=Path, metavar="PHOTO", help="a picture, a PDF or a folder of them")
    parser.add_argument("--json", action="store_true", help="print one JSON object a line")
    parser.add_argument(
        "--cloud", action="store_true", help="ask the services whose keys are set too (RAPIDAPI_KEY, GEMINI_API_KEY)"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Read and print every photo; 0 when all were read, else 1."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="backslashreplace")  # a file's name may hold what no encoding can print
    try:
        opened = open_cloud(Settings.from_environment(), RestsOfRun(), ProcessSketches()) if arguments.cloud else None
        cloud = opened.cloud if opened else None
        if arguments.cloud and cloud is None:
            raise Misconfigured(faults="--cloud needs RAPIDAPI_KEY or GEMINI_API_KEY")
        return asyncio.run(_read_all(list(files_in(arguments.photos)), arguments.json, cloud))
    except KeyboardInterrupt:
        sys.stderr.write("Stopped.\n")
        return 130
    except BrokenPipeError:  # `| head` has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


async def _read_all(paths: list[Path], as_json: bool, cloud: Cloud | None) -> int:
    failed, processes = 0, _processes(len(paths))
    reader = RapidOcrReader(processes)
    road = Road(reader, OfflineExtractor(), cloud)
    try:
        with _bar(len(paths)) as bar:
            async for read in _in_order(paths, road, 2 * processes):
                failed += read.error is not None
                bar.stop()  # on one terminal, the bar and the results take turns
                _print(read, as_json)
                bar.advance(bar.task_ids[0])
                bar.start()
    finally:
        await reader.close()
    return 1 if failed else 0


def _bar(files: int) -> Progress:
    """Return a progress bar on stderr, which shows nothing for one file or without a terminal."""
    console = Console(stderr=True)
    console.quiet = files < 2 or not console.is_terminal
    bar = Progress(console=console, transient=True, redirect_stdout=False, redirect_stderr=False)
    bar.add_task("Reading", total=files)
    return bar


async def _in_order(paths: Iterable[Path], road: Road, ahead: int) -> AsyncIterator[Read]:
    """Read up to `ahead` files beside each other and yield them in the order given."""
    waiting = deque[asyncio.Task[Read]]()
    try:
        for path in paths:
            waiting.append(asyncio.create_task(_read(path, road)))
            if len(waiting) >= ahead:
                yield await waiting.popleft()
        while waiting:
            yield await waiting.popleft()
    finally:
        for task in waiting:
            task.cancel()


async def _read(path: Path, road: Road) -> Read:
    """Read one file; whatever goes wrong with it is part of the answer, so that the others are still read."""
    try:
        today, photo, trip = date.today(), await asyncio.to_thread(bytes_of, path), ToldTrip()

        async def fetch(_: int) -> bytes:
            return photo

        reading = await road.read(photo, trip)
        receipt = await road.extract(reading, Hints(today=today), fetch, trip)
        receipt = receipt.model_copy(update={"doubts": check(receipt, reading, Context(today=today))})
        return Read(path, receipt, reading)
    except SnapSpendError as error:
        return Read(path, error=error)
    except Exception:
        logging.getLogger(__name__).exception("bug while reading a file")
        return Read(path, error=SnapSpendError())


def _processes(files: int) -> int:
    """Return how many files are read at once: one a core, as memory allows."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    room = int(psutil.virtual_memory().available) // (_MEGABYTES_A_PROCESS << 20)
    return max(1, min(files, cores, room))


def _print(read: Read, as_json: bool) -> None:
    name = os.fsencode(read.path).decode("utf-8", "replace")  # what is not UTF-8 is no JSON
    if read.receipt is None or read.reading is None:
        sentence = read.error.sentence if read.error else ""
        if as_json:
            sys.stdout.write(read_output.as_json_error(name, sentence) + "\n")
        else:
            sys.stderr.write(f"{name}: {sentence}\n")
    elif as_json:
        sys.stdout.write(read_output.as_json(name, read.receipt, read.reading) + "\n")
    else:
        sys.stdout.write(read_output.as_text(name, read.receipt) + "\n\n")
    sys.stdout.flush()
