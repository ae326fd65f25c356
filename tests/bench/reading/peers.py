"""Asks peers for the same receipts, each in its own interpreter, and says plainly which could not be asked."""

from __future__ import annotations

import ast
import hashlib
import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from core.extraction.rows import find_rows
from core.receipt import Reading

FOLDER = Path(__file__).parents[1] / "peers"
PEERS = {
    "amagi-receipts-to-csv": "amagi",
    "amagi-rules": "amagi_rows",
    "receipt-parser-core": "receipt_parser",
    "invoice2data": "invoice_templates",
    "apapyr": "apapyr_service",
}
"""What pip installs, and the file that asks it."""

INSTALL = """the peers' environment (their dependencies clash with ours):
  python -m venv PEERS
  PEERS/bin/pip install --no-deps -r tests/bench/peers/requirements.txt
then --peer-python PEERS/bin/python"""


def sample(truth: Mapping[str, Mapping[str, Any]], most: int | None) -> list[str]:
    """Return the ids to ask for: of each source at most so many (None: all), always the same whatever their order."""
    taken: dict[str, list[str]] = {}
    for key, row in truth.items():
        taken.setdefault(row.get("source", ""), []).append(key)
    return [key for keys in taken.values() for key in sorted(keys, key=_shuffled)[:most]]


def _shuffled(key: str) -> str:
    """Return something to sort by that means nothing."""
    return hashlib.sha256(key.encode()).hexdigest()


def asked(row: Mapping[str, Any], folder: Path, reading: Reading | None) -> dict[str, Any]:
    """Return what a peer is asked; that days come before months is told where the truth's currency says so."""
    rows = [each.text for each in find_rows(reading)] if reading else []
    day_first = row.get("currency") not in (None, "USD")
    return {"id": str(row["id"]), "file": str(folder / row["file"]), "lines": rows, "day_first": day_first}


def ask(peer: str, python: Path, rows: list[dict[str, Any]], kept: Path) -> str | None:
    """Ask for what `kept` does not hold yet and add the answers to it; return why not, when the peer refuses."""
    known = load_said(kept)
    missing = [row for row in rows if row["id"] not in known]
    if not missing:
        return None
    question = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in missing)
    command = [str(python), str(FOLDER / "drive.py"), PEERS[peer]]
    with kept.open("a", encoding="utf-8") as answers:
        done = subprocess.run(command, input=question, stdout=answers, stderr=subprocess.PIPE, text=True, check=False)
    return (done.stderr.strip() or f"ended with {done.returncode}").splitlines()[-1] if done.returncode else None


def about(peer: str) -> str:
    """Return how a peer was asked: what its file says first."""
    told = ast.get_docstring(ast.parse((FOLDER / f"{PEERS[peer]}.py").read_text("utf-8"))) or ""
    return " ".join(told.split())


def load_said(kept: Path) -> dict[str, dict[str, Any]]:
    """Return a peer's answers by id."""
    lines = kept.read_text("utf-8").splitlines() if kept.exists() else []
    return {row["id"]: row for row in map(json.loads, lines)}
