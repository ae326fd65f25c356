"""The engine reads the same lines whether or not the processor is quick with whole numbers."""

from __future__ import annotations

from pathlib import Path

import pytest

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
