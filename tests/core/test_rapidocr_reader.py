"""The reader reads drawn pictures with the real OCR, and survives what its processes may not."""

from __future__ import annotations

import asyncio
import io
import os
import subprocess
import sys
import textwrap
from collections.abc import AsyncIterator
from pathlib import Path

import numpy as np
import psutil
import pytest
from PIL import Image

from core.adapters.cuts import lit
from core.adapters.rapidocr_reader import RapidOcrReader
from core.errors import NoText, TooSlow, Unavailable, Unusable, WrongKind

ROOT = Path(__file__).parents[2]
PICTURES = ROOT / "tests" / "pictures"

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds a process to its memory limit")


def picture(name: str) -> bytes:
    """Return one of the drawn pictures."""
    return (PICTURES / name).read_bytes()


def roll(times: int) -> bytes:
    """Return a till receipt as many times below itself."""
    till = Image.open(PICTURES / "till.jpg").convert("RGB").resize((381, 512))
    paper = Image.new("RGB", (381, times * 512))
    for number in range(times):
        paper.paste(till, (0, number * 512))
    file = io.BytesIO()
    paper.save(file, "PNG")
    return file.getvalue()


def reading_processes() -> list[psutil.Process]:
    """Return the OCR processes that run now."""
    return [each for each in psutil.Process().children() if "spawn_main" in " ".join(each.cmdline())]


@pytest.fixture(scope="module")
async def reader() -> AsyncIterator[RapidOcrReader]:
    """Give one warm reader to all tests that do it no harm."""
    opened = RapidOcrReader()
    await opened.warm()
    yield opened
    await opened.close()


@pytest.fixture
async def hurried() -> AsyncIterator[RapidOcrReader]:
    """Give a reader that has a second for a photo."""
    opened = RapidOcrReader(seconds=1.0)
    yield opened
    await opened.close()


@pytest.mark.parametrize("name", ["till.jpg", "upside_down.jpg", "sideways.jpg"])
async def test_a_receipt_is_read_however_it_was_held(reader: RapidOcrReader, name: str) -> None:
    """Its lines come top to bottom, in a page that stands upright."""
    reading = await reader.read(picture(name))
    ((width, height),) = reading.pages
    assert (reading.lines[0].text, "GBP 24.70" in reading.text, width < height) == ("CORNER PANTRY", True, True)


async def test_a_crumpled_receipt_is_read_with_its_tilt(reader: RapidOcrReader) -> None:
    """The paper was turned by four degrees clockwise, and so are its lines."""
    reading = await reader.read(picture("crumpled.jpg"))
    tilts = [line.box.tilt for line in reading.lines if line.box and line.box.right - line.box.left > 200]
    assert "$32.27" in reading.text
    assert all(1 < tilt < 8 for tilt in tilts)


async def test_a_roll_five_times_as_long_as_wide_is_read_whole(reader: RapidOcrReader) -> None:
    """It is searched in slices, and no line comes twice."""
    reading = await reader.read(roll(4))
    assert reading.text.count("GBP 24.70") == 4


async def test_lines_of_a_square_photo_are_found_where_they_are(reader: RapidOcrReader) -> None:
    """It is made smaller than others before lines are looked for, and their places are the photo's all the same."""
    with Image.open(PICTURES / "till.jpg") as till:
        left, top = (2000 - till.width) // 2, (2000 - till.height) // 2
        square = Image.new("RGB", (2000, 2000), "white")
        square.paste(till, (left, top))
    kept = io.BytesIO()
    square.save(kept, "PNG")
    alone, within = [await reader.read(each) for each in (picture("till.jpg"), kept.getvalue())]
    first, second = (next(line.box for line in each.lines if "GBP 24.70" in line.text) for each in (alone, within))
    assert first is not None
    assert second is not None
    assert abs(second.left - first.left - left) < 12
    assert abs(second.top - first.top - top) < 12


