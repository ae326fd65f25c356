"""Measures what is read right of given receipts, by cross-validation over merchants, what it costs, and peers beside.

Each total, doubt and merchant is judged by weights that were learned without any receipt of that merchant. Intervals
are 95 %: Wilson's for shares, by drawing receipts for F1, by ranks for medians. Costs are those of one thread, to be
measured on a machine that does little else: other work hardly changes CPU seconds, but it does change wall seconds.
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
from tests.bench.reading.answers import answers, by_source, items_of
from tests.bench.reading.folds import Folds
from tests.bench.recorded import load_readings, load_truth

EXAMPLES = f"""a folder for --given:
  truth.jsonl               receipts with a picture: id, file, source, merchant, date, total, items (name, price), …
  words.jsonl               to learn from: the words of those and of more receipts with their boxes: id, words, bboxes
  truth_text_only.jsonl     the truth of the ones more
  cord/                     words.jsonl and truth.jsonl of receipts whose line items are measured from the words

examples:
  python -m tests.bench.reading --given RECEIPTS --out MEASURED --stage-times
      reads the pictures one after another and prints the table; MEASURED keeps readings.jsonl (with what each cost),
      ours.jsonl, table.md and peers' answers
  python -m tests.bench.reading --given RECEIPTS --readings MEASURED/readings.jsonl
      takes those readings, or `snapspend read --json` lines (then without costs)
  python -m tests.bench.reading --given RECEIPTS --readings MEASURED/readings.jsonl --out MEASURED \\
      --peers {" ".join(peers.PEERS)} --peer-python PEERS/bin/python
      asks peers, too; their answers in MEASURED are not asked for again

{peers.INSTALL}
"""

Truth = Mapping[str, dict[str, Any]]


def main() -> None:
    """Read the command line and print what was asked for."""
    given = _parsed()
    with TemporaryDirectory() as passing:
        out = given.out or Path(passing)
        out.mkdir(parents=True, exist_ok=True)
        every = load_truth(given.truth)
        truth = {key: every[key] for key in peers.sample(every, given.sample)}
        if given.readings is None:
            named = {key: given.truth.parent / row["file"] for key, row in truth.items() if row.get("file")}
            asyncio.run(pictures.record(named, out / "readings.jsonl"))
            given.readings = out / "readings.jsonl"
        parts = [_ours(truth, given, out)]
        if given.peers:
            parts += _beside(truth, given, out)
        if given.stage_times:
            keys = [key for key in peers.sample(truth, given.stage_times) if truth[key].get("file")]
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
    add(
        "--given", type=Path, metavar="FOLDER", help="instead of --truth, --cord and --also: a folder laid out as below"
    )
    add("--truth", type=Path, metavar="FILE", help="one JSON object a line: id, file (beside it), source, merchant, …")
    add("--cord", type=Path, metavar="FOLDER", help="words.jsonl and truth.jsonl of receipts given as words")
    also = "more to learn from, never measured: recorded readings or words, and their truth (may be repeated)"
    add("--also", nargs=2, action="append", default=[], type=Path, metavar=("READINGS", "TRUTH"), help=also)
    add("--readings", type=Path, metavar="FILE", help="recorded readings, instead of reading the pictures")
    add("--sample", type=int, metavar="N", help="measure N receipts of each source, always the same, instead of all")
    add("--out", type=Path, metavar="FOLDER", help="keeps what was read, and the table")
    add("--peers", nargs="+", choices=peers.PEERS, default=[], metavar="NAME", help=", ".join(peers.PEERS))
    add("--peer-python", type=Path, metavar="PATH", help="the interpreter that the peers are installed for")
    add("--stage-times", type=int, nargs="?", const=20, metavar="N", help="time by stage, of N (20) a source")
    given = parser.parse_args()
    if given.given:
        _lay_out(given)
    if not given.truth:
        parser.error("--given or --truth is needed")
    if given.peers and not given.peer_python:
        parser.error(f"--peers needs --peer-python.\n{peers.INSTALL}")
    return given


def _lay_out(given: argparse.Namespace) -> None:
    """Set what the folder holds, where nothing else was named."""
    folder = given.given
    given.truth = given.truth or folder / "truth.jsonl"
    given.cord = given.cord or (folder / "cord" if (folder / "cord").is_dir() else None)
    words = [(folder / "words.jsonl", given.truth), (folder / "words.jsonl", folder / "truth_text_only.jsonl")]
    words += [(given.cord / "words.jsonl", given.cord / "truth.jsonl")] if given.cord else []
    given.also += [pair for pair in words if all(path.exists() for path in pair)]


def _ours(truth: Truth, given: argparse.Namespace, out: Path) -> str:
    """Return the table of our own figures, and keep what was read."""
    learned = {(given.readings, given.truth): None} | {tuple(pair): None for pair in given.also}
    folds = Folds([(load_truth(known), recorded) for recorded, known in learned])
    said = answers(truth, given.readings, folds)
    (out / "ours.jsonl").write_text("".join(f"{one.model_dump_json(exclude_none=True)}\n" for one in said.values()))
    marks = by_source(truth, {key: judge(truth_of(truth[key]), one) for key, one in said.items()})
    costs = by_source(truth, pictures.load_costs(given.readings))
    if given.cord:
        # People who write such words down leave out merchants and dates: only the line items are judged.
        of_words = load_truth(given.cord / "truth.jsonl")
        found = answers(of_words, given.cord / "words.jsonl", folds)
        marks["cord"] = [items_of(judge(truth_of(of_words[key]), one)) for key, one in found.items()]
    head = ["figure", *(f"{table.SETS.get(each, each)} ({len(marks[each])})" for each in marks)]
    rows = table.figure_rows(marks) + (table.cost_rows({each: costs.get(each, []) for each in marks}) if costs else [])
    title = f"Offline, measured on {date.today()}, by cross-validation over merchants."
    return f"{title}\n\n{table.markdown(head, rows)}"


def _beside(truth: Truth, given: argparse.Namespace, out: Path) -> list[str]:
    """Return a table a source, our figures and the peers', of the same receipts; and why peers were not measured."""
    keys, readings = [key for key, row in truth.items() if row.get("file")], load_readings(given.readings)
    rows = [peers.asked(truth[key], given.truth.parent.resolve(), readings.get(key)) for key in keys]
    costs = pictures.load_costs(given.readings)
    ours = peers.load_said(out / "ours.jsonl")
    said = {"SnapSpend": {key: one | ({"cpu": costs[key].cpu} if key in costs else {}) for key, one in ours.items()}}
    notes = []
    for peer in given.peers:
        why = peers.ask(peer, given.peer_python, rows, out / f"{peer}.jsonl")
        said[peer] = peers.load_said(out / f"{peer}.jsonl")
        notes.append(f"* {peers.about(peer)}" + (f" Not measured: {why}." if why else ""))
    measured = {name: answers for name, answers in said.items() if answers}
    return [*beside.tables(truth, keys, measured), "\n".join(notes)]


if __name__ == "__main__":
    main()
