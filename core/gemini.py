"""Gemini: which model is asked, what is noted of it, how long to wait, when to ask again, and when to give up."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import TypeVar

from core.departures import Outing
from core.errors import Unavailable
from core.faulty import FaultyAnswer
from core.gemini_calls import SERVICE, Attempt, Calls, Watch
from core.model import Answer, Busy, ModelClient, ModelGone, NoGoodAnswer, OutOfQuota, Question, Rests

T = TypeVar("T")

GONE = "Gemini, models that are gone"
"""Under this name rests know models that do not exist: they are passed over, unlike those that are out of quota."""
GONE_FOR = timedelta(days=1)
LONGEST_REST = timedelta(hours=1)
MOST_WAITS = 2
PAUSE = 1.0
"""Seconds before a service that is busy, and does not say for how long, is asked again; twice as many the next time."""
LEAST_LEFT = 1.0
"""Seconds that an answer takes at the least: with fewer left it is not asked for."""
MOST_TOKENS = 65_536


class Gemini:
    """Asks the first of its models that exists, notes each call before it leaves, and keeps to the seconds it has."""

    def __init__(self, client: ModelClient, models: Sequence[str], rests: Rests, watch: Watch | None = None) -> None:
        """Take what carries questions, the models' names (best first), and what is known to rest."""
        self._models = tuple(dict.fromkeys(models))
        self._calls = Calls(client, rests, watch or Watch())

    async def ask(self, question: Question, read: Callable[[Answer], T], outing: Outing) -> T:
        """Return what `read` makes of the answer; when that raises FaultyAnswer it is asked once more, with the fault.

        Raises NoGoodAnswer, OutOfQuota, Busy, ModelGone or Unavailable, and KeyRefused.
        """
        attempt = Attempt(question, outing, self._calls.watch.seconds() + outing.seconds)
        try:
            async with asyncio.timeout(outing.seconds):
                return await self._read(attempt, read)
        except TimeoutError:
            raise Unavailable("gemini: no answer in time") from None

    async def _read(self, attempt: Attempt, read: Callable[[Answer], T]) -> T:
        """Ask, and once more when the answer has a fault. Raises NoGoodAnswer when it still has one."""
        try:
            return read(await self._answer(attempt))
        except FaultyAnswer as error:
            if not error.again:
                raise NoGoodAnswer(f"gemini: {error.fault}") from None
            attempt = replace(attempt, question=_again(attempt.question, error))
        try:
            return read(await self._answer(attempt))
        except FaultyAnswer as error:
            raise NoGoodAnswer(f"gemini, asked twice: {error.fault}") from None

    async def _answer(self, attempt: Attempt) -> Answer:
        """Ask the first model that exists."""
        if await self._calls.resting(SERVICE, ""):
            raise Unavailable("gemini: rests, after it was away or refused the key")
        for model in self._models:
            if not await self._calls.resting(GONE, model):
                with suppress(ModelGone):
                    return await self._patiently(model, attempt)
                await self._calls.rests.rest(GONE, model, self._calls.watch.now() + GONE_FOR)
        names = ", ".join(self._models)
        raise ModelGone(f"gemini: none of these models exists any more: {names}; set GEMINI_MODEL to one that does")

    async def _patiently(self, model: str, attempt: Attempt) -> Answer:
        """Ask one model; wait for it where it is busy and there is time. What does not fit rests."""
        if await self._calls.resting(SERVICE, model):
            raise OutOfQuota(f"gemini: {model} rests until its quota begins anew")
        for tried in range(MOST_WAITS + 1):
            try:
                return await self._calls.once(model, attempt)
            except Busy as busy:
                wait = busy.seconds or PAUSE * 2**tried
                if tried == MOST_WAITS or wait + LEAST_LEFT > self._calls.left(attempt):
                    await self._rest_for(model, busy.seconds)
                    raise
                await self._calls.watch.sleep(wait)
        raise AssertionError("the last try returns or raises")

    async def _rest_for(self, model: str, seconds: float) -> None:
        if seconds > 0:
            rest = timedelta(seconds=min(seconds, LONGEST_REST.total_seconds()))
            await self._calls.rests.rest(SERVICE, model, self._calls.watch.now() + rest)


def _again(question: Question, error: FaultyAnswer) -> Question:
    """Return the question with the fault at its end, and with more room when the answer was cut."""
    text = f"{question.text}\nYour last answer could not be used: {error.fault}. Answer with one JSON object alone.\n"
    most = min(2 * question.most_tokens, MOST_TOKENS) if error.cut else question.most_tokens
    return replace(question, text=text, most_tokens=most)
