"""Text that PostgreSQL can store: without NUL and lone surrogates, which JSON may hold."""

from __future__ import annotations

from typing import Any


def storable(value: Any) -> Any:
    """Return the JSON value without what cannot be stored; all else of it stays."""
    if isinstance(value, str):
        return value.replace("\x00", "").encode("utf-8", "replace").decode()
    if isinstance(value, list):
        return [storable(entry) for entry in value]
    if isinstance(value, dict):
        return {storable(key): storable(entry) for key, entry in value.items()}
    return value
