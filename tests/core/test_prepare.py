"""Bytes become upright, bounded pages, or one clear refusal."""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from pathlib import Path
from typing import Any

import pillow_heif
import pypdfium2
import pytest
from PIL import Image

from core.errors import (
    Broken,
    Empty,
    Locked,
    TooLarge,
    TooManyPages,
    TooManyPixels,
    Unusable,
    WrongKind,
)
from core.kinds import is_known
from core.prepare import prepare

PICTURES = Path(__file__).parents[1] / "pictures"
TILL = (PICTURES / "till.jpg").read_bytes()
INVOICE = (PICTURES / "invoice.pdf").read_bytes()


def written(picture: Image.Image, kind: str, **options: Any) -> bytes:
    """Return the picture as a file of one kind."""
    file = io.BytesIO()
    pillow_heif.register_heif_opener()
    picture.save(file, kind, **options)
    return file.getvalue()


def half_red() -> Image.Image:
    """Return a picture 40 wide and 20 high whose left half is red and whose right half is white."""
    picture = Image.new("RGB", (40, 20), "white")
    picture.paste("red", (0, 0, 20, 20))
    return picture


def pixel(photo: bytes, x: int, y: int) -> tuple[int, ...]:
    """Return one pixel of the photo's only page."""
    (page,) = prepare(photo)
    at = 3 * (y * page.width + x)
    return tuple(page.rgb[at : at + 3])


