"""A language model as the house knows it: one question put to it, its answer, and how it can fail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from core.errors import Misconfigured, Unavailable


class ModelGone(Unavailable):
    """The model that I was to ask does not exist any more."""


class Busy(Unavailable):
    """The service I asked is busy right now."""

    def __init__(self, detail: str = "", seconds: float = 0.0) -> None:
        """Take after how many seconds it may be asked again (0: not told)."""
        self.seconds = seconds
        super().__init__(detail)


class OutOfQuota(Unavailable):
    """The service I asked has answered as often as its plan allows for now."""


class KeyRefused(Misconfigured):
    """{service} does not accept the key ({setting})."""


class NotSubscribed(KeyRefused):
    """{service} knows the key ({setting}), but it is not subscribed to this API: choose a plan on the API's page."""


class NoGoodAnswer(Unavailable):
    """The service I asked gave no answer that can be used."""


@dataclass(frozen=True)
class Question:
    """One question: the text, JPEG pictures that go with it, and the schema that the JSON answer must have.

    `schema` is the subset of OpenAPI 3.0 that `generationConfig.responseSchema` takes, its types as names in capitals
    (`{"type": "OBJECT", "properties": …}`). `most_tokens` bounds the answer together with the model's thoughts.
    """

    text: str
    schema: Mapping[str, Any]
    pictures: tuple[bytes, ...] = ()
    most_tokens: int = 8192


@dataclass(frozen=True)
class Answer:
    """What came back: the text without thoughts (None without any), how it ended, and the tokens of both ways.

    `finish` is the API's name for it (`STOP`, `MAX_TOKENS`, `SAFETY`, `RECITATION`, …, "" when there was no candidate);
    `blocked` is its name for why the question was refused, or None. `tokens_out` counts thoughts too.
    """

    text: str | None
    finish: str = "STOP"
    blocked: str | None = None
    tokens_in: int = 0
    tokens_out: int = 0


class ModelClient(Protocol):
    """Carries one question to a model and its answer back, and nothing more."""

    host: str

    async def ask(self, question: Question, model: str, seconds: float) -> Answer:
        """Ask once, at most so many seconds, without trying again.

        Raises ModelGone (404), Busy (429 a minute, with its delay; 5xx), OutOfQuota (429 a day), KeyRefused (400
        API_KEY_INVALID, 401, 403) or Unavailable (network faults, time-outs, whatever else).
        """
        ...


class Rests(Protocol):
    """Which service, or which of its models, is not to be asked until when; known to all processes."""

    async def until(self, service: str, model: str = "") -> datetime | None:
        """Return until when it is not to be asked, or None when it may be asked now. Raises Unavailable."""
        ...

    async def rest(self, service: str, model: str, until: datetime) -> None:
        """Remember that it is not to be asked until then; a later time that is known already stays."""
        ...
