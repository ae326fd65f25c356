"""GenAiClient: questions go to Gemini by `google-genai`, in a thread."""

from __future__ import annotations

import warnings
from functools import partial
from importlib import import_module
from typing import Any

from core.adapters.gemini_errors import GOOGLE, fault, host_of, within
from core.errors import Unavailable
from core.model import Answer, Question


class GenAiClient:
    """Implements core.model.ModelClient."""

    def __init__(self, key: str, url: str | None) -> None:
        """Load the SDK and tell it the key; `url` is where the API is, when that is not Google's own."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what it inherits from is its own affair
            genai: Any = import_module("google.genai")
        self.host = host_of(url)
        # The address is always given: the environment must not lead elsewhere.
        options = genai.types.HttpOptions(
            base_url=url or GOOGLE,
            api_version="v1beta",
            # Else key and receipt go on to wherever an answer points, and that would not be noted.
            client_args={"follow_redirects": False},
        )
        self._client = genai.Client(api_key=key, vertexai=False, http_options=options)
        self._types, self._errors = genai.types, genai.errors

    async def ask(self, question: Question, model: str, seconds: float) -> Answer:
        """Ask once; see core.model.ModelClient. Raises what that says."""
        types = self._types
        pictures = [types.Part.from_bytes(data=one, mime_type="image/jpeg") for one in question.pictures]
        config = types.GenerateContentConfig(
            temperature=0,
            max_output_tokens=question.most_tokens,
            response_mime_type="application/json",
            response_schema=dict(question.schema),
            automatic_function_calling=types.AutomaticFunctionCallingConfig(disable=True),
            http_options=types.HttpOptions(timeout=max(1, round(seconds * 1000))),
        )
        try:
            # Its asynchronous client sends a question again by itself when the connection is cut: it would leave twice,
            # and be noted once.
            ask = partial(self._client.models.generate_content, model=model, config=config)
            return _answer(await within(seconds, ask, contents=[*pictures, question.text]))
        except self._errors.APIError as error:
            raise fault(int(error.code or 0), _details(error)) from None
        except Unavailable:
            raise
        except Exception as error:  # noqa: BLE001 - network faults come as those of whatever carries the bytes
            raise Unavailable(f"Gemini: {type(error).__name__}") from None


def _details(error: Any) -> list[dict[str, Any]]:
    """Return the details of an error, wherever in its body they lie."""
    body = error.details
    body = body[0] if isinstance(body, list) and body else body
    body = body.get("error", body) if isinstance(body, dict) else {}
    found = body.get("details") if isinstance(body, dict) else None
    return found if isinstance(found, list) else []


def _answer(response: Any) -> Answer:
    used, feedback = response.usage_metadata, response.prompt_feedback
    asked = (used.prompt_token_count or 0) if used else 0
    whole = (used.total_token_count or 0) if used else 0
    told = ((used.candidates_token_count or 0) + (used.thoughts_token_count or 0)) if used else 0
    candidate = response.candidates[0] if response.candidates else None
    parts = (candidate.content.parts or []) if candidate and candidate.content else []
    blocked = feedback.block_reason if feedback else None
    return Answer(
        text="".join(part.text for part in parts if part.text and not part.thought) or None,
        finish=_name(candidate.finish_reason) if candidate else "",
        blocked=_name(blocked) if blocked else None,
        tokens_in=asked,
        tokens_out=max(whole - asked, told),
    )


def _name(value: Any) -> str:
    return str(getattr(value, "name", value) or "")
