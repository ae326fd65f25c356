"""What left this machine, a line a call or a service: to whom, how much, what was masked, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping

from core.departures import Departure, Outcome, Purpose, Sent

PURPOSES = {
    Purpose.READING: "to be read",
    Purpose.EXTRACTING: "to find its figures",
    Purpose.ASKING: "to understand a question",
    Purpose.ADVISING: "to put advice into words",
}
OUTCOMES = {
    Outcome.ANSWERED: "It was answered.",
    Outcome.NO_ANSWER: "There was no answer.",
    Outcome.REFUSED: "It was refused.",
    None: "Whether it was answered is not known.",
}


def sent_line(sent: Sent) -> str:
    """Return `Gemini (host): 12 times, 3.4 MB of pictures, 900 characters of text; masked: 2 card numbers.`."""
    parts = [
        _counted(sent.calls, "time"),
        *([f"{written_bytes(sent.picture_bytes)} of pictures"] if sent.picture_bytes else []),
        *([f"{_counted(sent.text_chars, 'character')} of text"] if sent.text_chars else []),
    ]
    return f"{sent.service} ({sent.host}): {', '.join(parts)}; {_masked(sent.masked)}."


def departure_line(left: Departure) -> str:
    """Return what one call took along, and what came of it."""
    return f"{leaving_line(left)} {OUTCOMES[left.outcome]}"


def leaving_line(left: Departure) -> str:
    """Return what one call takes along: `Gemini (host), to find its figures: a picture of 118 KB; …`."""
    parts = [
        *([f"a picture of {written_bytes(left.picture_bytes)}"] if left.picture_bytes else []),
        *([f"{_counted(left.text_chars, 'character')} of text"] if left.text_chars else []),
    ]
    model = f" {left.model}" if left.model else ""
    took = " and ".join(parts) or "nothing of it"
    opening = f"{left.service}{model} ({left.host}), {PURPOSES[left.purpose]}"
    return f"{opening}: {took}; {_masked(left.masked)}."


def written_bytes(count: int) -> str:
    """Return a size as people say it, in decimal units: `820 bytes`, `118 KB`, `3.4 MB`."""
    if count < 1000:
        return _counted(count, "byte")
    return f"{count / 1000:,.0f} KB" if count < 999_500 else f"{count / 1_000_000:,.1f} MB"


def _masked(masked: Mapping[str, int]) -> str:
    found = [_counted(count, kind) for kind, count in sorted(masked.items()) if count]
    return f"masked: {', '.join(found)}" if found else "nothing was masked"


def _counted(count: int, what: str) -> str:
    plural = f"{what}es" if what.endswith("s") else f"{what}s"
    return f"{count:,} {what if count == 1 else plural}"
