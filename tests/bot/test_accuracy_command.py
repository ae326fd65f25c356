"""`snapspend accuracy` scores photos whose truth is known, and says plainly what is wrong with a truth file."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from bot.cli import main

PICTURES = Path(__file__).parents[1] / "pictures"
INVOICE = {"id": "inv", "file": "img/invoice.pdf", "total": "1856.25", "date": "2026-04-03", "source": "mail"}
TILL = {"id": 2, "file": "img/till.jpg", "merchant": "Corner Pantry", "total": "24.70", "source": "till"}
BROKEN = {"id": "broken", "file": "img/broken.jpg", "total": "1.00", "source": "mail"}


def folder_of(folder: Path, *rows: object) -> Path:
    """Make a folder with these lines of truth and the photos that they may name."""
    (folder / "img").mkdir()
    for name in ("invoice.pdf", "till.jpg"):
        shutil.copy(PICTURES / name, folder / "img" / name)
    (folder / "img" / "broken.jpg").write_text("no picture")
    write(folder / "truth.jsonl", *rows)
    return folder


def write(path: Path, *rows: object) -> None:
    """Write one line each; text as it is."""
    path.write_text("".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows), "utf-8")


def scored(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    """Run the command and return its status and what it says."""
    status = main(["accuracy", *map(str, arguments)])
    told = capsys.readouterr()
    return status, told.out, told.err


def test_photos_are_read_and_scored_and_kept_for_later(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A photo that cannot be read counts as wrong; scoring what was kept gives the same figures."""
    folder = folder_of(tmp_path, INVOICE, "", TILL, BROKEN)
    kept = tmp_path / "read.jsonl"
    status, out, err = scored(capsys, folder, "--json", "--out", kept)
    found = json.loads(out)
    totals = {name: group["figures"]["total"] for name, group in found["groups"].items()}
    shares = {name: (each["truth"], each["read"], each["right"]) for name, each in totals.items()}
    assert (status, err, shares) == (0, "", {"mail": (2, 1, 1), "till": (1, 1, 1), "all": (3, 2, 2)})
    assert (found["groups"]["all"]["unread"], found["seconds"] > 0) == (1, True)
    assert [json.loads(line)["id"] for line in kept.read_text("utf-8").splitlines()] == ["inv", "2", "broken"]
    _, again, _ = scored(capsys, folder, "--json", "--readings", kept)
    assert json.loads(again) == {"groups": found["groups"]}


def test_what_read_printed_is_scored_wherever_it_was_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The photo is known by the end of its path; what is of no receipt is told, and what is not there is wrong."""
    folder = folder_of(tmp_path, INVOICE, TILL, {"id": "text only", "total": "1.00"})
    readings = tmp_path / "all.jsonl"
    shown = {"file": "/elsewhere/img/till.jpg", "total": "24.7", "merchant": "CORNER PANTRY", "doubts": []}
    write(readings, shown, {"file": "other.jpg", "error": "No."})
    status, out, err = scored(capsys, folder, "--readings", readings, "--misses")
    assert status == 0
    assert err.splitlines() == [
        "1 receipts of the truth name no file and are left out.",
        "1 readings are of no receipt in the truth and are left out.",
    ]
    assert out.startswith("inv  total: nothing read, truth 1856.25\ninv  date: nothing read, truth 2026-04-03\n\nmail:")
    assert "till: 1 receipt\n" in out


def test_a_total_that_is_wrong_and_shown_without_a_doubt_stands_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Only those who ask for the misses see what is printed on a receipt."""
    folder = folder_of(tmp_path, TILL)
    readings = tmp_path / "all.jsonl"
    write(readings, {"id": 2, "total": "42.70", "merchant": "Corner\x1b[2J Pantry"})
    _, out, _ = scored(capsys, folder, "--readings", readings, "--misses")
    assert "2  total: read 42.70, truth 24.70 (without a doubt)" in out
    assert "\x1b" not in out
    _, out, err = scored(capsys, folder, "--readings", readings)
    assert ("42.70" in out + err, "Pantry" in out + err, "total  " in out) == (False, False, True)


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([TILL, '{"id": "3", '], "line 2 is no JSON: "),
        (["[" * 100_000], "line 1 is nested too deeply"),
        ([TILL, {"file": "img/till.jpg"}], "line 2: there is no id"),
        ([TILL, "", {**INVOICE, "id": "2"}], "line 3: the id 2 is in line 1 already"),
        ([TILL, {**TILL, "id": "3"}], "line 2: the file img/till.jpg is in line 1 already"),
        ([{**TILL, "total": "twenty"}], "line 1: total is no amount"),
        ([{**TILL, "total": "1e999999"}], "line 1: total is no amount"),
        (['{"id": 1, "file": "img/till.jpg", "total": 1e99}'], "line 1: total is no amount"),
        (['{"id": 1, "file": "img/till.jpg", "total": NaN}'], "line 1: total is no amount"),
        (['{"id": 1, "file": "img/till.jpg", "total": -Infinity}'], "line 1: total is no amount"),
        (['{"id": 1, "total": 1e99999999999999999999}'], "line 1 has a number that is far too long"),
        ([f'{{"id": 1, "total": {"1" * 5000}}}'], "line 1 has a number that is far too long"),
        ([TILL, {**INVOICE, "merchant": "x" * 1_000_000}], "line 2 has more than 1,000,000 characters"),
        ([{**TILL, "total": {"amount": 1}}], "line 1: total is neither a number nor text"),
        ([{**TILL, "file": "../till.jpg"}], "line 1: the file ../till.jpg is not in the folder with the photos"),
        ([{**TILL, "file": "/etc/passwd"}], "line 1: the file /etc/passwd is not in the folder with the photos"),
        ([{**TILL, "file": "img"}], "img is a folder, no photo, in "),
        ([{**TILL, "file": "img/none.jpg"}], "img/none.jpg is not in "),
        ([{"id": "1", "total": "1"}], "no line names a file"),
        ([""], "there is no receipt in it"),
    ],
)
def test_a_truth_file_that_cannot_be_used_is_told_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], rows: list[object], told: str
) -> None:
    """With its name, the line and what is wrong; status 2, and nothing is read."""
    status, out, err = scored(capsys, folder_of(tmp_path, *rows))
    assert (status, out, len(err.splitlines())) == (2, "", 1)
    assert err.startswith(f"{tmp_path / 'truth.jsonl'}: {told}")


