"""GenerativeAiClient: questions go to Gemini by `google-generativeai`, whose REST calls block: they have a thread."""

from __future__ import annotations

import asyncio
import warnings
from collections.abc import Iterable, Mapping
from importlib import import_module
from typing import Any

import requests

from core.adapters.gemini_errors import fault, host_of
from core.errors import Unavailable
from core.model import Answer, Question


class GenerativeAiClient:
    """Implements core.model.ModelClient. The SDK keeps one key for the whole process."""

    def __init__(self, key: str, url: str | None) -> None:
        """Load the SDK and tell it the key; `url` is where the API is, when that is not Google's own."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it says at import that it is past its end of life; the README does too
            sdk: Any = import_module("google.generativeai")
            exceptions: Any = import_module("google.api_core.exceptions")
        self.host = host_of(url)
        options = {"api_endpoint": url} if url else None
        sdk.configure(api_key=key, transport="rest", client_options=options)
        self._sdk, self._errors = sdk, exceptions

    async def ask(self, question: Question, model: str, seconds: float) -> Answer:
        """Ask once; see core.model.ModelClient. Raises what that says."""
        return await asyncio.to_thread(self._ask, question, model, seconds)

    def _ask(self, question: Question, model: str, seconds: float) -> Answer:
        try:
            response = self._sdk.GenerativeModel(model).generate_content(
                [*({"mime_type": "image/jpeg", "data": one} for one in question.pictures), question.text],
                generation_config={
                    "temperature": 0,
                    "max_output_tokens": question.most_tokens,
                    "response_mime_type": "application/json",
                    "response_schema": _known(question.schema),
                },
                # Without `retry`, a 503 is asked again for ten minutes, whatever the time-out says.
                request_options={"timeout": seconds, "retry": None},
            )
            return _answer(response)
        except self._errors.GoogleAPICallError as error:
            raise fault(int(error.code or 0), _details(error)) from None
        except requests.RequestException as error:
            raise Unavailable(f"Gemini: {type(error).__name__}") from None
        except Exception as error:  # noqa: BLE001 - it fails in many ways over what is no answer of the API
            raise Unavailable(f"Gemini: {type(error).__name__}") from None


def _known(schema: Mapping[str, Any]) -> dict[str, Any]:
    """Return the schema without what this SDK has no word for: the order of an object's properties."""
    kept: dict[str, Any] = {name: value for name, value in schema.items() if name != "propertyOrdering"}
    if "properties" in kept:
        kept["properties"] = {name: _known(one) for name, one in kept["properties"].items()}
    if "items" in kept:
        kept["items"] = _known(kept["items"])
    if "maxItems" in kept:
        kept["max_items"] = kept.pop("maxItems")
    return kept


def _details(error: Any) -> list[dict[str, Any]]:
    """Return the error's details; where the SDK made messages of them, as the mappings that they were."""
    found = []
    for one in error.details or ():
        if isinstance(one, dict):
            found.append(one)
        elif hasattr(one, "reason"):
            found.append({"reason": one.reason})
        elif hasattr(one, "violations"):
            found.append({"violations": [{"quotaId": each.subject or each.description} for each in one.violations]})
        elif hasattr(one, "retry_delay"):
            found.append({"retryDelay": f"{one.retry_delay.seconds}s"})
    return found


def _answer(response: Any) -> Answer:
    used = response.usage_metadata
    tokens = used.prompt_token_count, max(used.total_token_count, used.prompt_token_count + used.candidates_token_count)
    blocked = response.prompt_feedback.block_reason
    candidate = response.candidates[0] if response.candidates else None
    return Answer(
        text=_text(part.text for part in candidate.content.parts) if candidate else None,
        finish=str(getattr(candidate.finish_reason, "name", candidate.finish_reason)) if candidate else "",
        blocked=str(getattr(blocked, "name", blocked)) if blocked else None,
        tokens_in=tokens[0],
        tokens_out=tokens[1] - tokens[0],
    )


def _text(parts: Iterable[str]) -> str | None:
    """Return the answer without thoughts: the SDK has no mark for them, but they come before the JSON."""
    told = [part for part in parts if part]
    starts = [at for at, part in enumerate(told) if part.lstrip().startswith(("{", "[", "```"))]
    return "".join(told[starts[0] :] if starts else told) or None
