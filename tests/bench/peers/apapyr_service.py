"""apapyr: a client of a paid service."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def prepare() -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Refuse: it is never asked, since receipts that were given for measuring may not be sent away."""
    raise SystemExit("it needs a key and sends the picture away")
