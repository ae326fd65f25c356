"""Gemini's rules: which model, what is noted, how long to wait, when to ask again, and when to give up."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from core.departures import Outcome
from core.errors import Unavailable
from core.faulty import FaultyAnswer
from core.gemini import GONE, Gemini
from core.gemini_calls import Watch, next_midnight
from core.gemini_extractor import GeminiExtractor
from core.gemini_prices import cost
from core.model import Answer, Busy, KeyRefused, ModelGone, NoGoodAnswer, OutOfQuota, Question
from core.ports import Hints
from tests.core.outings import NOON, Hands, MemoryRests, MemoryTrip, outing

LITE, NEXT = "gemini-3.5-flash-lite", "gemini-next"
QUESTION = Question("How much?", {"type": "OBJECT"}, (b"12345",), most_tokens=100)
GOOD = Answer("good", tokens_in=1000, tokens_out=200)


@dataclass
class ScriptedClient:
    """Answers by a list (an answer, or an error to raise), the last entry for ever; remembers what it was asked."""

    script: Sequence[Answer | Exception]
    asked: list[tuple[Question, str, float]] = field(default_factory=list)
    host: str = "models.example"

    async def ask(self, question: Question, model: str, seconds: float) -> Answer:
        """Give the next entry."""
        self.asked.append((question, model, seconds))
        entry = self.script[min(len(self.asked), len(self.script)) - 1]
        if isinstance(entry, Exception):
            raise entry
        return entry


@dataclass
class Scene:
    """Gemini with two models over a scripted client, its notes, rests and clock."""

    client: ScriptedClient
    trip: MemoryTrip = field(default_factory=MemoryTrip)
    rests: MemoryRests = field(default_factory=MemoryRests)
    hands: Hands = field(default_factory=Hands)

    @property
    def gemini(self) -> Gemini:
        """Return it as another process would build it."""
        watch = Watch(self.hands.now, self.hands.seconds, self.hands.sleep)
        return Gemini(self.client, [LITE, NEXT], self.rests, watch)

    async def ask(self, seconds: float = 10.0) -> str:
        """Ask, and take no answer but a good one."""
        return await self.gemini.ask(QUESTION, _good, outing(self.trip, seconds))

    @property
    def models(self) -> list[str]:
        """Return which models were asked."""
        return [model for _, model, _ in self.client.asked]


def _good(answer: Answer) -> str:
    if answer.blocked or answer.text is None:
        raise FaultyAnswer("it was blocked", again=False)
    if answer.text != "good":
        raise FaultyAnswer("it was not good", cut=answer.finish == "MAX_TOKENS")
    return answer.text


def scene(*script: Answer | Exception) -> Scene:
    """Set a scene."""
    return Scene(ScriptedClient(script))


async def test_a_call_is_noted_before_and_after() -> None:
    """To whom, why, how much, what was masked; then the tokens and what they cost."""
    stage = scene(GOOD)
    assert await stage.ask() == "good"
    (departure,) = stage.trip.left
    assert (departure.service, departure.host, departure.model) == ("Gemini", "models.example", LITE)
    assert (departure.picture_bytes, departure.text_chars, departure.masked) == (5, 9, {"card number": 1})
    came = stage.trip.came[UUID(int=1)]
    assert (came.outcome, came.tokens_in, came.tokens_out) == (Outcome.ANSWERED, 1000, 200)
    assert came.cost_usd == Decimal("0.0008")


async def test_nothing_leaves_that_is_not_noted() -> None:
    """Where it cannot be noted, it is not asked."""
    stage = scene(GOOD)
    stage.trip.away = True
    with pytest.raises(Unavailable):
        await stage.ask()
    assert stage.client.asked == []


async def test_an_answer_is_not_lost_for_want_of_a_note() -> None:
    """What came of it is then not known, but it counts."""
    stage = scene(GOOD)
    stage.trip.away_after = True
    assert await stage.ask() == "good"


async def test_a_model_that_is_gone_is_passed_over_for_a_day() -> None:
    """The next one is asked, at once and for a day; then the first is tried again."""
    stage = scene(ModelGone(), GOOD)
    await stage.ask()
    await stage.ask()
    assert stage.models == [LITE, NEXT, NEXT]
    stage.hands.time += timedelta(days=1, seconds=1)
    await stage.ask()
    assert stage.models[-1] == LITE
    assert stage.trip.outcomes[:2] == ["refused", "answered"]


async def test_without_any_model_it_says_which_setting_helps() -> None:
    """All are gone, and the next photo does not ask them."""
    stage = scene(ModelGone())
    for _ in range(2):
        with pytest.raises(ModelGone, match=f"{LITE}, {NEXT}; set GEMINI_MODEL"):
            await stage.ask()
    assert stage.models == [LITE, NEXT]
    assert {service for service, _ in stage.rests.known} == {GONE}


async def test_over_the_quota_of_a_day_nobody_asks_until_midnight_in_california() -> None:
    """It is told at once, without another model and without a call; the day after it is asked again."""
    stage = scene(OutOfQuota(), GOOD)
    for _ in range(3):
        with pytest.raises(OutOfQuota):
            await stage.ask()
    assert stage.models == [LITE]
    assert stage.trip.outcomes == ["refused"]
    stage.hands.time = datetime(2026, 11, 28, 8, 0, 1, tzinfo=UTC)
    assert await stage.ask() == "good"


@pytest.mark.parametrize(
    ("now", "midnight"),
    [
        (datetime(2026, 11, 27, 12, tzinfo=UTC), datetime(2026, 11, 28, 8, tzinfo=UTC)),
        (datetime(2026, 11, 28, 7, 59, tzinfo=UTC), datetime(2026, 11, 28, 8, tzinfo=UTC)),
        (datetime(2026, 7, 1, 12, tzinfo=UTC), datetime(2026, 7, 2, 7, tzinfo=UTC)),
        (datetime(2026, 3, 8, 9, tzinfo=UTC), datetime(2026, 3, 9, 7, tzinfo=UTC)),
    ],
    ids=["winter", "a minute before", "summer", "the clocks change"],
)
def test_midnight_is_california_s(now: datetime, midnight: datetime) -> None:
    """With its summer time."""
    assert next_midnight(now) == midnight


async def test_a_short_wait_is_waited() -> None:
    """A quota of a minute that is over in time: as long as is told, then again."""
    stage = scene(Busy("", 3.5), GOOD)
    assert await stage.ask() == "good"
    assert stage.hands.slept == [3.5]
    assert stage.trip.outcomes == ["no answer", "answered"]
    assert stage.client.asked[1][2] == 6.5


async def test_a_long_wait_is_left_to_others() -> None:
    """What does not fit is not waited for: the model rests, and whoever comes before is told at once."""
    stage = scene(Busy("", 40), GOOD)
    with pytest.raises(Busy):
        await stage.ask()
    with pytest.raises(OutOfQuota):
        await stage.ask()
    assert (stage.hands.slept, stage.models) == ([], [LITE])
    stage.hands.time += timedelta(seconds=41)
    assert await stage.ask() == "good"


async def test_no_service_can_make_us_rest_for_ever() -> None:
    """An absurd delay is an hour."""
    stage = scene(Busy("", 1e300))
    with pytest.raises(Busy):
        await stage.ask()
    assert stage.rests.known["Gemini", LITE] == NOON + timedelta(hours=1)


async def test_a_busy_service_is_asked_three_times() -> None:
    """With a pause between; it does not rest, for it did not say so."""
    stage = scene(Busy())
    with pytest.raises(Busy):
        await stage.ask()
    assert stage.hands.slept == [1.0, 2.0]
    assert len(stage.client.asked) == 3
    assert stage.rests.known == {}


async def test_a_fault_is_put_back_once() -> None:
    """The question ends with the fault; a good answer then counts."""
    stage = scene(Answer("bad"), GOOD)
    assert await stage.ask() == "good"
    first, second = (question for question, _, _ in stage.client.asked)
    assert second.text.startswith(first.text)
    assert "it was not good" in second.text
    assert (second.pictures, second.most_tokens) == (first.pictures, 100)


async def test_a_fault_twice_is_no_good_answer() -> None:
    """There is no third time, and no model is to blame."""
    stage = scene(Answer("bad"))
    with pytest.raises(NoGoodAnswer, match="it was not good"):
        await stage.ask()
    assert len(stage.client.asked) == 2
    assert stage.rests.known == {}


async def test_a_cut_answer_gets_twice_the_room() -> None:
    """Thoughts may have taken it all."""
    stage = scene(Answer("go", finish="MAX_TOKENS"), GOOD)
    assert await stage.ask() == "good"
    assert stage.client.asked[1][0].most_tokens == 200


async def test_a_blocked_question_is_not_asked_again() -> None:
    """It is no good answer at once, and noted as refused."""
    stage = scene(Answer(None, "", blocked="SAFETY", tokens_in=1000))
    with pytest.raises(NoGoodAnswer):
        await stage.ask()
    assert stage.trip.outcomes == ["refused"]


async def test_a_refused_key_is_not_tried_with_every_photo() -> None:
    """For five minutes nobody asks."""
    stage = scene(KeyRefused(service="Gemini", setting="GEMINI_API_KEY"), GOOD)
    with pytest.raises(KeyRefused) as raised:
        await stage.ask()
    assert raised.value.sentence == "Gemini does not accept the key (GEMINI_API_KEY)."
    with pytest.raises(Unavailable):
        await stage.ask()
    assert (stage.models, stage.trip.outcomes) == ([LITE], ["refused"])
    stage.hands.time += timedelta(minutes=5, seconds=1)
    assert await stage.ask() == "good"


async def test_time_that_is_over_is_over() -> None:
    """Whatever a client does, the caller has its thread back, and what left is noted as not answered."""

    class Hanging(ScriptedClient):
        async def ask(self, question: Question, model: str, seconds: float) -> Answer:
            await asyncio.sleep(60)
            return GOOD

    stage = Scene(Hanging([]))
    with pytest.raises(Unavailable):
        await stage.ask(0.05)
    assert stage.trip.outcomes == ["no answer"]


async def test_a_failing_service_is_noted_as_no_answer() -> None:
    """And is told on as it is."""
    stage = scene(Unavailable("reset"))
    with pytest.raises(Unavailable, match="reset"):
        await stage.ask()
    assert stage.trip.outcomes == ["no answer"]


def test_what_has_no_price_costs_nobody_knows_what() -> None:
    """None, never 0."""
    assert cost("gemini-unheard-of", 1, 1) is None
    assert cost(LITE, 0, 0) is None
    assert cost(LITE, 1_000_000, 1_000_000) == Decimal("2.80")


async def test_the_extractor_asks_for_a_receipt() -> None:
    """Text and pictures go out with the outing; what comes back is read by our own form."""
    stage = scene(Answer('{"total": "7.50", "currency": "EUR"}'))
    extractor = GeminiExtractor(stage.gemini)
    receipt = await extractor.extract("TOTAL 7.50", (b"jpeg",), Hints(date(2026, 11, 27)), outing(stage.trip))
    assert (receipt.total, receipt.currency, receipt.evidence) == (Decimal("7.50"), "EUR", {})
    assert "| TOTAL 7.50" in stage.client.asked[0][0].text
    assert extractor.service == "Gemini"
