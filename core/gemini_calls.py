"""One call of Gemini: noted before it leaves and when it is back; what was refused rests, so that nobody asks again."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from time import monotonic
from zoneinfo import ZoneInfo

from core.departures import Departure, Outcome, Outing, Return
from core.errors import Misconfigured, Unavailable
from core.gemini_prices import cost
from core.model import Answer, KeyRefused, ModelClient, ModelGone, OutOfQuota, Question, Rests

SERVICE = "Gemini"
KEY_REST = timedelta(minutes=5)
# Quotas of a day begin anew at midnight there: https://ai.google.dev/gemini-api/docs/rate-limits
PACIFIC = "America/Los_Angeles"


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Watch:
    """The time of day, seconds that only go forward, and what waits."""

    now: Callable[[], datetime] = _now
    seconds: Callable[[], float] = monotonic
    sleep: Callable[[float], Awaitable[object]] = asyncio.sleep


@dataclass(frozen=True)
class Attempt:
    """One question on its way: where it is noted, and until when (of the watch's seconds) there must be an answer."""

    question: Question
    outing: Outing
    until: float


@dataclass(frozen=True)
class Calls:
    """Makes single calls through a client, and knows which models rest."""

    client: ModelClient
    rests: Rests
    watch: Watch

    async def once(self, model: str, attempt: Attempt) -> Answer:
        """Note the call, make it, and note what came of it. Raises what the client raises."""
        trip = attempt.outing.trip
        note = await trip.leaves(self._departure(model, attempt))
        came = Return(Outcome.NO_ANSWER)
        try:
            answer = await self.client.ask(attempt.question, model, max(self.left(attempt), 0.1))
            came = _came(answer, model)
            return answer
        except (KeyRefused, OutOfQuota, ModelGone) as error:
            came = Return(Outcome.REFUSED)
            await self._remember(model, error)
            raise
        finally:
            # An answer is not thrown away for want of a note: what came of it is then not known, and told like that.
            with suppress(Unavailable):
                await trip.returned(note, came)

    def _departure(self, model: str, attempt: Attempt) -> Departure:
        question, outing = attempt.question, attempt.outing
        return Departure(
            service=SERVICE,
            host=self.client.host,
            purpose=outing.purpose,
            picture_bytes=sum(map(len, question.pictures)),
            text_chars=len(question.text),
            masked=outing.masked,
            model=model,
        )

    async def _remember(self, model: str, error: Unavailable | Misconfigured) -> None:
        """Let rest what was refused: the model until its day is over, the key for a few minutes."""
        if isinstance(error, OutOfQuota):
            await self.rests.rest(SERVICE, model, next_midnight(self.watch.now()))
        elif isinstance(error, KeyRefused):
            await self.rests.rest(SERVICE, "", self.watch.now() + KEY_REST)

    async def resting(self, service: str, model: str) -> bool:
        """Tell whether a service, or one of its models, is not to be asked now."""
        until = await self.rests.until(service, model)
        return until is not None and until > self.watch.now()

    def left(self, attempt: Attempt) -> float:
        """Return how many seconds are left for an attempt."""
        return attempt.until - self.watch.seconds()


def next_midnight(now: datetime) -> datetime:
    """Return when the next day begins in California, in UTC: then quotas of a day begin anew."""
    pacific = ZoneInfo(PACIFIC)
    tomorrow = now.astimezone(pacific).date() + timedelta(days=1)
    return datetime(tomorrow.year, tomorrow.month, tomorrow.day, tzinfo=pacific).astimezone(UTC)


def _came(answer: Answer, model: str) -> Return:
    """Return what is noted of an answer; tokens that the service does not tell are not known."""
    outcome = Outcome.REFUSED if answer.blocked is not None else Outcome.ANSWERED
    price = cost(model, answer.tokens_in, answer.tokens_out)
    return Return(outcome, answer.tokens_in or None, answer.tokens_out or None, price)