def chunk(name: bytes, data: bytes) -> bytes:
    """Return one chunk of a PNG."""
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png_of(width: int, height: int, *extra: bytes) -> bytes:
    """Return a PNG whose header names a size that its data does not have to hold."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = (chunk(b"IHDR", header), *extra, chunk(b"IDAT", zlib.compress(b"")), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def tiff_of(frames: int, *, circle: bool = False) -> bytes:
    """Return a TIFF of so many frames, all of them of the same one grey pixel at its end (TIFF 6.0, section 2)."""
    length = 2 + 12 * 8 + 4
    end = 8 + frames * length
    fields = ((256, 1), (257, 1), (258, 8), (259, 1), (262, 1), (273, end), (278, 1), (279, 1))
    entries = struct.pack("<H", 8) + b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in fields)
    nexts = [8 + (number + 1) * length for number in range(frames - 1)] + [8 if circle else 0]
    return b"II*\0\x08\0\0\0" + b"".join(entries + struct.pack("<I", place) for place in nexts) + b"\x80"


def blank_pdf(pages: int, size: tuple[float, float] = (595, 842)) -> bytes:
    """Return a PDF of so many blank pages, their size in points."""
    file, document = io.BytesIO(), pypdfium2.PdfDocument.new()
    for _ in range(pages):
        document.new_page(*size)
    document.save(file)
    return file.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF", "AVIF", "BMP", "GIF", "TIFF"])
def test_every_kind_of_picture_is_read_whatever_its_name(kind: str) -> None:
    """The first bytes alone say what it is, and the page holds three bytes a pixel."""
    (page,) = prepare(written(Image.new("RGB", (64, 48), "white"), kind))
    assert (page.width, page.height, len(page.rgb)) == (64, 48, 3 * 64 * 48)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16", "F", "LAB"])
def test_every_mode_becomes_rgb(mode: str) -> None:
    """A grey, palette, print or deep picture is a page like any other."""
    base = Image.new("L", (30, 10), 255)
    picture = Image.new("LAB", (30, 10), (255, 128, 128)) if mode == "LAB" else base.convert(mode)
    (page,) = prepare(written(picture, "TIFF"))
    assert min(page.rgb) > 250


def test_a_deep_grey_picture_keeps_its_greys() -> None:
    """With 16 bits a pixel, half the brightest value is mid-grey, not white."""
    picture = Image.frombytes("I;16", (2, 1), struct.pack("<HH", 32768, 65535))
    assert [pixel(written(picture, "PNG"), x, 0)[0] for x in (0, 1)] == [127, 255]


def test_what_is_transparent_lies_on_white() -> None:
    """Black that is wholly transparent is not seen as black."""
    assert pixel(written(Image.new("RGBA", (20, 10), (0, 0, 0, 0)), "PNG"), 5, 5) == (255, 255, 255)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_a_picture_is_turned_as_its_exif_says(kind: str) -> None:
    """Orientation 6 is a quarter turn clockwise: what lay on the left is then on top."""
    exif = Image.Exif()
    exif[0x0112] = 6
    (page,) = prepare(written(half_red(), kind, exif=exif))
    assert (page.width, page.height, page.rgb[0] > 200, page.rgb[1] < 60) == (20, 40, True, True)


def test_a_damaged_exif_block_spoils_nothing() -> None:
    """The picture is then taken as it lies."""
    (page,) = prepare(written(half_red(), "JPEG", exif=b"Exif\0\0no such thing"))
    assert (page.width, page.height) == (40, 20)


def test_a_phones_two_hundred_megapixels_shrink_as_they_are_decoded() -> None:
    """The page keeps 2000 pixels on its long side."""
    (page,) = prepare(written(Image.new("L", (16320, 12240), 200), "JPEG"))
    assert (page.width, page.height) == (2000, 1500)


def test_a_till_roll_keeps_its_width() -> None:
    """A tall picture is not shrunk until its type is gone."""
    (page,) = prepare(written(Image.new("RGB", (900, 7000)), "JPEG"))
    assert page.width == 900


def test_an_animation_gives_its_first_frame() -> None:
    """Only TIFF and PDF have pages."""
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("white", "black")]
    assert len(prepare(written(frames[0], "GIF", save_all=True, append_images=frames[1:]))) == 1


def test_a_tiff_gives_all_its_pages() -> None:
    """Scanners put a page into a frame."""
    frames = [Image.new("L", (20, 20 + more)) for more in range(3)]
    pages = prepare(written(frames[0], "TIFF", save_all=True, append_images=frames[1:]))
    assert [page.height for page in pages] == [20, 21, 22]


def test_a_pdf_with_text_gives_the_text_with_its_boxes() -> None:
    """Then no OCR is needed; columns stay apart and boxes lie in the page."""
    (page,) = prepare(INVOICE)
    lines = {line.text: line for line in page.text or ()}
    due = lines["EUR 1,856.25"].box
    assert due is not None
    assert 0 < due.left < due.right < page.width
    assert "Total due" in lines


def test_a_pdf_without_text_gives_a_picture_alone() -> None:
    """A scan is for the OCR."""
    (page,) = prepare(blank_pdf(1))
    assert (page.text, max(page.width, page.height)) == (None, 2000)


def test_a_pdf_whose_text_lies_on_its_side_is_left_to_the_ocr() -> None:
    """Its letters would come one by one; the reader turns the picture."""
    file, document = io.BytesIO(), pypdfium2.PdfDocument(INVOICE)
    document[0].set_rotation(90)
    document.save(file)
    (page,) = prepare(file.getvalue())
    assert (page.text, page.width > page.height) == (None, True)


@pytest.mark.parametrize("size", [(1e6, 1e6), (1e6, 1), (0.01, 0.01)])
def test_a_pdf_page_of_absurd_size_is_a_bounded_page(size: tuple[float, float]) -> None:
    """No page has more than eight million pixels."""
    (page,) = prepare(blank_pdf(1, size))
    assert page.width * page.height <= 8_100_000


@pytest.mark.parametrize(
    ("photo", "error"),
    [
        (b"", Empty),
        (b"\xff\xd8\xff" + bytes(25 * 1024 * 1024), TooLarge),
        (b"Dear diary, this is not a picture.", WrongKind),
        (b"\0\0\0\x18ftypisom\0\0\0\0isomiso2", WrongKind),
        (TILL[: len(TILL) // 2], Broken),
        (b"\0\0\0\x18ftypheic" + bytes(20), Broken),
        (b"RIFF\0\0\0\0WEBPnonsense", Broken),
        (b"%PDF-1.7 nonsense", Broken),
        (png_of(10, 10, chunk(b"zTXt", b"k\0\0" + zlib.compress(bytes(50_000_000)))), Broken),
        (png_of(40_000, 40_000), TooManyPixels),
        (b"GIF89a\xff\xff\xff\xff\xf7\0\0\x2c\0\0\0\0\xff\xff\xff\xff\0\x08\x01\0", Unusable),
        (blank_pdf(300), TooManyPages),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else "",
)
def test_what_cannot_be_read_is_refused_with_its_own_sentence(photo: bytes, error: type[Unusable]) -> None:
    """Each refusal is told in words that have no gap left in them."""
    with pytest.raises(error) as refusal:
        prepare(photo)
    assert "{" not in refusal.value.sentence


def test_a_tiff_of_ten_thousand_frames_is_refused_before_they_are_counted() -> None:
    """It is enough to know that there are more than ten."""
    with pytest.raises(TooManyPages):
        prepare(tiff_of(10_000))


def test_a_tiff_whose_frames_run_in_a_circle_is_refused() -> None:
    """The last frame names the first one as its next."""
    with pytest.raises(Unusable):
        prepare(tiff_of(11, circle=True))


def test_a_locked_pdf_is_told_as_locked() -> None:
    """A password is asked for elsewhere, not here."""
    with pytest.raises(Locked):
        prepare(locked_pdf())


def test_no_warning_of_a_decoder_leaks() -> None:
    """A large picture is no reason for Pillow to speak of an attack."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        prepare(written(Image.new("L", (12_000, 8_000)), "JPEG"))


def test_the_head_of_a_file_is_enough_to_know_its_kind() -> None:
    """A folder is looked through without reading every file whole."""
    assert (is_known(TILL[:1024]), is_known(INVOICE[:1024]), is_known(b"id,total\n1,2\n")) == (True, True, False)


def locked_pdf() -> bytes:
    """Return the invoice with an encryption dictionary whose user password is not the empty one."""
    encrypt = b"<< /Filter /Standard /V 1 /R 2 /Length 40 /P -4 /O <" + b"ab" * 32 + b"> /U <" + b"cd" * 32 + b"> >>"
    trailer = b"/Encrypt " + encrypt + b" /ID [<" + b"01" * 16 + b"> <" + b"01" * 16 + b">] /Root"
    return INVOICE.replace(b"/Root", trailer)
