"""Receipts that are invented, in 44 languages, as readings with the truth: to learn weights on and to measure with.

`receipts(seed, count)` gives the same pairs for the same arguments: a `core.receipt.Reading` with boxes, and the truth
in the form of a line of truth.jsonl (id, source `rendered`, language, merchant, date, total, currency, subtotal, tax,
tip, cash, paid_by: cash, card or null, items). The languages take turns, so 440 are ten of each. From the command line

    python -m tests.bench.rendered --seed 1 --count 880 --out FOLDER

writes FOLDER/truth.jsonl and FOLDER/readings.jsonl as tests/bench/accuracy.py and learn_totals.py take them:

    python -m tests.bench.accuracy --truth FOLDER/truth.jsonl --readings FOLDER/readings.jsonl

Names, places, goods and sums are invented; no shop is a real one. The layouts are those that mislead: no decimals, the
subtotal below the tax, more cash than the total, savings, counts and points that call themselves totals, tables of
taxes, tips suggested, an amount authorised before, the total printed again on the card's slip.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from random import Random
from typing import Any

from core.receipt import Reading
from tests.bench.rendered_print import Print
from tests.bench.rendered_till import languages, ring_up


def receipts(seed: int, count: int) -> list[tuple[Reading, dict[str, Any]]]:
    """Return so many invented receipts with their truth; see the head of this file."""
    codes = list(languages())
    return [_receipt(codes[at % len(codes)], f"{seed}-{at}") for at in range(count)]


def _receipt(code: str, key: str) -> tuple[Reading, dict[str, Any]]:
    rng = Random(f"receipt {key}")
    sale = ring_up(code, rng)
    one = Print(sale, rng)
    one.head()
    form = rng.randrange(3)
    for each in sale.bought:
        one.item(form, each)
    one.sums()
    first, second = rng.sample((one.paid, one.foot), 2) if rng.random() < 0.2 else (one.paid, one.foot)
    first()
    second()
    return one.paper.reading(), _truth(one, key)


def _truth(one: Print, key: str) -> dict[str, Any]:
    sale = one.sale
    return {
        "id": f"rendered-{key}",
        "source": "rendered",
        "language": sale.code,
        "merchant": one.merchant,
        "date": sale.day.isoformat(),
        "total": str(sale.total),
        "currency": sale.language["currency"],
        "subtotal": str(sale.subtotal) if one.shows_subtotal else None,
        "tax": str(sale.tax) if one.shows_tax else None,
        "tip": str(sale.tip) if sale.tip else None,
        "cash": str(sale.tendered) if sale.tendered else None,
        "paid_by": one.paid_by,
        "items": [{"name": each.name, "price": str(each.total)} for each in sale.bought],
    }


def main() -> None:
    """Write the truth and the readings of invented receipts."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=880)
    parser.add_argument("--out", type=Path, required=True, help="the folder to write into")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    pairs = receipts(given.seed, given.count)
    truth = "".join(json.dumps(row, ensure_ascii=False) + "\n" for _, row in pairs)
    rows = ({"file": row["id"], "reading": reading.model_dump(mode="json")} for reading, row in pairs)
    given.out.joinpath("truth.jsonl").write_text(truth, "utf-8")
    given.out.joinpath("readings.jsonl").write_text(
        "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8"
    )


if __name__ == "__main__":
    main()
