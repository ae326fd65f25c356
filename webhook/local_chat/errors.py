"""What the Bot API answers when a call cannot be done, in Telegram's own shape."""

from __future__ import annotations

from typing import Any


class ApiError(Exception):
    """A call that failed: the HTTP status, and Telegram's sentence for it."""

    def __init__(self, code: int, description: str, retry_after: int | None = None) -> None:
        """Keep the status, the sentence and, for 429, the seconds to wait."""
        super().__init__(description)
        self.code = code
        self.description = description
        self.retry_after = retry_after

    def body(self) -> dict[str, Any]:
        """Return the JSON answer."""
        answer: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.retry_after is not None:
            answer["parameters"] = {"retry_after": self.retry_after}
        return answer


def bad_request(reason: str) -> ApiError:
    """Return the error for a call that is wrong in itself."""
    return ApiError(400, f"Bad Request: {reason}")


class RefusedError(Exception):
    """What a person sent that cannot be taken: the HTTP status and a sentence for the page."""

    def __init__(self, status: int, sentence: str) -> None:
        """Keep the status and the sentence."""
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence
