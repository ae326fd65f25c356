"""Recorded readings, in each form that the benches take."""

import json
from pathlib import Path

from tests.bench.recorded import load_readings


def test_readings_load_in_each_form(tmp_path: Path) -> None:
    """As an OCR gives them, as people transcribe them, and as `snapspend read --json` prints them."""
    quad = [[0, 0], [90, 0], [90, 10], [0, 10]]
    rows = (
        {"id": "one", "size": [100, 200], "lines": [{"text": "OTTER", "score": 0.9, "quad": quad}]},
        {"id": "two", "words": ["OTTER"], "bboxes": [[0, 0, 90, 10]]},
        {"file": "photos/three.jpg", "merchant": "OTTER", "reading": {"lines": [{"text": "OTTER"}]}},
        {"file": "photos/four.jpg", "error": "This picture cannot be opened."},
    )
    recorded = tmp_path / "readings.jsonl"
    recorded.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    readings = load_readings(recorded)
    assert {key: reading.text for key, reading in readings.items()} == dict.fromkeys(("one", "two", "three"), "OTTER")
