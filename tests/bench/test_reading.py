"""The bench of reading counts and tells what it should, on invented receipts."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from random import Random
from typing import Any

from core.scoring.judging import Mark, judge
from core.scoring.prediction import Prediction
from core.scoring.truth import truth_of
from tests.bench.reading import peers, table
from tests.bench.reading.beside import tables
from tests.bench.reading.damaged import DAMAGES
from tests.bench.reading.folds import Folds
from tests.bench.reading.pictures import Cost, load_costs, middle
from tests.core.extraction.pages import page

TRUTH: dict[str, dict[str, Any]] = {
    "a": {"id": "a", "source": "sroie", "merchant": "Otter Bakery", "date": "2024-03-01", "total": "12.50"},
    "b": {"id": "b", "source": "sroie", "merchant": "Blue Heron", "date": "2024-03-02", "total": "7.00"},
}
SAID: dict[str, dict[str, Any]] = {
    "a": {"merchant": "OTTER BAKERY", "date": "2024-03-01", "total": "12.5"},
    "b": {"merchant": "Heron", "date": "2024-02-03", "total": "70.0", "doubts": ["total"]},
}


def marks() -> list[table.Marks]:
    """Return the marks of what was said of both receipts."""
    return [judge(truth_of(TRUTH[key]), Prediction.model_validate(SAID[key])) for key in TRUTH]


def row(figure: str) -> str:
    """Return the first set's cell of a figure."""
    return {name: cell for name, cell, *_ in table.figure_rows({"sroie": marks()})}[table.FIGURES[figure]]


def test_a_figure_comes_with_its_interval_its_number_and_whether_its_bound_holds() -> None:
    """One total of two is right: Wilson's interval says how little that tells, and the bound is missed."""
    assert row("total") == "50.0 (9.5 to 90.5) of 2 ≥ 95 MISSED"


def test_totals_with_a_doubt_count_only_as_not_shown() -> None:
    """The wrong total was asked about: what was shown without a doubt is all right, and is half."""
    assert row("unasked right").startswith("100.0 (20.7 to 100.0) of 1 ≥ 99 holds")
    assert row("unasked").startswith("50.0")


def test_a_figure_that_no_receipt_has_is_not_invented() -> None:
    """Nobody wrote down line items: there is no share of them."""
    assert row("items pair") == "–"


def test_a_figure_that_is_never_read_says_so() -> None:
    """A reader that knows no line items is told apart from one that gets them all wrong."""
    assert str(table.rated("items pair", [{"items pair": Mark(3, 0, 0)}], None)) == "none read of 1 receipts"


def test_the_interval_of_line_items_draws_whole_receipts() -> None:
    """Two receipts of fifty lines, one read wholly and one not at all, tell as little as two."""
    assert table.resampled([Mark(50, 50, 50), Mark(50, 50, 0)]) == (0.0, 100.0)


def test_costs_are_medians_held_against_what_they_may_be_and_memory_is_the_largest() -> None:
    """One slow picture of five moves the median little, and the peak wholly."""
    costs = [Cost(1, 0.5, 300)] * 4 + [Cost(9, 8.0, 460)]
    assert [each[1] for each in table.cost_rows({"sroie": costs})] == [
        "0.50 (0.50 to 8.00) of 5 ≤ 1.3 holds",
        "1.00 (1.00 to 9.00) of 5 ≤ 2.5 holds",
        "460 ≤ 450 MISSED",
    ]


def test_the_interval_of_a_median_needs_no_shape() -> None:
    """Of the numbers 1 to 100 it lies about ten ranks to each side."""
    assert middle([float(number) for number in range(1, 101)]) == (50.5, 41.0, 60.0)


def test_readings_recorded_elsewhere_have_no_costs(tmp_path: Path) -> None:
    """Only lines with a cost count."""
    lines = [{"file": "a.jpg", "reading": None}, {"file": "b.jpg", "cost": {"wall": 2, "cpu": 1, "memory": 3}}]
    (tmp_path / "lines.jsonl").write_text("\n".join(map(json.dumps, lines)))
    assert load_costs(tmp_path / "lines.jsonl") == {"b": Cost(2, 1, 3)}


def test_a_merchant_s_weights_never_saw_it(tmp_path: Path) -> None:
    """Whatever the truth of a merchant's receipts is, what is learned without them stays the same."""
    truth: dict[str, dict[str, Any]] = TRUTH | {"c": {"id": "c", "merchant": "Red Fox Inn", "total": "9.00"}}
    changed = truth | {"a": TRUTH["a"] | {"total": "20.00"}}
    boxes = [[0, 0, 80, 12], [0, 20, 50, 30], [60, 20, 90, 30], [0, 40, 50, 50], [60, 40, 90, 50]]
    pages = {key: [row["merchant"], "Total", row["total"], "Cash", "20.00"] for key, row in truth.items()}
    lines = [json.dumps({"id": key, "words": words, "bboxes": boxes}) for key, words in pages.items()]
    (tmp_path / "words.jsonl").write_text("\n".join(lines))
    honest, fooled = (Folds([(known, tmp_path / "words.jsonl")]) for known in (truth, changed))
    assert honest.without(truth["a"]) == fooled.without(truth["a"])
    assert honest.without(truth["b"]).total != fooled.without(truth["b"]).total
    assert honest.without(truth["b"]).merchant == fooled.without(truth["b"]).merchant


def test_peers_stand_beside_ours_on_the_same_receipts() -> None:
    """A receipt that a peer gave nothing for counts as not read."""
    (printed,) = tables(TRUTH, ["a", "b"], {"SnapSpend": SAID, "peer": {"a": SAID["a"] | {"cpu": 1.5}}})
    total = next(line for line in printed.splitlines() if "total right" in line)
    assert total.count("50.0 (9.5 to 90.5) of 2") == 2
    assert "1.50" in printed.splitlines()[-1]


def test_a_peer_that_refuses_says_why(tmp_path: Path) -> None:
    """The reason is told, and nothing is kept."""
    why = peers.ask("apapyr", Path(sys.executable), [{"id": "a"}], tmp_path / "said.jsonl")
    assert why == "it needs a key and sends the picture away"
    assert peers.load_said(tmp_path / "said.jsonl") == {}


def test_the_sample_is_the_same_for_every_peer() -> None:
    """A sample of one receipt a source is one, and stays it in whatever order the truth comes."""
    backwards = dict(reversed(TRUTH.items()))
    assert len(peers.sample(TRUTH, 1)) == 1
    assert peers.sample(TRUTH, 1) == peers.sample(backwards, 1)


def test_damages_take_what_they_say() -> None:
    """On an invented page: the total goes, a digit changes, the edge cuts, and the rest stays."""
    whole = page("OTTER BAKERY\nRye bread  4.20\nTOTAL  4.20\nCash  5.00\nChange  0.80")
    at, chance = [2, 4], Random(1)
    texts = {name: [line.text for line in damage(whole, at, chance).lines] for name, damage in DAMAGES.items()}
    assert texts["as it is"] == [line.text for line in whole.lines]
    assert len(texts["every line with the total is missing"]) == len(whole.lines) - 2
    assert sum(a != b for a, b in zip(texts["as it is"], texts["a digit of a total is misread"], strict=True)) == 1
    assert not any("4.20" in text for text in texts["the right 6 % is cut off"])
