"""amagi-receipts-to-csv: the picture through its own OCR (RapidOCR 1.2, in its wheels) and its rules."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any


def prepare() -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Return what reads one receipt, with the engine loaded."""
    from amagi_receipts_to_csv.ingest import load  # type: ignore[import-not-found]
    from amagi_receipts_to_csv.ocr import get_engine  # type: ignore[import-not-found]

    engine = get_engine("rapidocr")
    return by_rules(lambda row: load(Path(row["file"]), lambda: engine).lines)


def by_rules(lines_of: Callable[[dict[str, Any]], list[str]]) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Return what takes the fields from a receipt's lines, as the package's command does."""
    from amagi_receipts_to_csv.categorize import Categorizer  # type: ignore[import-not-found]
    from amagi_receipts_to_csv.parse import finalize_status, parse_lines  # type: ignore[import-not-found]

    shops = Categorizer([], {})

    def read(row: dict[str, Any]) -> dict[str, Any]:
        receipt = parse_lines(lines_of(row), day_first=row["day_first"])
        receipt.vendor = shops.rename_vendor(receipt.vendor)
        finalize_status(receipt)
        amounts = {name: getattr(receipt, name) for name in ("total", "subtotal", "tax", "tip")}
        doubts = ["total"] if receipt.status != "ok" else []
        return {"merchant": receipt.vendor or None, "date": receipt.date, "doubts": doubts, **amounts}

    return read
