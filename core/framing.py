"""Which of a receipt's figures are framed in its pictures, and where the values of two readers stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from core.drawings import Outline
from core.places import boxed_at, places
from core.ports import Filed
from core.receipt import Box, Doubt, Line, Reading, Receipt
from core.strips import around

FIGURES = {
    "merchant": "Merchant",
    "bought_on": "Date",
    "subtotal": "Subtotal",
    "discount": "Discount",
    "tip": "Tip",
    "total": "Total",
}
TAX = "Tax"


@dataclass(frozen=True)
class Framed:
    """What is to be framed on each page (from 0), and the figures whose place is not known, as people call them."""

    pages: Mapping[int, tuple[Outline, ...]] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()


def framed(filed: Filed, reading: Reading) -> Framed:
    """Return where a receipt's figures stand, as they were read first."""
    receipt = filed.as_read or filed.receipt or Receipt()
    known = places(receipt, reading)
    labels: dict[tuple[int, Box], list[str]] = {}
    unknown = []
    for name, label in _wanted(receipt):
        lines = known.get(name, ())
        if not lines:
            unknown.append(_called(label))
        for at, line in enumerate(lines):
            if line.box is not None:
                labels.setdefault((line.page, line.box), []).extend([label] if at == 0 else [])
    items = [known.get(f"items.{at}", ()) for at in range(len(receipt.items))]
    rows = [row for lines in items if lines for row in _row(lines) if row not in labels]
    outlines = [(page, Outline(box, ", ".join(named))) for (page, box), named in labels.items()]
    outlines = [*((page, Outline(box)) for page, box in rows), *outlines]
    pages = {page: tuple(one for on, one in outlines if on == page) for page in sorted({page for page, _ in outlines})}
    return Framed(pages, (*dict.fromkeys(unknown), *_lost(len(items), sum(not lines for lines in items))))


def both_places(receipt: Receipt, reading: Reading, doubt: Doubt) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """Return the lines in which what is shown and what another reader read stand, as far as they have places.

    Each with the lines of its first page alone.
    """
    evidence = receipt.evidence.get(doubt.field)
    if evidence is None:
        return (), ()
    found, other = (_first_page(boxed_at(reading, numbers)) for numbers in (evidence.lines, evidence.other_lines))
    return found, other


def _wanted(receipt: Receipt) -> Iterator[tuple[str, str]]:
    """Yield the figures that a receipt has, by the names of their places, with their labels."""
    for name, label in FIGURES.items():
        if getattr(receipt, name) is not None:
            yield name, label
    for at in range(len(receipt.taxes)):
        yield f"taxes.{at}", TAX


def _called(label: str) -> str:
    return f"the {label.lower()}"


def _lost(items: int, without: int) -> list[str]:
    """Return how many items have no known place."""
    if not without:
        return []
    return ["the items" if without == items > 1 else "one item" if without == 1 else f"{without} items"]


def _row(lines: Sequence[Line]) -> Iterator[tuple[int, Box]]:
    """Yield the rectangle around an item's row, without air: rows stand close."""
    shown = _first_page(lines)
    boxes = [line.box for line in shown if line.box]
    yield shown[0].page, boxes[0] if len(boxes) == 1 else around(boxes, 0)


def _first_page(lines: Sequence[Line]) -> tuple[Line, ...]:
    return tuple(line for line in lines if line.page == lines[0].page)
