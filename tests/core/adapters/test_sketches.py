"""Drawings show what they are told to, hide what they are told to, and are made by processes that may fail alone."""

from __future__ import annotations

import asyncio
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from core.adapters.rapidocr_reader import RapidOcrReader
from core.adapters.sketches import AT_ONCE, MOST_WAITING, ProcessSketches
from core.disguise import disguised
from core.drawings import Drawing, Outline
from core.errors import TooSlow, Unavailable, Unusable
from core.masking import mask
from core.receipt import Box

PICTURES = Path(__file__).parents[2] / "pictures"
PERSONAL = (
    "CORNER PANTRY", "Tel: 0117 496 0123", "info@corner-pantry.co.uk", "Date: 12/03/2026", "Wholemeal bread     1.85",
    "TOTAL     GBP 24.70", "VISA 4111 1111 1111 1111     24.70", "Member no. 98765432",
    "IBAN DE89 3704 0044 0532 0130 00",
)  # fmt: skip


def _jpeg(picture: Image.Image, **more: object) -> bytes:
    written = BytesIO()
    picture.save(written, "JPEG", quality=92, **more)
    return written.getvalue()


def _plain(width: int = 400, height: int = 600) -> bytes:
    return _jpeg(Image.new("RGB", (width, height), "white"))


def _opened(drawn: bytes) -> Image.Image:
    picture = Image.open(BytesIO(drawn))
    assert picture.format == "JPEG"
    return picture


def _receipt(tilt: float) -> bytes:
    picture = Image.new("RGB", (900, 1000), "white")
    pen, font = ImageDraw.Draw(picture), ImageFont.load_default(size=36)
    for row, text in enumerate(PERSONAL):
        pen.text((60, 60 + 95 * row), text, fill="black", font=font)
    return _jpeg(picture.rotate(tilt, expand=True, fillcolor="grey", resample=Image.Resampling.BICUBIC))


@pytest.mark.parametrize("tilt", [0, -6, 93])
async def test_what_was_painted_over_cannot_be_read_again(tilt: float) -> None:
    """However the paper lay: the OCR that found the numbers finds none in the drawing, and the total in both."""
    reader, sketches = RapidOcrReader(), ProcessSketches()
    photo = _receipt(tilt)
    try:
        reading = await reader.read(photo)
        masking = mask(reading)
        (drawing,) = disguised(masking, reading)
        again = await reader.read(await sketches.draw(photo, drawing))
    finally:
        await reader.close()
    assert sum(masking.counts.values()) == 5
    assert mask(again).counts == {}
    assert not any(part in again.text for part in ("4111", "1111", "0117", "4960", "9876", "3704", "0532", "pantry.co"))
    assert all(part in again.text for part in ("CORNER PANTRY", "12/03/2026", "1.85", "TOTAL", "GBP 24.70"))


async def test_a_cover_is_of_one_colour_and_larger_than_its_box() -> None:
    """Whatever stood there, and close around it, is gone."""
    picture = Image.effect_noise((400, 600), 120).convert("RGB")
    drawn = await ProcessSketches().draw(
        _jpeg(picture), Drawing(covered=(Box(left=100, top=200, right=300, bottom=240),))
    )
    inside = _opened(drawn).convert("L").crop((100, 200, 300, 240)).getextrema()
    assert inside[0] >= 16
    assert inside[1] <= 40


async def test_boxes_are_in_the_frame_that_was_read() -> None:
    """A frame twice as large as the page is scaled to it; the page is turned first."""
    drawn = await ProcessSketches().draw(
        _plain(600, 400), Drawing(turn=90, frame=(800, 1200), covered=(Box(left=0, top=1100, right=800, bottom=1200),))
    )
    picture = _opened(drawn).convert("L")
    assert picture.size == (400, 600)
    assert picture.getpixel((200, 580)) < 60  # type: ignore[operator]
    assert picture.getpixel((200, 500)) > 200  # type: ignore[operator]


async def test_nothing_of_the_photo_is_left_but_its_pixels() -> None:
    """No EXIF (where and when it was taken), and no longer side than was asked for."""
    exif = Image.Exif()
    exif[0x010F] = "A maker"
    drawn = _opened(
        await ProcessSketches().draw(_jpeg(Image.new("RGB", (1000, 2000)), exif=exif), Drawing(longest=700))
    )
    assert drawn.size == (350, 700)
    assert not drawn.getexif()
    assert "exif" not in drawn.info


