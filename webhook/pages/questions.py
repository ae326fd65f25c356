"""The open doubts of a receipt as its page asks them, with the places of what two readers read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from core.answers import DOUBTS_OF_ABSENCE, choice_text, mark_of, right_text
from core.doubts import sentence
from core.framing import both_places
from core.ports import Filed
from core.receipt import Doubt, DoubtKind, Reading, Receipt
from webhook.pages.marks import Mark, mark_of_lines, sheets_of


@dataclass(frozen=True)
class Question:
    """An open doubt as the page asks it: its index, its fingerprint, and the answers with what stands for each."""

    index: int
    mark: str
    text: str
    field: str
    answers: tuple[tuple[str, str], ...]
    wants_writing: bool
    places: Mapping[str, Mark]
    """Where what an answer says stands, by the answer."""


def questions(filed: Filed, reading: Reading, locale: str) -> list[Question]:
    """Return the doubts that nobody settled yet, the gravest first."""
    receipt = filed.receipt or Receipt()
    still_open = [(at, one) for at, one in enumerate(receipt.doubts) if one.kind not in filed.settled]
    asked = [(_question(at, doubt, receipt, locale), doubt) for at, doubt in still_open]
    return [replace(one, places=_places(receipt, reading, doubt)) for one, doubt in asked]


def _question(index: int, doubt: Doubt, receipt: Receipt, locale: str) -> Question:
    if doubt.kind is DoubtKind.DUPLICATE:
        answers = [("-", "Keep both"), ("0", "Delete this one"), ("other", "Delete the other one")]
    else:
        offered = [choice_text(doubt, choice, receipt.currency, locale) for choice in doubt.choices[:4]]
        answers = [(str(place), text) for place, text in enumerate(offered)]
        right = ("-", right_text(doubt, receipt.currency, locale))
        answers = [right, *answers] if doubt.kind is DoubtKind.READERS_DIFFER else [*answers, right]
    wants_writing = not doubt.choices or doubt.kind in DOUBTS_OF_ABSENCE
    text = sentence(doubt, receipt, locale)
    return Question(index, mark_of(doubt), text, doubt.field, tuple(answers), wants_writing, {})


def _places(receipt: Receipt, reading: Reading, doubt: Doubt) -> dict[str, Mark]:
    """Return where the values of two readers who differ stand, by the answers that take them."""
    if doubt.kind is not DoubtKind.READERS_DIFFER:
        return {}
    sheets = {sheet.number: sheet for sheet in sheets_of(reading)}
    found = zip(("-", "0"), both_places(receipt, reading, doubt), strict=True)
    placed = [(answer, lines, sheets.get(lines[0].page + 1)) for answer, lines in found if lines]
    return {answer: mark_of_lines(lines, reading, sheet, 0) for answer, lines, sheet in placed if sheet}
