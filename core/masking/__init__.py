"""Masking: personal numbers are taken out of a reading or a question before anything goes to a cloud."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher

from core.masking.covers import cover
from core.masking.finding import find
from core.masking.kinds import Found, Masked
from core.masking.strips import Strip, strip_of_text, strips_of
from core.receipt import Box, Line, Reading

__all__ = ["Masked", "Masking", "mask", "mask_text"]

Span = tuple[int, int, Masked]
_SAME = 0.8
"""From this share of signs in common on, two readers saw one number."""


@dataclass(frozen=True)
class Masking:
    """A reading without personal numbers: `[card number]` and the like stand in its lines instead.

    It has the same lines in the same order, so that indices hold. `covered` are the places to paint over: page (from
    0) and box. `counts` tells how many of each kind were found. `unplaced` are the pages with findings in lines that
    have no box: where on those they stand is not known, so no picture of them is without them.
    """

    reading: Reading
    covered: tuple[tuple[int, Box], ...] = ()
    counts: dict[str, int] = field(default_factory=dict)
    unplaced: frozenset[int] = frozenset()


def mask(reading: Reading) -> Masking:
    """Return the reading with card, account, phone and loyalty numbers and e-mail addresses masked.

    Numbers that are masked on paper already (`**** 1234`) stay as they are: no more than ten digits are legible.
    Amounts, dates, times, tax numbers, barcodes and receipt numbers are never taken.
    """
    if reading.overlap:
        return _with_overlap(reading)
    strips = strips_of(reading)
    seconds = [strip_of_text(text, line) for line, text in enumerate(reading.second)]
    found = find([*strips, *seconds])
    spans = _spans(strips, found)
    lines = tuple(_without(line, spans.get(at, ())) for at, line in enumerate(reading.lines))
    covered = [
        (line.page, cover(line, start, end))
        for at, line in enumerate(reading.lines)
        for start, end, _ in spans.get(at, ())
    ]
    second_spans = _spans(seconds, found[len(strips) :])
    second = tuple(_masked(text, second_spans.get(at, ())) for at, text in enumerate(reading.second))
    return Masking(
        reading=reading.model_copy(update={"lines": lines, "second": second}),
        covered=tuple((page, box) for page, box in covered if box is not None),
        counts=dict(_counts(found[: len(strips)]) | _counts(found[len(strips) :])),
        unplaced=frozenset(page for page, box in covered if box is None) | _unseen(reading, strips, seconds, found),
    )


def _with_overlap(reading: Reading) -> Masking:
    """Mask also the lines that do not count: they stand in the pictures."""
    count = len(reading.lines)
    masking = mask(reading.model_copy(update={"lines": (*reading.lines, *reading.overlap), "overlap": ()}))
    lines = masking.reading.lines
    return replace(
        masking, reading=masking.reading.model_copy(update={"lines": lines[:count], "overlap": lines[count:]})
    )


def _unseen(
    reading: Reading, strips: Sequence[Strip], seconds: Sequence[Strip], found: Sequence[Sequence[Found]]
) -> frozenset[int]:
    """Return all pages when the second reader saw what the first did not: nobody knows in which picture it stands."""
    own = [_signs(strip, each) for strip, findings in zip(strips, found, strict=False) for each in findings]
    theirs = zip(seconds, found[len(strips) :], strict=True)
    for strip, findings in theirs:
        for each in findings:
            wanted = _signs(strip, each)
            if not any(SequenceMatcher(None, wanted, one, autojunk=False).ratio() >= _SAME for one in own):
                return frozenset(range(len(reading.pages)))
    return frozenset()


def _signs(strip: Strip, found: Found) -> str:
    return "".join(sign for sign in strip.text[found.start : found.end].casefold() if sign.isalnum())


def mask_text(text: str) -> tuple[str, dict[str, int]]:
    """Return a free text (a question) masked likewise, and how many of each kind were found."""
    lines = text.split("\n")
    strips = [strip_of_text(line, at) for at, line in enumerate(lines)]
    found = find(strips)
    spans = _spans(strips, found)
    return "\n".join(_masked(line, spans.get(at, ())) for at, line in enumerate(lines)), dict(_counts(found))


def _spans(strips: Sequence[Strip], found: Sequence[Sequence[Found]]) -> dict[int, list[Span]]:
    """Return by line the printed spans of the findings; a finding over two lines is a span in each."""
    spans: dict[int, list[Span]] = defaultdict(list)
    for strip, findings in zip(strips, found, strict=False):
        for each in findings:
            for line, start, end in strip.parts(each.start, each.end):
                spans[line].append((start, end, each.kind))
    return spans


def _counts(found: Sequence[Sequence[Found]]) -> Counter[str]:
    """Count the findings by kind. Two readers' counts join as the larger of each, for both saw the same paper."""
    return Counter(each.kind.value for findings in found for each in findings)


def _without(line: Line, spans: Sequence[Span]) -> Line:
    return line.model_copy(update={"text": _masked(line.text, spans)}) if spans else line


def _masked(text: str, spans: Sequence[Span]) -> str:
    for start, end, kind in sorted(spans, reverse=True):
        text = text[:start] + kind.stand_in + text[end:]
    return text
