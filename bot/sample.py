"""The sample receipt that anyone can try."""

from __future__ import annotations

from importlib import resources


def sample_photo() -> bytes:
    """Return the drawn receipt as JPEG bytes."""
    return (resources.files("bot") / "samples" / "receipt.jpg").read_bytes()
