"""Runs in a peer's interpreter: asks one peer for each receipt on stdin and prints what it says, a JSON object a line.

    PEERS/bin/python tests/bench/peers/drive.py NAME < asked.jsonl > said.jsonl

NAME is a file beside this one with `prepare() -> read`, where `read(row)` takes `{"id", "file", "lines", "day_first"}`
(`lines` are the rows of print as our OCR read them, for peers without an OCR of their own) and returns `{"merchant",
"date", "total", ...}` and perhaps `"doubts": ["total"]`, when the peer itself wants the total looked at. Added are `id`
and `cpu`, the CPU seconds. On Linux all of it stays on one core, so that no peer gains by threads.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import time


def main() -> None:
    """Ask the peer for one receipt after another; one that it cannot take has an `error` and nothing else."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a peer prints for itself goes to stderr
    read = importlib.import_module(sys.argv[1]).prepare()
    for line in sys.stdin:
        row = json.loads(line)
        start = time.process_time()
        try:
            said = read(row)
        except Exception as error:  # noqa: BLE001
            said = {"error": type(error).__name__}  # a peer's failure is its answer
        said |= {"id": row["id"], "cpu": round(time.process_time() - start, 3)}
        answers.write(json.dumps(said, ensure_ascii=False, default=str) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
