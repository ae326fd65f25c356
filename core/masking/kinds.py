"""What is masked, and where it was found in a strip of text."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Masked(StrEnum):
    """A kind of personal number; its value is what people are told, and what stands in the text instead."""

    CARD = "card number"
    ACCOUNT = "account number"
    PHONE = "phone number"
    MAIL = "e-mail address"
    LOYALTY = "loyalty number"

    @property
    def stand_in(self) -> str:
        """Return what stands in the text where it stood."""
        return f"[{self.value}]"


@dataclass(frozen=True, order=True)
class Found:
    """A finding: from which character of a strip's text to which (not counted)."""

    start: int
    end: int
    kind: Masked
