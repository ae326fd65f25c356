"""`snapspend read` prints what was found, names what could not be read, and says so in its exit status."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from rich.cells import cell_len

from bot.cli import main
from bot.read_output import as_json, as_json_error, as_text
from bot.read_table import Table
from core.receipt import Doubt, DoubtKind, LineItem, Reading, Receipt, TaxLine
from tests.bot.test_with_cloud import photo
from tests.cloud.gemini import GeminiApi, run_gemini

COMMAND = (sys.executable, "-c", "import sys; from bot.cli import main; sys.exit(main())")
ROOT = Path(__file__).parents[2]
PICTURES = ROOT / "tests" / "pictures"

LUNCH = Receipt(
    merchant="Blue Heron",
    bought_on=date(2026, 4, 18),
    currency="USD",
    taxes=(TaxLine(label="Sales tax", rate=Decimal("8.00"), amount=Decimal("0.80")),),
    items=(LineItem(description="Soup", quantity=Decimal(2), unit_price=Decimal("5.00"), total=Decimal("10.00")),),
    total=Decimal("10.80"),
)


def test_a_receipt_is_printed_line_by_line() -> None:
    """Amounts stand under each other, in the receipt's currency."""
    lines = as_text("lunch.jpg", LUNCH).splitlines()
    assert [line.split() for line in lines] == [
        ["lunch.jpg"],
        ["Blue", "Heron"],
        ["receipt,", "2026-04-18"],
        ["2", "×", "Soup", "at", "5.00", "$10.00"],
        ["tax", "(Sales", "tax", "8.00", "%)", "$0.80"],
        ["TOTAL", "$10.80"],
    ]


def test_what_was_not_printed_is_said_to_be_missing() -> None:
    """Nothing is shown as 0.00."""
    text = as_text("empty.jpg", Receipt())
    assert ("merchant not found" in text, "date not found" in text, "0.00" in text) == (True, True, False)


def test_a_receipts_text_cannot_steer_the_terminal() -> None:
    """An escape sequence in a name is printed without its escape."""
    assert "\x1b" not in as_text("evil\x1b[2J.jpg", Receipt(merchant="\x1b[31mRed"))


def test_json_writes_amounts_as_strings_dates_as_iso_and_absent_as_null() -> None:
    """The sum of the taxes stands beside them."""
    found = json.loads(as_json("lunch.jpg", LUNCH, Reading(reader="test")))
    wanted = ("lunch.jpg", "receipt", "2026-04-18", None, "0.80", "10.80", None)
    fields = ("file", "kind", "bought_on", "due_on", "tax", "total", "tip")
    assert tuple(found[field] for field in fields) == wanted
    assert found["items"] == [{"description": "Soup", "quantity": "2", "unit_price": "5.00", "total": "10.00"}]


def test_json_of_what_could_not_be_read_has_the_file_and_the_reason() -> None:
    """Programs see the failure where they look for the answer."""
    assert json.loads(as_json_error("x.jpg", "No.")) == {"file": "x.jpg", "error": "No."}


def test_a_folder_is_read_in_order_and_what_fails_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What says it is a picture and is none is told; what is neither, and what is hidden, is passed over."""
    shutil.copy(PICTURES / "till.jpg", tmp_path / "b.bin")
    shutil.copy(PICTURES / "invoice.pdf", tmp_path / "c.pdf")
    (tmp_path / "a.jpg").write_text("not a picture")
    (tmp_path / "notes.txt").write_text("milk, bread")
    (tmp_path / ".hidden.jpg").write_text("nothing")
    status = main(["read", "--json", str(tmp_path), str(tmp_path / "none.jpg")])
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [Path(each["file"]).name for each in found] == ["a.jpg", "b.bin", "c.pdf", "none.jpg"]
    assert ([each.get("total") for each in found], status) == ([None, "24.70", "1856.25", None], 1)


def test_all_read_is_status_0_and_text_on_stdout(capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing but the receipt is said."""
    status = main(["read", str(PICTURES / "invoice.pdf")])
    told = capsys.readouterr()
    assert (status, "TOTAL" in told.out, told.err) == (0, True, "")


