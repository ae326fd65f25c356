"""Seconds from a photo that is sent in the chat to its answer: `python -m tests.bench.chat PHOTO… [--truth FILE]`.

Everything is real but Telegram: `snapspend up` with its database, receivers, worker and reading process, and the local
chat in place of Telegram's servers. Photos are sent one after another, as a person does, after one that warms up.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import aiohttp

from tests.bench.recorded import load_truth
from tests.journey import TILL, started
from tests.person import Body, Person, said

LONGEST = 90


def is_answer(message: Body) -> bool:
    """Return whether a message of the bot is more than its word that it reads."""
    return bool(message.get("from", {}).get("is_bot")) and not said(message).startswith("Reading")


async def answered(person: Person, content: bytes) -> float:
    """Send a photo and return the seconds until its answer stands in the chat."""
    start = time.perf_counter()
    await person.send([("receipt.jpg", content)])
    async with asyncio.timeout(LONGEST):
        await person.until_shown(is_answer)
    return time.perf_counter() - start


async def measure(groups: dict[str, list[Path]]) -> dict[str, list[float]]:
    """Return the seconds of each photo by group."""
    taken: dict[str, list[float]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        async with started(Path(folder)) as up, aiohttp.ClientSession() as client:
            for group, photos in {"": [TILL], **groups}.items():
                for photo in photos:
                    # A chat of its own for each: nobody's quota, album or greeting comes between.
                    person = await Person.join(client, up.chat.removesuffix("/chat"), "Ada")
                    seconds = await answered(person, await asyncio.to_thread(photo.read_bytes))
                    if group:
                        taken[group].append(seconds)
    return taken


def line(group: str, seconds: Sequence[float]) -> str:
    """Return a row of the table."""
    ordered = sorted(seconds)
    late = ordered[min(len(ordered) - 1, round(0.95 * (len(ordered) - 1)))]
    return f"{group:16}{len(ordered):8}{statistics.median(ordered):12.2f}{late:12.2f}"


def main() -> None:
    """Measure the photos named, or some of each source of a truth file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("photos", nargs="*", type=Path, metavar="PHOTO", help="pictures (a sample that is drawn here)")
    parser.add_argument("--truth", type=Path, help="take photos that a truth file names, by source")
    parser.add_argument("--sample", type=int, default=20, help="so many of each source (20)")
    given = parser.parse_args()
    groups: dict[str, list[Path]] = {"photos": given.photos or [TILL] * 5} if given.photos or not given.truth else {}
    for row in load_truth(given.truth).values() if given.truth else ():
        if row.get("file"):
            groups.setdefault(str(row.get("source", "given")), []).append(given.truth.parent / row["file"])
    sampled = {
        group: photos[:: max(1, len(photos) // given.sample)][: given.sample] for group, photos in groups.items()
    }
    print(f"{'':16}{'photos':>8}{'median s':>12}{'95 % s':>12}")
    for group, seconds in asyncio.run(measure(sampled)).items():
        print(line(group, seconds))


if __name__ == "__main__":
    main()
