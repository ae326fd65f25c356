"""GenerativeAiClient: questions go to Gemini by `google-generativeai`, whose REST calls block: they have a thread."""

from __future__ import annotations

import json
import warnings
from collections.abc import Mapping
from importlib import import_module
from typing import Any

import requests

from core.adapters.gemini_errors import GOOGLE, fault, host_of, within
from core.errors import Unavailable
from core.model import Answer, Question


class GenerativeAiClient:
    """Implements core.model.ModelClient. Each has a key of its own: the SDK would keep one for the whole process."""

    def __init__(self, key: str, url: str | None) -> None:
        """Load the SDK and tell it the key; `url` is where the API is, when that is not Google's own."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it says at import that it is past its end of life; the README does too
            sdk: Any = import_module("google.generativeai")
            exceptions: Any = import_module("google.api_core.exceptions")
        self.host = host_of(url)
        self._sdk, self._errors, self._service = sdk, exceptions, _service(key, url or GOOGLE)

    async def ask(self, question: Question, model: str, seconds: float) -> Answer:
        """Ask once; see core.model.ModelClient. Raises what that says."""
        return await within(seconds, self._ask, question, model, seconds)

    def _ask(self, question: Question, model: str, seconds: float) -> Answer:
        try:
            asked = self._sdk.GenerativeModel(model)
            asked._client = self._service
            response = asked.generate_content(
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


def _service(key: str, url: str) -> Any:
    """Return what carries questions to one address, each of them once.

    By itself it sends a question three times where the key is refused (401), and sends key and receipt on to wherever
    an answer points; neither would be noted.
    """
    api: Any = import_module("google.ai.generativelanguage").GenerativeServiceClient
    credentials = import_module("google.auth.api_key").Credentials(key)
    transport = api.get_transport_class("rest")(host=url, credentials=credentials)
    # The transport knows its methods by this session: another one cannot take its place.
    session = transport._session
    session._refresh_status_codes = ()
    session.max_redirects = 0
    session.hooks["response"].append(_without_thoughts)
    return api(transport=transport)


def _without_thoughts(response: Any, *_: Any, **__: Any) -> None:
    """Cut the thoughts from an answer: the SDK does not know their mark, and would mix them with the text."""
    try:
        body = response.json()
        for candidate in body["candidates"]:
            parts = candidate["content"]["parts"]
            candidate["content"]["parts"] = [part for part in parts if part.get("thought") is not True]
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return
    response._content = json.dumps(body).encode()


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
        text="".join(part.text for part in candidate.content.parts) or None if candidate else None,
        finish=str(getattr(candidate.finish_reason, "name", candidate.finish_reason)) if candidate else "",
        blocked=str(getattr(blocked, "name", blocked)) if blocked else None,
        tokens_in=tokens[0],
        tokens_out=tokens[1] - tokens[0],
    )
