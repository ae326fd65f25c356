"""Looks a model up at Gemini's API: it costs nothing, and tells whether the key and the model are good."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import Any

import requests
from urllib3.exceptions import HTTPError

from core.adapters.gemini_errors import GOOGLE, fault
from core.errors import Unavailable

SECONDS = 10.0
_MOST_BODY = 100_000


@dataclass(frozen=True)
class KnownModel:
    """A model that the key may ask, and how many tokens a question may have (None: not told)."""

    name: str
    most_tokens: int | None


async def look_up(key: str, url: str | None, model: str, seconds: float = SECONDS) -> KnownModel:
    """Return what the API knows of a model, without asking it anything.

    Raises KeyRefused, ModelGone (404), OutOfQuota (429), Busy (5xx) or another Unavailable.
    """
    try:
        async with asyncio.timeout(seconds):
            status, body = await asyncio.to_thread(_get, f"{url or GOOGLE}/v1beta/models/{model}", key, seconds)
    except TimeoutError:
        raise Unavailable("Gemini: no answer in time") from None
    if status == 404 and not isinstance(body.get("error"), dict):
        raise Unavailable("Gemini: HTTP 404, and not as its API says it")
    if status != 200:
        raise fault(status, _details(body))
    # Whatever else answers 200 there (a sign-in page, a proxy) is not Gemini.
    if not isinstance(body.get("name"), str):
        raise Unavailable("Gemini: no answer that can be used")
    tokens = body.get("inputTokenLimit")
    return KnownModel(model, tokens if isinstance(tokens, int) else None)


def _get(url: str, key: str, seconds: float) -> tuple[int, dict[str, Any]]:
    """Return the status and the JSON object that came back, an empty one when it was none."""
    try:
        with requests.get(
            url, headers={"x-goog-api-key": key}, timeout=seconds, allow_redirects=False, stream=True
        ) as response:
            told = response.raw.read(_MOST_BODY, decode_content=True)
    except (requests.RequestException, HTTPError) as error:
        raise Unavailable(f"Gemini: {type(error).__name__}") from None
    try:
        body = json.loads(told)
    except (ValueError, RecursionError):
        body = {}
    return response.status_code, body if isinstance(body, dict) else {}


def _details(body: dict[str, Any]) -> list[dict[str, Any]]:
    error = body.get("error")
    found = error.get("details") if isinstance(error, dict) else None
    return found if isinstance(found, list) else []
