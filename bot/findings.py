"""What `snapspend doctor` says of a part."""

from __future__ import annotations

from dataclasses import dataclass

WELL, OFF, ILL = "ok", "off", "FAULT"


@dataclass(frozen=True)
class Finding:
    """What was found of one part, and what to do when it is not well."""

    part: str
    state: str
    found: str
    advice: str = ""
