"""Recorded readings and truth files, as the benches take them: one JSON object a line."""

from __future__ import annotations

import hashlib
import json
from math import atan2, degrees
from pathlib import Path
from typing import Any

from core.receipt import Box, Line, Reading


def load_truth(path: Path) -> dict[str, dict[str, Any]]:
    """Return the truth by id."""
    lines = path.read_text("utf-8").splitlines()
    return {str(row["id"]): row for row in (json.loads(line) for line in lines if line.strip())}


def load_readings(path: Path) -> dict[str, Reading]:
    """Return recorded readings by id.

    Three forms: `{"id", "size": [w, h], "lines": [{"text", "score", "quad": four points}]}` as an OCR gives them,
    `{"id", "words": [...], "bboxes": [[left, top, right, bottom], ...]}` as people transcribe them, and
    `{"file", "reading"}` as `snapspend read --json` prints it, whose id is the file's name without its ending.
    A line without a reading (the picture could not be read) is left out.
    """
    readings = {}
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line) if line.strip() else {}
        if row.get("reading"):
            readings[str(row.get("id") or Path(row["file"]).stem)] = Reading.model_validate(row["reading"])
        elif "words" in row or "lines" in row:
            readings[str(row["id"])] = _reading(row)
    return readings


def load_unread(path: Path) -> set[str]:
    """Return the ids of the pictures that `snapspend read --json` could not read, or found no receipt in."""
    rows = (json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip())
    return {str(row.get("id") or Path(row["file"]).stem) for row in rows if row.get("error")}


def _reading(row: dict[str, Any]) -> Reading:
    pages = ((int(row["size"][0]), int(row["size"][1])),) if row.get("size") else ()
    if "words" in row:
        pairs = zip(row["words"], row["bboxes"], strict=True)
        lines = [Line(text=text, box=Box(left=b[0], top=b[1], right=b[2], bottom=b[3])) for text, b in pairs]
    else:
        lines = [Line(text=line["text"], score=line.get("score"), box=box_of(line["quad"])) for line in row["lines"]]
    return Reading(lines=tuple(lines), pages=pages, reader="recorded")


def box_of(quad: list[list[float]]) -> Box:
    """Return the rectangle around four points (from the top left, clockwise), with the tilt of the top edge."""
    across, down = [point[0] for point in quad], [point[1] for point in quad]
    tilt = degrees(atan2(quad[1][1] - quad[0][1], quad[1][0] - quad[0][0]))
    return Box(left=min(across), top=min(down), right=max(across), bottom=max(down), tilt=tilt)


def fold_of(row: dict[str, Any], folds: int) -> int:
    """Return which of `folds` parts a receipt falls into: all receipts of a merchant fall into one."""
    name = row.get("merchant") or row["id"]
    letters = "".join(character for character in name.casefold() if character.isalnum())
    return int(hashlib.sha256(letters[:8].encode()).hexdigest(), 16) % folds
