"""amagi-rules: the same package's rules over the rows that our OCR read, which leaves its own OCR out of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def prepare() -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Return what reads one receipt."""
    from amagi import by_rules  # type: ignore[import-not-found]  # the file beside this one, in the peer's interpreter

    rules: Callable[[dict[str, Any]], dict[str, Any]] = by_rules(lambda row: row["lines"])
    return rules