def test_wrong_usage_is_status_2(capsys: pytest.CaptureFixture[str]) -> None:
    """No photo named is a mistake in the command."""
    with pytest.raises(SystemExit) as ended:
        main(["read"])
    assert ended.value.code == 2


def test_a_currency_that_is_none_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    """Told before anything is read."""
    with pytest.raises(SystemExit) as ended:
        main(["read", "--currency", "dollars", "x.jpg"])
    assert ended.value.code == 2
    assert "is no currency; write a code like EUR or CAD" in capsys.readouterr().err


@pytest.mark.skipif(os.name == "nt", reason="signals as Unix knows them")
def test_ctrl_c_ends_it_without_a_traceback(tmp_path: Path) -> None:
    """Status 130, and no process stays behind: its pipes are closed, or this test would wait for ever."""
    for number in range(30):
        shutil.copy(PICTURES / "till.jpg", tmp_path / f"{number}.jpg")
    command = [sys.executable, "-c", "from bot.cli import main; raise SystemExit(main())", "read", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        _, complaints = process.communicate(timeout=60)
    assert (process.returncode, b"Traceback" in complaints) == (130, False)


async def test_with_cloud_what_leaves_is_named_and_who_read_is_told(tmp_path: Path) -> None:
    """On standard error, before it leaves."""
    picture = tmp_path / "bakery.jpg"
    picture.write_bytes(photo())
    async with run_gemini(GeminiApi()) as api:
        keys = {"GEMINI_API_KEY": api.key, "GEMINI_API_URL": api.url}
        done = await asyncio.create_subprocess_exec(
            *COMMAND, "read", "--cloud", str(picture),
            env={**os.environ, **keys}, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        out, told = await done.communicate()
    assert done.returncode == 0
    assert told.decode().startswith("→ Gemini gemini-3.5-flash-lite (127.0.0.1:")
    assert "read by Gemini, local" in out.decode()


def test_cloud_needs_a_key() -> None:
    """And says which."""
    known = {name: value for name, value in os.environ.items() if name not in ("GEMINI_API_KEY", "RAPIDAPI_KEY")}
    done = subprocess.run([*COMMAND, "read", "--cloud", "x.jpg"], env=known, capture_output=True, check=False)
    assert (done.returncode, b"GEMINI_API_KEY" in done.stderr) == (2, True)


@pytest.mark.skipif(os.name == "nt", reason="terminals as Unix knows them")
@pytest.mark.parametrize("moment", ["start", "reading"])
def test_ctrl_c_in_a_terminal_ends_it_quietly_at_any_moment(tmp_path: Path, moment: str) -> None:
    """There it reaches the reading processes too, also while they are loading; the bar tells the time left."""
    for number in range(30):
        shutil.copy(PICTURES / "till.jpg", tmp_path / f"{number}.jpg")
    ours, theirs = os.openpty()
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "100"}
    with subprocess.Popen(
        [*COMMAND, "read", str(tmp_path)], stdin=theirs, stdout=theirs, stderr=theirs, cwd=ROOT, env=environment,
        start_new_session=True, preexec_fn=_take_terminal,
    ) as process:  # fmt: skip
        os.close(theirs)
        shown = seen(ours, "0/30" if moment == "start" else "£24.70")
        os.write(ours, b"\x03")
        shown += seen(ours, None)
    assert (process.wait(60), "Traceback" in shown, "Stopped." in shown) == (130, False, True)
    assert "left" in shown


def _take_terminal() -> None:
    """Make standard input this session's terminal, so that Ctrl-C on it reaches every process."""
    import fcntl
    import termios

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def seen(terminal: int, awaited: str | None) -> str:
    """Return what the terminal shows until then, or until it closes."""
    shown = ""
    with suppress(OSError):
        while awaited is None or awaited not in shown:
            data = os.read(terminal, 65536)
            shown += data.decode("utf-8", "replace")
            if not data:
                break
    return shown


@pytest.mark.skipif(os.name == "nt", reason="pipes as Unix knows them")
def test_a_pipe_that_closes_ends_it_without_a_word(tmp_path: Path) -> None:
    """As with `| head -1`: status 1, nothing on standard error."""
    for number in range(4):
        shutil.copy(PICTURES / "invoice.pdf", tmp_path / f"{number}.pdf")
    with subprocess.Popen([*COMMAND, "read", str(tmp_path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.stdout.close()
        process.stdout = None
        _, complaints = process.communicate(timeout=60)
    assert (process.returncode, complaints) == (1, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a disk that is always full is there on Linux")
def test_a_full_disk_is_told() -> None:
    """In a sentence, with status 1."""
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*COMMAND, "read", str(PICTURES / "invoice.pdf")], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert (done.returncode, done.stderr) == (1, b"The output cannot be written: No space left on device\n")


def test_several_photos_are_a_table_and_what_is_named_twice_is_read_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A broken picture amid them is named and the others are read; a folder in a folder is not read again."""
    inner = tmp_path / "inner"
    inner.mkdir()
    shutil.copy(PICTURES / "invoice.pdf", inner / "b\t名\x1b[2J.pdf")
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\nbroken")
    status = main(["read", str(tmp_path), str(inner)])
    told = capsys.readouterr()
    head, row, foot = told.out.splitlines()
    assert (head.split(), status) == (["file", "date", "merchant", "total", "doubts"], 1)
    assert row.split()[-2:] == ["€1,856.25", "0"]
    assert ("\x1b" in told.out, foot) == (False, "1 read, 1 could not be read")
    assert told.err.startswith(str(tmp_path / "a.png"))


@pytest.mark.parametrize("width", [60, 80, 100, 200])
def test_a_table_is_as_wide_as_the_terminal(width: int) -> None:
    """Columns stand under each other in cells of a terminal, whatever the script; names are cut, amounts are not."""
    files = ["receipts/2026/" + "long" * 8 + ".jpg", "収据/五月.jpg", "a.jpg"]
    table = Table.of(files, width)
    asked = Doubt(kind=DoubtKind.TOTAL_UNCLEAR, field="total", found="1234.50")
    receipt = Receipt(merchant="青山書店 " * 9, bought_on=date(2026, 5, 1), currency="JPY", total=Decimal("123450"))
    rows = [table.head(), *(table.row(file, receipt.model_copy(update={"doubts": (asked,)})) for file in files)]
    assert len({cell_len(row) for row in rows}) == 1
    assert cell_len(rows[0]) <= width
    assert all("2026-05-01" in row and "¥123,450?" in row and row.endswith("1") for row in rows[1:])


def test_a_guessed_currency_has_a_question_mark_in_the_table() -> None:
    """A bare sign may be another country's; where none is printed, none is shown."""
    asked = Doubt(kind=DoubtKind.CURRENCY_UNCLEAR, field="currency", found="USD")
    missing = Doubt(kind=DoubtKind.CURRENCY_MISSING, field="currency")
    rows = [
        LUNCH.model_copy(update={"doubts": (asked,)}),
        LUNCH.model_copy(update={"doubts": (missing,), "currency": None}),
    ]
    assert [Table.of(["a.jpg"], None).row("a.jpg", row).split()[-2] for row in rows] == ["$10.80?", "10.80"]


def test_a_table_that_nothing_limits_shows_every_files_name_in_full() -> None:
    """As into a pipe or a file."""
    file = "receipts/" + "x" * 200 + ".jpg"
    assert file in Table.of([file], None).row(file, LUNCH)


def test_what_is_not_there_is_said_in_a_table() -> None:
    """No 0.00, no date of today; and the foot says where doubts are told."""
    table = Table.of(["a.jpg"], 100)
    doubt = Doubt(kind=DoubtKind.TOTAL_MISSING, field="total")
    assert table.row("a.jpg", Receipt(doubts=(doubt,))).split("not found")[0].strip() == "a.jpg"
    assert table.foot(0) == "1 read, 1 with doubts (?): `snapspend read FILE` tells them"
