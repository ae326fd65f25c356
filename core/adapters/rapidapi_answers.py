"""What an answer of an OCR service behind RapidAPI's proxy means: printed lines, a fault, or a time to wait."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from core.adapters.rapidapi_call import Reply
from core.errors import SnapSpendError, Unavailable
from core.model import Busy, KeyRefused, NoGoodAnswer, NotSubscribed, OutOfQuota

SERVICE, SETTING = "RapidAPI", "RAPIDAPI_KEY"
MOST_LINES, MOST_CHARACTERS = 2_000, 500

_HOUR, _DAY = 3600.0, 86_400.0
_EPOCH = 1_000_000_000
"""A reset above this is a moment in Unix time, not seconds from now: RapidAPI's documentation allows either."""
_NUMBER = re.compile(r"\d{1,12}(?:\.\d{1,6})?", re.ASCII)
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
"""What no paper shows: control characters, lone surrogates, and marks that turn the direction of reading."""


class Refused(NoGoodAnswer):
    """The service I asked does not take this picture."""


class NoSuchApi(Unavailable):
    """The service I asked has no such API any more."""


def fault_of(reply: Reply, now: datetime) -> SnapSpendError | None:
    """Return what is wrong by status and headers, or None for an answer that is to be read (2xx).

    Busy (429, 5xx) carries the seconds that the service asked to wait; OutOfQuota is a plan that is used up (429);
    KeyRefused and NotSubscribed are for the owner (401, 403); Refused is about this picture (400, 413, 415, 422), and
    NoSuchApi all else (3xx, 4xx): RapidAPI's proxy answers 404 for offers that are gone.
    """
    told, status = _message(reply), reply.status
    if 200 <= status < 300:
        return None
    if status in (401, 403):
        kind = NotSubscribed if "subscribed" in told else KeyRefused
        return kind(f"{SERVICE}: HTTP {status}", service=SERVICE, setting=SETTING)
    if status == 429 and ("quota" in told or _number(reply.headers, "x-ratelimit-requests-remaining") == 0):
        return OutOfQuota(f"{SERVICE}: HTTP 429, quota")
    if status == 429 or status >= 500:
        return Busy(f"{SERVICE}: HTTP {status}", _wait(reply.headers, now, limited=status == 429))
    return (Refused if status in (400, 413, 415, 422) else NoSuchApi)(f"{SERVICE}: HTTP {status}")


def quota_seconds(headers: Mapping[str, str], now: datetime) -> float:
    """Return after how many seconds a plan that is used up may be tried again.

    That is at its reset where the proxy tells it, but at the latest after a day: a larger plan may have been taken
    meanwhile. Else after an hour, since quotas of an hour, a day and a month are sold, and nothing tells which it is.
    """
    return min(_seconds(_number(headers, "x-ratelimit-requests-reset"), now) or _HOUR, _DAY)


def lines_of(reply: Reply) -> tuple[str, ...]:
    """Return the printed lines of an answer: stripped, none empty, 2,000 of 500 characters at most.

    Raises NoGoodAnswer when there is no text in it.
    """
    if reply.body is None:
        raise NoGoodAnswer(f"{SERVICE}: too large an answer")
    printed = (_UNSEEN.sub("", line.replace("\t", " ")).strip() for line in _text(reply).splitlines())
    lines = tuple(line[:MOST_CHARACTERS].rstrip() for line in printed if line)[:MOST_LINES]
    if not lines:
        raise NoGoodAnswer(f"{SERVICE}: no text in the answer")
    return lines


def _text(reply: Reply) -> str:
    """Return the text of a JSON object's `text`, or of a plain body. Raises NoGoodAnswer for a page or other JSON."""
    body = (reply.body or b"").decode("utf-8-sig", "replace").strip()
    is_json = "json" in reply.headers.get("content-type", "").lower()
    # Small services often call plain text HTML, so what it looks like counts: a proxy's error page begins with a tag.
    if re.match(r"<[!?/a-zA-Z]", body):
        raise NoGoodAnswer(f"{SERVICE}: a page instead of an answer")
    if not is_json and not body.startswith("{"):
        return body
    text = _object(body).get("text")
    return text if isinstance(text, str) else ""


def _object(body: str) -> dict[str, Any]:
    """Return the JSON object, an empty one when it is none."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _message(reply: Reply) -> str:
    """Return what the proxy says is wrong, in small letters; it is compared and never shown."""
    said = _object((reply.body or b"")[:4096].decode("utf-8", "replace"))
    return str(said.get("message") or said.get("messages") or "").lower()


def _wait(headers: Mapping[str, str], now: datetime, *, limited: bool) -> float:
    """Return the seconds that the service asks to wait, a day at most; 0 when it does not say."""
    told = headers.get("retry-after", "").strip()
    seconds = float(told) if _NUMBER.fullmatch(told) else _until(told, now)
    if not seconds and limited:
        seconds = _seconds(_number(headers, "x-ratelimit-reset"), now)
    return min(seconds, _DAY)


def _until(told: str, now: datetime) -> float:
    """Return the seconds until an HTTP-date (RFC 9110, 5.6.7), 0 when it is none or over."""
    try:
        moment = parsedate_to_datetime(told)
    except (ValueError, OverflowError):
        return 0.0
    return max(0.0, (moment.replace(tzinfo=moment.tzinfo or UTC) - now).total_seconds())


def _number(headers: Mapping[str, str], name: str) -> float | None:
    """Return a header's number, 0 for one below, None for anything else."""
    told = headers.get(name, "").strip()
    if _NUMBER.fullmatch(told):
        return float(told)
    return 0.0 if told.startswith("-") and _NUMBER.fullmatch(told[1:]) else None


def _seconds(reset: float | None, now: datetime) -> float:
    """Return the seconds until a reset, 0 when it is not told or over."""
    return max(0.0, (reset or 0.0) - (now.timestamp() if reset and reset > _EPOCH else 0.0))
