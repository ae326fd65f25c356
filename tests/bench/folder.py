"""Memory while a folder is read: `python -m tests.bench.folder [COUNT]` draws receipts and reads them all.

After each receipt it notes what the command and its reading processes hold, and compares the first of them, from when
all are warm, with the last: what grows with the number of photos would show there. Ends with 1 when something grew.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from random import Random

import psutil
from PIL import Image, ImageDraw, ImageFont

GOODS = ("Bread", "Milk", "Apples", "Coffee", "Rice 1kg", "Soap", "Pears", "Butter", "Oat flakes", "Tea", "Eggs x6")
COMMAND = (sys.executable, "-c", "import sys; from bot.cli import main; sys.exit(main())")
WARM = 20
"""So many photos are read before the first measure: models are loaded, and the allocators have their stock."""
AT_MOST = 1.1
"""A process grew when it holds more than so many times what it held when it was warm."""


@dataclass(frozen=True)
class Held:
    """Megabytes held by the command and by the largest of its reading processes."""

    command: float
    reader: float


def draw(number: int, path: Path) -> None:
    """Draw an invented receipt of its own size: from 3 to 14 items, so that no two pages take the same memory."""
    rng = Random(number)
    lines = [f"HARBOUR SHOP {number}", f"Date: {1 + number % 28:02}/03/2026", ""]
    prices = [rng.randrange(50, 2000) for _ in range(rng.randrange(3, 15))]
    lines += [f"{rng.choice(GOODS):<14}{price / 100:>8.2f}" for price in prices]
    lines += ["", f"{'TOTAL GBP':<14}{sum(prices) / 100:>8.2f}", "Thank you"]
    page = Image.new("RGB", (460 + 4 * rng.randrange(60), 60 + 34 * len(lines)), "white")
    font = ImageFont.load_default(24)
    for row, text in enumerate(lines):
        ImageDraw.Draw(page).text((30, 30 + 34 * row), text, fill="black", font=font)
    page.save(path, quality=85)


def held(process: psutil.Process) -> Held:
    """Return what the processes hold now."""
    readers = [each for each in process.children() if "spawn_main" in " ".join(each.cmdline())]
    sizes = [int(each.memory_info().rss) / 1e6 for each in readers]
    return Held(int(process.memory_info().rss) / 1e6, max(sizes, default=0.0))


def read(folder: Path) -> tuple[list[Held], float]:
    """Read the folder and return what was held after each photo, and the CPU seconds of all processes."""
    figures, spent = [], 0.0
    with subprocess.Popen([*COMMAND, "read", "--json", str(folder)], stdout=subprocess.PIPE, text=True) as running:
        process = psutil.Process(running.pid)
        for _ in running.stdout or ():
            figures.append(held(process))
            spent = sum(sum(each.cpu_times()[:2]) for each in (process, *process.children()))
    return figures, spent


def main() -> int:
    """Draw, read and compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", nargs="?", type=int, default=100, help="how many receipts (100)")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        for number in range(given.count):
            draw(number, Path(name) / f"{number:04}.jpg")
        start = time.monotonic()
        figures, spent = read(Path(name))
    print(f"{len(figures)} photos in {time.monotonic() - start:.0f} s, {spent / len(figures):.2f} s of CPU each")
    print(f"{'MB held':22}{f'from photo {WARM}':>16}{'last 10':>10}{'most':>8}")
    grown = False
    for what in ("command", "reader"):
        sizes = [getattr(each, what) for each in figures]
        first, last = statistics.median(sizes[WARM - 5 : WARM + 5]), statistics.median(sizes[-10:])
        grown = grown or last > first * AT_MOST
        print(f"{what:22}{first:16.0f}{last:10.0f}{max(sizes):8.0f}")
    print("something grew" if grown else "nothing grew")
    return int(grown)


if __name__ == "__main__":
    sys.exit(main())
