"""Damages readings as photos do (cut edges, a thumb, misread digits): how many wrong totals pass without a question?

    python -m tests.bench.reading.damaged --given RECEIPTS --readings MEASURED/readings.jsonl

Each total is judged by weights that were learned without any receipt of its merchant. "As it is" is the floor: a truth
that differs from what was paid is counted there, too.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

from core.extraction.numerals import find_numerals
from core.money import read_amount
from core.receipt import Line, Reading
from tests.bench.reading.answers import answer
from tests.bench.reading.folds import Folds
from tests.bench.reading.table import SETS, markdown
from tests.bench.recorded import load_readings, load_truth

OFTEN_READ = {"0": "86", "1": "7", "2": "7", "3": "8", "4": "1", "5": "6", "6": "58", "7": "1", "8": "3", "9": "3"}
"""What a digit is misread as."""

Damage = Callable[[Reading, list[int], Random], Reading]
"""Takes a reading, the indices of the lines with its total, and chance."""


def _kept(reading: Reading, lines: Iterable[Line]) -> Reading:
    return reading.model_copy(update={"lines": tuple(lines)})


def without_totals(reading: Reading, at: list[int], chance: Random) -> Reading:
    """Return the reading without any line that has the total."""
    return _kept(reading, (line for number, line in enumerate(reading.lines) if number not in at))


def without_one_total(reading: Reading, at: list[int], chance: Random) -> Reading:
    """Return the reading without one of them."""
    return without_totals(reading, [chance.choice(at)], chance)


def misread(reading: Reading, at: list[int], chance: Random) -> Reading:
    """Return the reading with a digit of the last number in one of those lines read as one that looks like it."""
    one = chance.choice(at)
    text = reading.lines[one].text
    *_, last = re.finditer(r"\d[\d.,]*", text)
    place = chance.choice([at for at in range(*last.span()) if text[at].isdigit()])
    wrong = text[:place] + chance.choice(OFTEN_READ.get(text[place], "8")) + text[place + 1 :]
    changed = reading.lines[one].model_copy(update={"text": wrong})
    return _kept(reading, (changed if number == one else line for number, line in enumerate(reading.lines)))


def thinned(reading: Reading, at: list[int], chance: Random) -> Reading:
    """Return the reading without a tenth of its lines."""
    lost = set(chance.sample(range(len(reading.lines)), max(1, len(reading.lines) // 10)))
    return _kept(reading, (line for number, line in enumerate(reading.lines) if number not in lost))


def without_foot(reading: Reading, at: list[int], chance: Random) -> Reading:
    """Return the upper seven tenths of the reading."""
    return _kept(reading, reading.lines[: int(0.7 * len(reading.lines))])


def without_head(reading: Reading, at: list[int], chance: Random) -> Reading:
    """Return the reading without its upper third."""
    return _kept(reading, reading.lines[len(reading.lines) // 3 :])


def cut(reading: Reading, at: list[int], chance: Random) -> Reading:
    """Return the reading of a picture that ends 6 % to the left of where the print does."""
    edge = 0.94 * max(line.box.right for line in reading.lines if line.box)
    bottom = int(max(line.box.bottom for line in reading.lines if line.box)) + 40
    cut_lines = (_cut(line, edge) for line in reading.lines)
    return _kept(reading, (line for line in cut_lines if line)).model_copy(update={"pages": ((int(edge), bottom),)})


def _cut(line: Line, edge: float) -> Line | None:
    if line.box is None or line.box.right <= edge:
        return line
    kept = int(len(line.text) * (edge - line.box.left) / (line.box.right - line.box.left))
    return (
        line.model_copy(update={"text": line.text[:kept], "box": line.box.model_copy(update={"right": edge})})
        if kept > 0
        else None
    )


DAMAGES: Mapping[str, Damage] = {
    "as it is": lambda reading, at, chance: reading,
    "every line with the total is missing": without_totals,
    "one line with the total is missing": without_one_total,
    "a digit of a total is misread": misread,
    "a tenth of the lines is missing": thinned,
    "the lower 30 % is missing": without_foot,
    "the upper third is missing": without_head,
    "the right 6 % is cut off": cut,
}


def counted(known: Iterator[tuple[Reading, dict[str, Any]]], folds: Folds) -> Counter[tuple[str, str]]:
    """Return how many were shown without a doubt, how many of those wrong, and of how many, for each damage."""
    count: Counter[tuple[str, str]] = Counter()
    for reading, row in known:
        totals = {read_amount(str(text)) for text in [row["total"], *(row.get("total_alts") or [])]}
        at = [number for number, line in enumerate(reading.lines) if _has(line, totals)]
        for name, damage in DAMAGES.items() if at else ():
            receipt = answer(damage(reading, at, Random(str(row["id"]))), folds.without(row))
            shown = receipt is not None and not any(doubt.field == "total" for doubt in receipt.doubts)
            count[name, "all"] += 1
            count[name, "shown"] += shown
            count[name, "wrong"] += shown and receipt is not None and receipt.total not in totals
    return count


def _has(line: Line, totals: set[Decimal | None]) -> bool:
    return any(numeral.value in totals for numeral in find_numerals(line.text))


def main() -> None:
    """Read the command line and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--given", type=Path, required=True, help="a folder with truth.jsonl")
    parser.add_argument("--readings", type=Path, required=True, help="recorded readings of its pictures")
    given = parser.parse_args()
    truth = load_truth(given.given / "truth.jsonl")
    folds = Folds([(truth, given.readings)])
    readings = load_readings(given.readings)
    columns: dict[str, Counter[tuple[str, str]]] = {}
    for source in SETS:
        rows = [row for row in truth.values() if row.get("source") == source and row.get("total") is not None]
        known = ((readings[str(row["id"])], row) for row in rows if str(row["id"]) in readings)
        columns[source] = counted(known, folds)
    used = {source: count for source, count in columns.items() if count}
    head = ["damage", *(f"{SETS[source]}: shown, %; wrong" for source in used)]
    table = [[name, *(_cell(count, name) for count in used.values())] for name in DAMAGES]
    print(markdown(head, table))


def _cell(count: Counter[tuple[str, str]], name: str) -> str:
    shown = 100 * count[name, "shown"] / max(1, count[name, "all"])
    return f"{shown:.0f}; {count[name, 'wrong']} of {count[name, 'all']}"


if __name__ == "__main__":
    main()
