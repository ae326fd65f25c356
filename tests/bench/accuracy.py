"""Measures how much of given receipts is read right, by source, and writes what was read in the scorer's format."""

from __future__ import annotations

import argparse
import asyncio
import json
import time
from collections import Counter, defaultdict
from datetime import date
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from core.checks import Context, check
from core.errors import SnapSpendError
from core.extraction.offline import extract
from core.money import read_amount
from core.ports import Hints
from core.receipt import Reading, Receipt
from tests.bench.recorded import load_readings, load_truth

EXAMPLE = """examples:
  python -m tests.bench.accuracy --truth receipts/truth.jsonl --out read.jsonl
      reads the pictures that the truth names (`file`, beside the truth file) and prints the figures
  python -m tests.bench.accuracy --truth receipts/truth.jsonl --readings recorded.jsonl
      takes recorded readings instead: {"id", "size", "lines": [{"text", "score", "quad"}]} a line
"""


async def read_pictures(truth: dict[str, dict[str, Any]], folder: Path) -> dict[str, Reading]:
    """Return the readings of the pictures, one after another; a picture that cannot be read is left out."""
    from core.adapters.rapidocr_reader import RapidOcrReader  # Loads models: only when pictures are read.

    reader = RapidOcrReader()
    await reader.warm()
    readings = {}
    for key, row in truth.items():
        if row.get("file"):
            try:
                readings[key] = await reader.read((folder / row["file"]).read_bytes())
            except SnapSpendError as error:
                print(f"{key}: {error.sentence}")
    await reader.close()
    return readings


def as_prediction(key: str, receipt: Receipt | None) -> dict[str, Any]:
    """Return the receipt in the scorer's format: id, merchant, date, total, currency, subtotal, tax, tip, items."""
    if receipt is None:
        return {"id": key}
    fields = receipt.model_dump(mode="json")
    kept = {name: fields[name] for name in ("merchant", "total", "currency", "subtotal", "tip")}
    items = [{"name": item["description"], "price": item["total"]} for item in fields["items"]]
    tax = None if receipt.tax is None else format(receipt.tax, "f")
    return {"id": key, **kept, "date": fields["bought_on"], "tax": tax, "items": items}


def judge(row: dict[str, Any], receipt: Receipt | None, asked: bool) -> Counter[str]:
    """Return counts for one receipt: `x of` when the truth has field x, `x read`, `x right`; items by the pair."""
    counts: Counter[str] = Counter()
    said = as_prediction(row["id"], receipt)
    for name in ("merchant", "date", "total", "currency", "subtotal", "tax"):
        wanted = {_plain(name, value) for value in [row.get(name), *(row.get(f"{name}_alts") or [])]} - {None}
        if wanted:
            right = _plain(name, said.get(name)) in wanted
            counts.update({f"{name} of": 1, f"{name} read": said.get(name) is not None, f"{name} right": right})
            if name == "total" and said.get(name) is not None and not asked:
                counts.update({"unasked read": 1, "unasked right": right})
    counts["unasked of"] = counts["total of"]
    wanted_items = [(i["name"], read_amount(str(i["price"]))) for i in row.get("items") or [] if i.get("price")]
    if wanted_items:
        read = [(item["name"], read_amount(str(item["price"]))) for item in said.get("items", [])]
        counts.update({"items of": len(wanted_items), "items read": len(read)})
        counts["items right"] = _pairs(wanted_items, read)
    return counts


def _plain(name: str, value: Any) -> Any:
    if value in (None, ""):
        return None
    if name in {"total", "subtotal", "tax"}:
        return read_amount(str(value))
    return "".join(c for c in str(value).casefold() if c.isalnum())


def _pairs(wanted: list[tuple[str, Any]], read: list[tuple[str, Any]]) -> int:
    """Return how many items agree in price and, to four fifths, in the letters of the name."""
    left, right = list(read), 0
    for name, price in wanted:
        letters = _plain("merchant", name) or ""
        for entry in left:
            like = SequenceMatcher(None, letters, _plain("merchant", entry[0]) or "").ratio()
            if entry[1] == price and like >= 0.8:
                left.remove(entry)
                right += 1
                break
    return right


def report(by_source: dict[str, Counter[str]]) -> None:
    """Print a table: a source a block, a field a row; recall, precision and their harmonic mean in percent."""
    for source, counts in sorted(by_source.items()):
        each = counts["microseconds"] / 1000 / max(1, counts["receipts"])
        print(f"\n{source}: {counts['receipts']} receipts, extraction {each:.1f} ms each")
        print(f"{'field':10}{'truth':>7}{'read':>7}{'right':>7}{'recall':>8}{'prec.':>8}{'F1':>8}")
        for name in ("total", "unasked", "date", "merchant", "currency", "subtotal", "tax", "items"):
            of, read, right = (counts[f"{name} {kind}"] for kind in ("of", "read", "right"))
            if of:
                recall, precision = 100 * right / of, 100 * right / max(read, 1)
                mean = 200 * right / max(of + read, 1)
                print(f"{name:10}{of:7}{read:7}{right:7}{recall:8.1f}{precision:8.1f}{mean:8.1f}")
    print("\nunasked: totals without a doubt about them; items: price and name agree")


def main() -> None:
    """Read the command line, extract, print the figures and write the predictions."""
    parser = argparse.ArgumentParser(
        description=__doc__, epilog=EXAMPLE, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--truth", type=Path, required=True, help="one JSON object a line: id, file, merchant, …")
    parser.add_argument("--readings", type=Path, help="recorded readings, instead of reading the pictures")
    parser.add_argument("--out", type=Path, help="where to write the predictions, one JSON object a line")
    parser.add_argument("--today", type=date.fromisoformat, default=date.today(), help="the day it is (YYYY-MM-DD)")
    given = parser.parse_args()
    truth = load_truth(given.truth)
    readings = (
        load_readings(given.readings) if given.readings else asyncio.run(read_pictures(truth, given.truth.parent))
    )
    predictions = measure(truth, readings, given)
    if given.out:
        given.out.write_text("".join(json.dumps(each, ensure_ascii=False) + "\n" for each in predictions), "utf-8")


def measure(
    truth: dict[str, dict[str, Any]], readings: dict[str, Reading], given: argparse.Namespace
) -> list[dict[str, Any]]:
    """Extract and judge each receipt, print the figures, return the predictions."""
    by_source: dict[str, Counter[str]] = defaultdict(Counter)
    predictions = []
    for key, row in truth.items():
        if key not in readings and (given.readings or not row.get("file")):
            continue
        counts = by_source[row.get("source", given.truth.parent.name)]
        start = time.perf_counter()
        receipt = _extract(readings.get(key, Reading()), given.today)
        counts.update({"receipts": 1, "microseconds": int(1e6 * (time.perf_counter() - start))})
        doubts = check(receipt, readings[key], Context(today=given.today)) if receipt else ()
        counts.update(judge(row, receipt, any(doubt.field == "total" for doubt in doubts)))
        predictions.append(as_prediction(key, receipt))
    report(by_source)
    return predictions


def _extract(reading: Reading, today: date) -> Receipt | None:
    try:
        return extract(reading, Hints(today=today))
    except SnapSpendError:
        return None


if __name__ == "__main__":
    main()
