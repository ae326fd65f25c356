"""Photos that show several receipts: what each of them is called, in the ledger and for people."""

from __future__ import annotations

from collections.abc import Sequence

from core.receipt import Line, Reading

MARK = "#"
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
PLACES = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")


def source_of(photo: str, part: int) -> str:
    """Return the source of one of a photo's receipts, counted from 0: the first has the photo's own."""
    return f"{photo}{MARK}{part}" if part else photo


def part_of(source: str) -> int:
    """Return which of its photo's receipts a source is of, counted from 0."""
    number = source.rpartition(MARK)[2]
    return int(number) if MARK in source and number.isdecimal() else 0


def how_many(reading: Reading) -> str:
    """Return in a word how many receipts the picture shows."""
    count = 1 + len(reading.beside)
    return NUMBERS[count] if count < len(NUMBERS) else "many"


def place_of(reading: Reading) -> str:
    """Return in a word which of them this is: of two, where it stands; of more, its number from the left and above."""
    if len(reading.beside) != 1:
        return PLACES[reading.part] if reading.part < len(PLACES) else "last"
    (across, down), (their_across, their_down) = _middle(reading.lines), _middle(reading.beside[0])
    if abs(across - their_across) > abs(down - their_down):
        return "left" if across < their_across else "right"
    return "upper" if down < their_down else "lower"


def _middle(lines: Sequence[Line]) -> tuple[float, float]:
    boxes = [line.box for line in lines if line.box is not None]
    across = sum(box.left + box.right for box in boxes) / 2
    down = sum(box.top + box.bottom for box in boxes) / 2
    return across / max(len(boxes), 1), down / max(len(boxes), 1)
