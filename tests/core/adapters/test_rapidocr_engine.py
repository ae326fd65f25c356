"""The engine reads the same lines on any processor, and tiny print in a large photo."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from core.adapters.processor import multiplies_whole_numbers
from core.adapters.rapidocr_engine import Engine
from core.prepare import prepare

TILL = Path(__file__).parents[2] / "pictures" / "till.jpg"


def read(engine: Engine) -> list[str]:
    """Return the lines of a drawn till receipt."""
    (page,) = prepare(TILL.read_bytes())
    lines, _, _ = engine.lines(page, 0)
    return [line.text for line in lines]


@pytest.mark.skipif(not multiplies_whole_numbers(), reason="the model in whole numbers is for other processors")
def test_in_whole_numbers_first_or_in_full_at_once_the_lines_are_the_same() -> None:
    """Whole numbers save time, not letters: what they leave unsure is read again."""
    first, full = read(Engine(1, whole_numbers=True)), read(Engine(1, whole_numbers=False))
    assert first == full
    assert len(full) > 10


def tiny_print(rows: int) -> bytes:
    """Return a large, slightly blurred photo of a long list whose lines are 21 pixels apart."""
    paper = Image.new("RGB", (1040, 1536), "white")
    draw, font = ImageDraw.Draw(paper), ImageFont.load_default(12)
    for at in range(rows):
        draw.text((330, 30 + 14 * at), f"Article number {at + 10}", fill="black", font=font)
        draw.text((600, 30 + 14 * at), f"{at + 3}.{at + 17}", fill="black", font=font)
    photo = paper.resize((1560, 2304), Image.Resampling.LANCZOS).filter(ImageFilter.GaussianBlur(1))
    kept = io.BytesIO()
    photo.save(kept, "PNG")
    return kept.getvalue()


def test_tiny_print_is_looked_for_again_more_closely() -> None:
    """In the small copy most of its lines run together; in strips of the page each is found."""
    rows = 105
    (page,) = prepare(tiny_print(rows))
    lines, _, _ = Engine(1).lines(page, 0)
    text = " ".join(line.text for line in lines)
    assert sum(f"Article number {at + 10}" in text for at in range(rows)) >= 0.97 * rows
    assert sum(f"{at + 3}.{at + 17}" in text for at in range(rows)) >= 0.97 * rows
