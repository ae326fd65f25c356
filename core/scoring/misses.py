"""What of a receipt was not read right, field by field, beside what is printed."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from core.scoring.judging import judge
from core.scoring.prediction import Prediction
from core.scoring.truth import Truth

_FIELDS = {
    "total": "total",
    "date": "date",
    "merchant alnum": "merchant",
    "currency": "currency",
    "subtotal": "subtotal",
    "tax": "tax",
    "tip": "tip",
}
"""The figures that say whether a field is right, and the fields."""


@dataclass(frozen=True)
class Miss:
    """One field that was not read right; `read` is None where nothing was, `truth` are all values that are right.

    `is_asked` says whether a person would be asked about the field. A photo that could not be read at all is a miss
    too, with the reason in `error`.
    """

    id: str
    field: str
    read: str | None
    truth: tuple[str, ...]
    is_asked: bool
    error: str | None = None


def misses(truth: Truth, said: Prediction) -> list[Miss]:
    """Return the fields that are wrong or missing; of line items how many agree in price and name."""
    marks = judge(truth, said)
    found = [Miss(truth.id, "photo", None, (), False, said.error)] if said.error else []
    for figure, name in _FIELDS.items():
        if figure in marks and not marks[figure].right:
            is_asked = bool({name, "bought_on" if name == "date" else name} & set(said.doubts))
            found.append(Miss(truth.id, name, _written(getattr(said, name)), _right(truth, name), is_asked))
    pairs = marks.get("items pair")
    if pairs and not pairs.truth == pairs.read == pairs.right:
        read = f"{pairs.read} ({pairs.right} right)"
        found.append(Miss(truth.id, "items", read, (str(pairs.truth),), "items" in said.doubts))
    return found


def _right(truth: Truth, name: str) -> tuple[str, ...]:
    """Return every value of a field that is right, as text."""
    several = {"total": truth.totals, "date": truth.dates, "merchant": truth.merchants}
    values: tuple[object, ...] = several.get(name) or (getattr(truth, name),)
    return tuple(dict.fromkeys(text for text in map(_written, values) if text is not None))


def _written(value: object) -> str | None:
    if isinstance(value, Decimal):
        return format(value, "f")
    return None if value is None else str(value)