def test_a_mark_of_byte_order_is_passed_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Some editors begin a file with one."""
    folder = folder_of(tmp_path, TILL)
    write(folder / "truth.jsonl", "\ufeff" + json.dumps(TILL))
    write(folder / "all.jsonl", {"id": 2, "total": "24.70"})
    status, _, err = scored(capsys, folder, "--readings", folder / "all.jsonl")
    assert (status, err) == (0, "")


@pytest.mark.parametrize("content", [None, b"\xff\xfe{}"])
def test_a_truth_file_that_is_not_there_or_no_text_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes | None
) -> None:
    """As is a folder that is none."""
    if content is not None:
        (tmp_path / "truth.jsonl").write_bytes(content)
    status, _, err = scored(capsys, tmp_path)
    reason = "there is no such file" if content is None else "this is no text in UTF-8"
    assert (status, err) == (2, f"{tmp_path / 'truth.jsonl'}: {reason}\n")


@pytest.mark.parametrize("rows", [["{"], ["[]"], [{"file": "other.jpg"}], [{"total": "1.00"}]])
def test_readings_that_cannot_be_used_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], rows: list[object]
) -> None:
    """With their name and status 2."""
    folder = folder_of(tmp_path, TILL)
    write(tmp_path / "all.jsonl", *rows)
    status, out, err = scored(capsys, folder, "--readings", tmp_path / "all.jsonl")
    assert (status, out) == (2, "")
    assert err.startswith(f"{tmp_path / 'all.jsonl'}: ")


def test_what_is_read_never_overwrites_the_truth(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nor is a photo read before it is known that the answer can be written."""
    folder = folder_of(tmp_path, TILL)
    before = (folder / "truth.jsonl").read_bytes()
    status, _, err = scored(capsys, folder, "--out", folder / "img" / ".." / "truth.jsonl")
    assert (status, "please name another file" in err) == (2, True)
    assert (folder / "truth.jsonl").read_bytes() == before
    status, _, err = scored(capsys, folder, "--out", tmp_path / "none" / "x.jsonl")
    assert (status, "cannot be written" in err) == (2, True)


def test_the_help_shows_the_form_of_the_truth_by_an_example_that_works(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its example is taken as a truth file."""
    with pytest.raises(SystemExit):
        main(["accuracy", "--help"])
    told = capsys.readouterr().out
    example = told[told.index('{"id"') : told.index("  id        needed")]
    folder = folder_of(tmp_path, example.replace("\n", " "))
    write(tmp_path / "read.jsonl", {"id": "17", "total": "10.80"})
    assert scored(capsys, folder, "--readings", tmp_path / "read.jsonl")[0] == 0
