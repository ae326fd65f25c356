"""Advisor: an account's facts, and the words that a model put them into where one is asked."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar
from uuid import UUID

from core.accounts import Account
from core.advice_facts import Facts, Sources, gather
from core.advice_sentences import parts_of
from core.departures import Departures, LedgerTrip, Outing, Purpose
from core.errors import Misconfigured, Unavailable
from core.locales import locale_of
from core.model import Answer, NoGoodAnswer, Question
from core.phrasing import Phrasing, Phrasings, Told, phrased, question_of
from core.telling import Telling

SECONDS = 8.0
"""So long somebody in a chat waits for words; then they get our own."""
PATIENCE = 0.5

log = logging.getLogger(__name__)
T = TypeVar("T")


class Asks(Protocol):
    """A model that is asked one question, as core.gemini.Gemini is."""

    async def ask(self, question: Question, read: Callable[[Answer], T], outing: Outing) -> T:
        """Return what `read` makes of the answer. Raises NoGoodAnswer, Unavailable or Misconfigured."""
        ...


@dataclass(frozen=True)
class Advice:
    """The facts of a day, and the words of a model for exactly these facts, or None.

    `wants_words` tells that nobody asked a model about these facts yet.
    """

    facts: Facts
    words: str | None = None
    wants_words: bool = False


@dataclass(frozen=True)
class Phraser:
    """Puts facts into words by a model; `model` is the name that the words are kept under."""

    asks: Asks
    departures: Departures
    model: str = "Gemini"
    seconds: float = SECONDS

    async def phrase(self, account: UUID, told: Told) -> Phrasing | None:
        """Return the words for some facts, an empty text when none could be taken, or None to be asked later."""
        outing = Outing(LedgerTrip(self.departures, account), Purpose.ADVISING, self.seconds)
        try:
            # Who asks keeps to the time itself, and notes how it ended; this is for one that does not.
            async with asyncio.timeout(self.seconds + PATIENCE):
                text = await self.asks.ask(question_of(told), lambda answer: phrased(answer, told.given), outing)
        except NoGoodAnswer as error:
            log.info("advice stays in our own words: %s", error)
            return Phrasing(told.hash, "", self.model)
        except (Unavailable, Misconfigured, TimeoutError) as error:
            log.warning("advice is in our own words: %s", type(error).__name__)
            return None
        return Phrasing(told.hash, text, self.model)


@dataclass(frozen=True)
class Advisor:
    """Gives advice. Every method raises Unavailable when the ledger does not answer."""

    sources: Sources
    phrasings: Phrasings
    phraser: Phraser | None = None

    async def look(self, account: Account, today: date) -> Advice:
        """Return the advice as far as it is known here: no model is asked."""
        facts = await gather(self.sources, account, today)
        return await self._known(account, facts, told_of(facts, account.language))

    async def advise(self, account: Account, today: date) -> Advice:
        """Return the advice; a model is asked for words when it was not asked about these facts before."""
        facts = await gather(self.sources, account, today)
        told = told_of(facts, account.language)
        known = await self._known(account, facts, told)
        if self.phraser is None or not known.wants_words:
            return known
        phrasing = await self.phraser.phrase(account.id, told)
        if phrasing is None:
            return known
        await self.phrasings.put(account.id, phrasing)
        return Advice(facts, phrasing.text or None)

    async def _known(self, account: Account, facts: Facts, told: Told) -> Advice:
        if facts.is_empty:
            return Advice(facts)
        kept = await self.phrasings.of(account.id)
        if kept is None or kept.facts != told.hash:
            return Advice(facts, wants_words=True)
        return Advice(facts, kept.text or None)


def told_of(facts: Facts, language: str) -> Told:
    """Return the facts as they are put to a model: in sentences that hide the merchants' names."""
    tell = Telling(locale_of(language), facts.today, hides_names=True)
    sentences = tuple(sentence for part in parts_of(facts, tell) for sentence in part.sentences)
    return Told(sentences, tell.given, language)
