"""Who read a receipt, in one plain sentence."""

from __future__ import annotations

from core.receipt import Receipt

LOCAL = "local"
READ_BY = "Read by {names}."
READ_BY_CHECKED = "Read by {names}, checked against the reading on this machine."
READ_ALONE = "{missed}, so I read it on this machine alone."


def who_read(receipt: Receipt) -> str:
    """Return who read it and who did not though they were to; nothing where this machine read it as it should."""
    others = [name for name in receipt.read_by if name != LOCAL]
    missed = _listed([reason.rstrip(".") for reason in receipt.missed])
    if not others:
        return READ_ALONE.format(missed=missed) if missed else ""
    sentence = READ_BY_CHECKED if LOCAL in receipt.read_by else READ_BY
    said = sentence.format(names=_listed(others))
    return f"{said} {missed}." if missed else said


def _listed(names: list[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)
