"""Asker: understands a person's words by the grammar, else by a model where there is one, and answers them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

from core.accounts import Account
from core.asked_query import Query
from core.asking.answering import Answering
from core.asking.grammar import understood
from core.asking.question import LONGEST, question_of, read_query
from core.asking.told import Told
from core.departures import Departures, LedgerTrip, Outing, Purpose
from core.errors import Misconfigured, Unavailable
from core.masking import mask_text
from core.model import Answer, Question

T = TypeVar("T")
MARKS = ("?", "？", "؟", "¿")
"""What a question ends in, in one script or another."""
SECONDS = 8.0
Mask = Callable[[str], tuple[str, Mapping[str, int]]]
"""Returns a text in which numbers and addresses of a person are masked, and how many of which kind."""


class Asks(Protocol):
    """A model that is asked one question, as core.gemini.Gemini is."""

    async def ask(self, question: Question, read: Callable[[Answer], T], outing: Outing) -> T:
        """Return what `read` makes of the answer. Raises Unavailable or Misconfigured."""
        ...


@dataclass(frozen=True)
class Interpreter:
    """Lets a model say which query a person's words mean; only these words go out, masked."""

    model: Asks
    departures: Departures
    mask: Mask
    seconds: float = SECONDS

    async def query(self, account: Account, text: str, today: date) -> Query | None:
        """Return the query, or None when it is none. Raises Unavailable or Misconfigured."""
        # A category that is named like what is masked stays here too.
        offered = [category for category in account.offered if not self.mask(category)[1]]
        words, masked = self.mask(text)
        outing = Outing(LedgerTrip(self.departures, account.id), Purpose.ASKING, self.seconds, masked)
        return await self.model.ask(
            question_of(words, today, offered), lambda answer: read_query(answer, offered), outing
        )


@dataclass(frozen=True)
class Asker:
    """Answers questions in plain words; without an interpreter by the grammar alone."""

    answering: Answering
    interpreter: Interpreter | None = None

    async def ask(self, account: Account, text: str, today: date, explicit: bool = False) -> Told | None:
        """Return the answer, or None when the words are no question that can be answered.

        `explicit` says that they are one, whatever they look like. Raises Unavailable when the ledger does not answer;
        a model that does not is done without.
        """
        words = f"{text.rstrip(' ?')}?" if explicit else text
        query = understood(words, today, account.offered, account.language)
        if query is None and (explicit or any(mark in text for mark in MARKS)):
            query = await self._interpreted(account, text, today)
        return await self.answering.answer(account, query, today) if query else None

    async def _interpreted(self, account: Account, text: str, today: date) -> Query | None:
        """Ask the model, where there is one, what the words mean; never a whole page of them."""
        if self.interpreter is None or len(text) > LONGEST:
            return None
        try:
            return await self.interpreter.query(account, text, today)
        except (Unavailable, Misconfigured):
            return None


def unmasked(text: str) -> tuple[str, Mapping[str, int]]:
    """Return a text as it is: for those who do not want to mask."""
    return text, {}


def asker_of(answering: Answering, model: Asks | None, departures: Departures, masks: bool) -> Asker:
    """Return an asker; `model` is None where there is none, `masks` says whether words are masked before they go."""
    return Asker(answering, Interpreter(model, departures, mask_text if masks else unmasked) if model else None)