async def test_a_receipt_far_away_in_a_large_photo_is_found(reader: RapidOcrReader) -> None:
    """Where a page seems to have no text it is looked at more closely, quarter by quarter."""
    with Image.open(PICTURES / "till.jpg") as till:
        far = Image.new("RGB", (4000, 3000), (124, 106, 90))
        far.paste(till.resize((till.width * 3 // 4, till.height * 3 // 4)), (2500, 1600))
    kept = io.BytesIO()
    far.save(kept, "JPEG", quality=92)
    assert "GBP 24.70" in (await reader.read(kept.getvalue())).text


async def test_a_receipt_that_was_photographed_in_the_dark_is_read(reader: RapidOcrReader) -> None:
    """With a tenth of the light and the grain that such photos have, its small print is still read."""
    chance = np.random.default_rng(1)
    till = np.asarray(Image.open(PICTURES / "till.jpg").convert("RGB"), np.float32)
    dim = np.clip(till * 0.08 + 4 + chance.normal(0, 1, till.shape), 0, 255).astype(np.uint8)
    file = io.BytesIO()
    Image.fromarray(dim).save(file, "PNG")
    reading = await reader.read(file.getvalue())
    assert ("GBP 24.70" in reading.text, "Semi-skimmed milk 2L" in reading.text) == (True, True)


def test_a_bright_picture_is_left_as_it_is() -> None:
    """Light is added only where there was none."""
    bright = np.full((80, 80, 3), 180, np.uint8)
    assert lit(bright) is bright
    assert int(lit(bright // 3).max()) == 235


async def test_a_pdf_with_text_needs_no_ocr(reader: RapidOcrReader) -> None:
    """Its own text is the reading."""
    reading = await reader.read(picture("invoice.pdf"))
    assert (reading.reader, "EUR 1,856.25" in reading.text) == ("PDF text", True)


async def test_a_cat_has_no_text(reader: RapidOcrReader) -> None:
    """A picture without letters is told as such."""
    with pytest.raises(NoText):
        await reader.read(picture("cat.jpg"))


async def test_a_refusal_comes_out_of_the_process_as_it_is(reader: RapidOcrReader) -> None:
    """What prepare says of a file is what the person is told."""
    with pytest.raises(WrongKind):
        await reader.read(b"not a picture")


async def test_a_photo_that_takes_too_long_is_given_up(hurried: RapidOcrReader) -> None:
    """Its process is ended, and the next photo gets a new one."""
    with pytest.raises(TooSlow):
        await hurried.read(roll(20))
    assert (await hurried.read(picture("invoice.pdf"))).lines


@linux_only
async def test_a_photo_that_wants_too_much_memory_is_refused_alone() -> None:
    """The process that met it lives on."""
    tight = RapidOcrReader(megabytes=330)
    file = io.BytesIO()
    Image.new("RGB", (8800, 9000)).save(file, "PNG")
    with pytest.raises(Unusable):
        await tight.read(file.getvalue())
    before = [each.pid for each in reading_processes()]
    assert (await tight.read(picture("invoice.pdf"))).lines
    assert [each.pid for each in reading_processes()] == before
    await tight.close()


async def test_a_process_that_was_killed_is_replaced(reader: RapidOcrReader) -> None:
    """The photo that it was reading is read by the next."""
    asked = asyncio.create_task(reader.read(picture("till.jpg")))
    await asyncio.sleep(0)
    for process in reading_processes():
        process.kill()
    assert (await asked).lines


@linux_only
async def test_a_reader_that_cannot_start_is_unavailable() -> None:
    """With 40 MB there is no room for the models; the queue may try again later."""
    starved = RapidOcrReader(megabytes=40)
    with pytest.raises(Unavailable):
        await starved.warm()
    await starved.close()


def test_reading_leaves_nothing_at_home(tmp_path: Path) -> None:
    """No model is fetched, no cache kept, and onnxruntime's telemetry has neither an id nor a store."""
    script = textwrap.dedent(f"""
        import asyncio
        from core.adapters.rapidocr_reader import RapidOcrReader
        async def main():
            reader = RapidOcrReader()
            await reader.read(open({str(PICTURES / "crumpled.jpg")!r}, "rb").read())
            await reader.close()
        asyncio.run(main())
    """)
    kept = {name: value for name, value in os.environ.items() if name not in {"CI", "XDG_CACHE_HOME"}}
    homes = dict.fromkeys(("HOME", "TMPDIR", "USERPROFILE", "LOCALAPPDATA"), str(tmp_path))
    subprocess.run([sys.executable, "-c", script], env={**kept, **homes}, cwd=ROOT, check=True)
    assert list(tmp_path.rglob("*")) == []


async def test_a_closed_reader_leaves_no_process() -> None:
    """Its children end with it."""
    before = {each.pid for each in reading_processes()}
    opened = RapidOcrReader()
    await opened.warm()
    await opened.close()
    assert {each.pid for each in reading_processes()} <= before


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is a Unix word")
def test_reading_processes_end_when_their_parent_is_killed() -> None:
    """Even by `kill -9`, which gives it no time to close them."""
    script = textwrap.dedent("""
        import asyncio, sys
        from core.adapters.rapidocr_reader import RapidOcrReader
        async def main():
            await RapidOcrReader().warm()
            print("warm", flush=True)
            await asyncio.Event().wait()
        asyncio.run(main())
    """)
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, cwd=ROOT) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline().strip() == b"warm"
        children = psutil.Process(parent.pid).children()
        parent.kill()
        _, alive = psutil.wait_procs(children, timeout=20)
    assert (len(children) > 0, alive) == (True, [])
