"""`snapspend read`: reads photos without a bot or a database and prints what was found."""

from __future__ import annotations

import argparse
import asyncio
import os
from collections.abc import Sequence
from contextlib import aclosing
from pathlib import Path
from typing import Any

from bot.output import ending_well
from bot.read_cloud import RestsOfRun
from bot.read_files import files_in
from bot.read_forms import AsJson, AsTable, Form, InFull
from bot.read_photos import Bar, Read, in_order, processes_for
from core.adapters.cloud_wiring import open_cloud
from core.adapters.offline_extractor import OfflineExtractor
from core.adapters.rapidocr_reader import RapidOcrReader
from core.adapters.sketches import ProcessSketches
from core.choices import currency_codes
from core.cloud import Cloud
from core.errors import Misconfigured
from core.road import Road
from core.settings import Settings

EXAMPLES = """examples:
  snapspend read receipt.jpg                   print merchant, date, items, tax, total and doubts
  snapspend read invoice.pdf ~/receipts/       files and folders (with the folders in them) in one go, as a table:
                                               file, date, merchant, total and how many doubts; what is in doubt
                                               has a question mark behind it
  snapspend read --full ~/receipts/            the same in full, as one receipt is printed
  snapspend read --json ~/receipts/ > all.jsonl
                                               one JSON object a line: file, kind, merchant, bought_on, due_on,
                                               currency, subtotal, taxes, tax, tip, discount, total, items, doubts,
                                               reading; amounts are strings, dates ISO, what is absent null;
                                               file and error for what could not be read
  snapspend read --json r.jpg | jq -r .total

  snapspend read --currency CAD ~/receipts/    a bare $ is yours where nothing on the receipt says whose it is; without
                                               it the likeliest is told, as a doubt

  snapspend read --cloud receipt.jpg           ask RapidAPI and Gemini too, those whose keys are set; each thing that
                                               leaves is named before it does

JPEG, PNG, WebP, HEIC, AVIF, BMP, GIF, TIFF and PDF are read, whatever the name says. Without --cloud nothing leaves
this machine.

One photo a core is read at once, and what is found is printed in the order given as soon as it is there. On a terminal
a bar tells how many are read and the time left. To score what is read: snapspend accuracy --help

exit status: 0 all were read; 1 some could not be read, or were not there (each is named with the reason), or what was
found could not be written; 2 wrong usage; 130 interrupted.
"""


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
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--table", action="store_true", help="print one row a photo (several photos: without asking)")
    form.add_argument("--full", action="store_true", help="print everything found (one photo: without asking)")
    form.add_argument("--json", action="store_true", help="print one JSON object a line")
    parser.add_argument(
        "--cloud", action="store_true", help="ask the services whose keys are set too (RAPIDAPI_KEY, GEMINI_API_KEY)"
    )
    parser.add_argument("--currency", type=_currency, metavar="CODE", help="yours: which country's a bare $ is")
    parser.set_defaults(run=lambda given: ending_well(lambda: run(given)))


def _currency(code: str) -> str:
    """Return a currency's code as it is written. Raises ArgumentTypeError, which argparse tells."""
    if code.upper() not in currency_codes():
        raise argparse.ArgumentTypeError(f"{code[:10]!r} is no currency; write a code like EUR or CAD")
    return code.upper()


def run(arguments: argparse.Namespace) -> int:
    """Read and print every photo; 0 when all were read, else 1. Raises what `bot.output` does."""
    opened = open_cloud(Settings.from_environment(), RestsOfRun(), ProcessSketches()) if arguments.cloud else None
    cloud = opened.cloud if opened else None
    if arguments.cloud and cloud is None:
        raise Misconfigured(faults="--cloud needs RAPIDAPI_KEY or GEMINI_API_KEY")
    paths = list(files_in(arguments.photos))
    return asyncio.run(_read_all(paths, _form(paths, arguments), cloud, arguments.currency))


def _form(paths: Sequence[Path], arguments: argparse.Namespace) -> Form:
    """Return how to print: as asked, else one photo in full and several as a table."""
    if arguments.json:
        return AsJson()
    if arguments.full or (len(paths) == 1 and not arguments.table):
        return InFull()
    return AsTable([_name(path) for path in paths])


async def _read_all(paths: Sequence[Path], form: Form, cloud: Cloud | None, home: str | None) -> int:
    failed, processes = 0, processes_for(len(paths))
    reader = RapidOcrReader(processes)
    road = Road(reader, OfflineExtractor(), cloud)
    try:
        form.begin()  # from here on Ctrl-C meets a loop that runs, and ends it quietly
        async with aclosing(in_order(paths, road, 2 * processes, home)) as photos:
            with Bar(len(paths)) as bar:
                async for read in photos:
                    failed += any(one.error is not None for one in (read, *read.others))
                    with bar.aside():
                        for one in (read, *read.others):
                            _print(one, form)
                    bar.step()
    finally:
        await reader.close()
    form.end(failed)
    return 1 if failed else 0


def _print(read: Read, form: Form) -> None:
    if read.receipt is None or read.reading is None:
        form.failed(_name(read.path), read.error.sentence if read.error else "")
    else:
        form.read(_name(read.path), read.receipt, read.reading)


def _name(path: Path) -> str:
    return os.fsencode(path).decode("utf-8", "replace")  # what is not UTF-8 is no JSON
