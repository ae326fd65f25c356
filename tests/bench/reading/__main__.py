"""Measures what is read right of given receipts, by cross-validation over merchants, what it costs, and peers beside.

Each total, doubt and merchant is judged by weights that were learned without any receipt of that merchant. Intervals
are 95 %: Wilson's for shares, by drawing receipts for F1, by ranks for medians. A sum for one thread on a machine that
does little else: CPU seconds hardly change beside other work, wall seconds do.
"""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from core.scoring.judging import judge
from core.scoring.truth import truth_of
from tests.bench.reading import beside, peers, pictures, stages, table
from tests.bench.reading.answers import Learned, answers, by_source, items_of
from tests.bench.recorded import load_readings, load_truth

EXAMPLES = f"""examples:
  python -m tests.bench.reading --truth RECEIPTS/truth.jsonl --cord RECEIPTS/cord --out MEASURED
      reads the pictures that the truth names (`file`, beside it) and prints the table; MEASURED keeps readings.jsonl
      (with the costs), ours.jsonl, table.md and the peers' answers
  python -m tests.bench.reading --truth RECEIPTS/truth.jsonl --readings MEASURED/readings.jsonl
      takes those readings, or `snapspend read --json` lines (then without the rows of costs)

{peers.INSTALL}
"""

Truth = Mapping[str, dict[str, Any]]


def main() -> None:
    """Read the command line and print what was asked for."""
    given = _parsed()
    with TemporaryDirectory() as passing:
        out = given.out or Path(passing)
        out.mkdir(parents=True, exist_ok=True)
        truth = load_truth(given.truth)
        if given.readings is None:
            named = {key: given.truth.parent / row["file"] for key, row in truth.items() if row.get("file")}
            asyncio.run(pictures.record(named, out / "readings.jsonl"))
            given.readings = out / "readings.jsonl"
        parts = [_ours(truth, given, out)]
        if given.peers:
            parts += _beside(truth, given, out)
        if given.stage_times:
            keys = peers.sample({key: row for key, row in truth.items() if row.get("file")}, given.stage_times)
            parts.append(
                stages.measured(by_source(truth, {key: given.truth.parent / truth[key]["file"] for key in keys}))
            )
        (out / "table.md").write_text("\n\n".join(parts) + "\n", "utf-8")
        print("\n\n".join(parts))


def _parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        "python -m tests.bench.reading",
        description=__doc__,
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("--truth", type=Path, required=True, metavar="FILE", help="one JSON object a line: id, file, source, total, …")
    add("--readings", type=Path, metavar="FILE", help="recorded readings, instead of reading the pictures")
    also = "more to learn from, never measured: recorded readings or words, and their truth (may be repeated)"
    add("--also", nargs=2, action="append", default=[], metavar=("READINGS", "TRUTH"), help=also)
    add("--cord", type=Path, metavar="FOLDER", help="words.jsonl and truth.jsonl of receipts given as words")
    add("--out", type=Path, metavar="FOLDER", help="keeps what was read, and the table")
    add("--peers", nargs="+", choices=peers.PEERS, default=[], metavar="NAME", help=", ".join(peers.PEERS))
    add("--peer-python", type=Path, metavar="PATH", help="the interpreter that the peers are installed for")
    add("--peer-sample", type=int, metavar="N", help="ask peers for N receipts of each source, always the same")
    add(
        "--stage-times", type=int, nargs="?", const=20, metavar="N", help="time by stage, over N pictures a source (20)"
    )
    given = parser.parse_args()
    if given.peers and not given.peer_python:
        parser.error(f"--peers needs --peer-python.\n{peers.INSTALL}")
    return given


def _ours(truth: Truth, given: argparse.Namespace, out: Path) -> str:
    """Return the table of our own figures, and keep what was read."""
    also: list[Learned] = [(load_truth(Path(known)), Path(recorded)) for recorded, known in given.also]
    said = answers(truth, given.readings, also)
    (out / "ours.jsonl").write_text("".join(f"{one.model_dump_json(exclude_none=True)}\n" for one in said.values()))
    marks = by_source(truth, {key: judge(truth_of(truth[key]), one) for key, one in said.items()})
    costs = by_source(truth, pictures.load_costs(given.readings))
    if given.cord:
        # People who write such words down leave out merchants and dates: only the line items are judged.
        of_words = load_truth(given.cord / "truth.jsonl")
        found = answers(of_words, given.cord / "words.jsonl", also)
        marks["cord"] = [items_of(judge(truth_of(of_words[key]), one)) for key, one in found.items()]
    head = ["figure", *(f"{table.SETS.get(each, each)} ({len(marks[each])})" for each in marks)]
    rows = table.figure_rows(marks) + (table.cost_rows({each: costs.get(each, []) for each in marks}) if costs else [])
    title = f"Offline, measured on {date.today()}, by cross-validation over merchants."
    return f"{title}\n\n{table.markdown(head, rows)}"


def _beside(truth: Truth, given: argparse.Namespace, out: Path) -> list[str]:
    """Return a table a source, our figures and the peers', of the same receipts; and why peers were not measured."""
    pictured = {key: row for key, row in truth.items() if row.get("file")}
    keys, readings = peers.sample(pictured, given.peer_sample), load_readings(given.readings)
    rows = [peers.asked(truth[key], given.truth.parent.resolve(), readings.get(key)) for key in keys]
    costs = pictures.load_costs(given.readings)
    ours = peers.load_said(out / "ours.jsonl")
    said = {"SnapSpend": {key: one | ({"cpu": costs[key].cpu} if key in costs else {}) for key, one in ours.items()}}
    notes = []
    for peer in given.peers:
        why = peers.ask(peer, given.peer_python, rows, out / f"{peer}.jsonl")
        said[peer] = peers.load_said(out / f"{peer}.jsonl")
        notes.append(f"* {peers.about(peer)}" + (f" Not measured: {peer} {why}." if why else ""))
    measured = {name: answers for name, answers in said.items() if answers}
    return [*beside.tables(truth, keys, measured), "\n".join(notes)]


if __name__ == "__main__":
    main()
