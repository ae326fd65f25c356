"""From a model's answer to one JSON object, whatever surrounds it, and to a fault in words when there is none."""

from __future__ import annotations

import json
import re
from typing import Any

from core.faulty import FaultyAnswer
from core.model import Answer

LONGEST = 200_000
"""Characters: far more than a receipt of five hundred lines takes."""
_START = re.compile(r'\{\s*["}]|\[\s*[\[{\]]')
"""Where an object or a list of them begins; a brace in a sentence does not look like this."""
_BLOCKED = frozenset({"SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII", "IMAGE_SAFETY", "LANGUAGE"})
_WHOLE = frozenset({"STOP", "FINISH_REASON_UNSPECIFIED", ""})


class Unquoted(str):
    """A number as it stood in JSON without quotes: it is never evaluated before its length is known."""

    __slots__ = ()


def read_object(answer: Answer) -> dict[str, Any]:
    """Return the one object in an answer; its numbers are Unquoted. Raises FaultyAnswer.

    Fences and words around it are passed over, and a list of one object is that object.
    """
    text = _whole_text(answer)
    start = _START.search(text)
    if start is None:
        raise FaultyAnswer("there is no JSON object in it")
    value, end = _decoded(text, start.start())
    if _START.search(text, end):
        raise FaultyAnswer("there is more than one JSON object in it")
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if not isinstance(value, dict):
        raise FaultyAnswer("it is a list where one object is wanted")
    return value


def _whole_text(answer: Answer) -> str:
    """Return the text of an answer that came to its end. Raises FaultyAnswer."""
    if answer.blocked is not None:
        raise FaultyAnswer("the question was blocked", again=False)
    if answer.finish in _BLOCKED:
        raise FaultyAnswer(f"the answer was blocked ({answer.finish})", again=False)
    if answer.finish == "MAX_TOKENS":
        raise FaultyAnswer("it was cut off before its end; write it without any spaces or line breaks", cut=True)
    if answer.finish not in _WHOLE:
        raise FaultyAnswer("it broke off before its end")
    text = answer.text or ""
    if not text.strip():
        raise FaultyAnswer("it was empty")
    if len(text) > LONGEST:
        raise FaultyAnswer("it was far too long")
    return text


def _decoded(text: str, start: int) -> tuple[Any, int]:
    """Return the JSON value that begins at `start`, and where it ends. Raises FaultyAnswer."""
    try:
        return _DECODER.raw_decode(text, start)
    except RecursionError:
        raise FaultyAnswer("it is nested too deeply") from None
    except json.JSONDecodeError:
        raise FaultyAnswer("it is not valid JSON") from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object in which no name stands twice: nobody could tell which one counts."""
    made = dict(pairs)
    if len(made) != len(pairs):
        raise FaultyAnswer("a property stands in it twice")
    return made


# Line breaks inside a string are not valid JSON, but leave no doubt about what is meant.
_DECODER = json.JSONDecoder(
    object_pairs_hook=_once, parse_float=Unquoted, parse_int=Unquoted, parse_constant=Unquoted, strict=False
)