async def test_a_frame_leaves_its_figure_and_every_other_legible() -> None:
    """The frame runs around the figure, its label stands beside it, and on no framed figure."""
    boxes = (Box(left=40, top=200, right=360, bottom=240), Box(left=40, top=250, right=360, bottom=290))
    drawing = Drawing(outlined=tuple(Outline(box, "Total") for box in boxes))
    picture = _opened(await ProcessSketches().draw(_plain(), drawing))
    for box in boxes:
        inner = picture.crop((round(box.left) + 6, round(box.top) + 6, round(box.right) - 6, round(box.bottom) - 6))
        assert inner.convert("L").getextrema()[0] > 215
    red, green, _ = picture.split()
    assert any(r > 180 and g < 90 for r, g in zip(red.tobytes(), green.tobytes(), strict=True))


async def test_a_crop_has_air_and_a_small_one_is_enlarged() -> None:
    """At most two and a half times, and never beyond the longest side."""
    box = Box(left=100, top=300, right=200, bottom=320)
    sketches = ProcessSketches()
    small = _opened(await sketches.draw(_plain(), Drawing(crop=box)))
    bounded = _opened(await sketches.draw(_plain(), Drawing(crop=box, longest=60)))
    assert small.width > 250
    assert small.width / small.height < 100 / 20
    assert max(bounded.size) == 60


async def test_a_crop_outside_the_page_is_something_still() -> None:
    """What is asked for by a wrong box is drawn as far as there is a page."""
    sketches = ProcessSketches()
    for box in (Box(left=9e9, top=9e9, right=9e12, bottom=9e12), Box(left=50, top=50, right=10, bottom=10)):
        assert _opened(await sketches.draw(_plain(), Drawing(crop=box))).width > 0


@pytest.mark.parametrize("letters", ["beside", "below"])
async def test_two_crops_stand_together(letters: str) -> None:
    """Tall ones beside each other, wide ones below, each whole."""
    size = (200, 300) if letters == "beside" else (600, 100)
    picture = _opened(await ProcessSketches().side_by_side(_plain(*size), _plain(*size)))
    long, short = (picture.width, size[0]) if letters == "beside" else (picture.height, size[1])
    assert long > 2 * short


async def test_a_page_of_a_pdf_is_drawn() -> None:
    """A PDF is a photo too."""
    drawn = await ProcessSketches().draw((PICTURES / "invoice.pdf").read_bytes(), Drawing(longest=500))
    assert max(_opened(drawn).size) == 500


@pytest.mark.parametrize("photo", [b"", b"\n", b"%PDF-1.4 nothing", b"\xff\xd8\xff cut off", b"hello"])
async def test_what_is_no_picture_is_unusable(photo: bytes) -> None:
    """Whatever the bytes are."""
    with pytest.raises(Unusable):
        await ProcessSketches().draw(photo, Drawing())


async def test_a_page_that_is_not_there_is_unusable() -> None:
    """A photo has one page."""
    with pytest.raises(Unusable):
        await ProcessSketches().draw(_plain(), Drawing(page=2))


async def test_what_takes_too_long_is_given_up() -> None:
    """TooSlow, which is Unusable."""
    with pytest.raises(TooSlow):
        await ProcessSketches(seconds=0.01).draw(_plain(), Drawing())


async def test_too_many_at_once_are_told_to_come_again() -> None:
    """The line is bounded."""
    sketches = ProcessSketches()
    asked = [asyncio.create_task(sketches.draw(_plain(), Drawing())) for _ in range(AT_ONCE + MOST_WAITING)]
    await asyncio.sleep(0)
    with pytest.raises(Unavailable):
        await sketches.draw(_plain(), Drawing())
    for task in asked:
        task.cancel()
    await asyncio.gather(*asked, return_exceptions=True)


async def test_a_process_that_waits_draws_the_next_and_ends_with_close() -> None:
    """Each draws one picture alone; one that died while it waited is no harm."""
    sketches = ProcessSketches(spare=True)
    await sketches.warm()
    for _ in range(2):
        assert _opened(await sketches.draw(_plain(), Drawing())).size == (400, 600)
    (waiting,) = sketches._spare
    await sketches.close()
    assert waiting.returncode is not None
    assert _opened(await sketches.draw(_plain(), Drawing())).size == (400, 600)
