"""What Gemini's API says when it does not answer, as the house knows it; the same for both of its SDKs."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, ParamSpec, TypeVar

from core.adapters.own_thread import in_own_thread
from core.errors import SnapSpendError, Unavailable
from core.model import Busy, KeyRefused, ModelGone, OutOfQuota

P = ParamSpec("P")
T = TypeVar("T")

GOOGLE = "https://generativelanguage.googleapis.com"
"""Where the API is, unless a setting says otherwise."""


def host_of(url: str | None) -> str:
    """Return the host that questions go to."""
    return (url or GOOGLE).split("://", 1)[-1].split("/", 1)[0]


async def within(seconds: float, call: Callable[P, T], /, *given: P.args, **named: P.kwargs) -> T:
    """Return what a call gives that blocks: it has a thread. Raises Unavailable when the seconds are over.

    The SDKs' own time-outs count from byte to byte: an answer that comes in drops would never end. The thread does,
    when the connection does.
    """
    try:
        async with asyncio.timeout(seconds):
            return await in_own_thread(call, *given, **named)
    except TimeoutError:
        raise Unavailable("Gemini: no answer in time") from None


def fault(code: int, details: Iterable[Mapping[str, Any]]) -> SnapSpendError:
    """Return what a status and the error's `details` mean (google.rpc.Status); never a word of its message.

    A quota of a day is told from one of a minute by its id (`…PerDay…`); RetryInfo says how long to wait.
    """
    known = [one for one in details if isinstance(one, Mapping)]
    if code in (401, 403) or (code == 400 and any(one.get("reason") == "API_KEY_INVALID" for one in known)):
        return KeyRefused(f"Gemini: HTTP {code}", service="Gemini", setting="GEMINI_API_KEY")
    if code == 404:
        return ModelGone("Gemini: HTTP 404")
    if code == 429:
        return OutOfQuota("Gemini: HTTP 429") if _is_of_a_day(known) else Busy("Gemini: HTTP 429", _delay(known))
    return Busy(f"Gemini: HTTP {code}") if code >= 500 else Unavailable(f"Gemini: HTTP {code}")


def _is_of_a_day(details: Iterable[Mapping[str, Any]]) -> bool:
    lists = [entry.get("violations") for entry in details]
    violations = [one for found in lists if isinstance(found, list) for one in found if isinstance(one, Mapping)]
    return any("PerDay" in str(one.get("quotaId") or one.get("quota_id")) for one in violations)


def _delay(details: Iterable[Mapping[str, Any]]) -> float:
    """Return the seconds of RetryInfo (`"34s"`, `"1.5s"`), 0 when there is none."""
    for entry in details:
        told = re.fullmatch(r"(\d{1,6}(?:\.\d{1,9})?)s", str(entry.get("retryDelay") or entry.get("retry_delay")))
        if told:
            return float(told[1])
    return 0.0
