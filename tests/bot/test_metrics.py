"""A worker's figures."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from prometheus_client import generate_latest

from bot.metered_departures import MOST_UNDER_WAY, MeteredDepartures
from bot.metrics import Metrics
from core.accounts import Account
from core.adapters.wiring import Stores
from core.departures import Departure, LedgerTrip, Outcome, Purpose, Return, Sent
from core.errors import NoText, Unavailable


class OnlyNotes:
    """Departures that keep nothing."""

    async def note(self, account: UUID, receipt: UUID | None, departure: Departure) -> UUID:
        """Return a new id."""
        return uuid4()

    async def returned(self, account: UUID, note: UUID, what: Return) -> None:
        """Do nothing."""

    async def of_receipt(self, account: UUID, receipts: Sequence[UUID]) -> list[Departure]:
        """Return none."""
        return []

    async def sent(self, account: UUID) -> list[Sent]:
        """Return none."""
        return []


@pytest.mark.parametrize(
    ("error", "family"), [(NoText(), "Unusable"), (Unavailable(), "Unavailable"), (KeyError(), "bug")]
)
def test_a_failure_is_counted_under_its_family(error: Exception, family: str) -> None:
    """What is none of ours is a bug."""
    metrics = Metrics()
    metrics.failed(error)
    assert f'snapspend_failures_total{{family="{family}"}} 1.0' in generate_latest(metrics.registry).decode()


def test_a_stage_is_measured_also_when_it_fails() -> None:
    """Failures take time too."""
    metrics = Metrics()
    with pytest.raises(KeyError), metrics.timed("read"):
        raise KeyError
    assert 'snapspend_stage_seconds_count{stage="read"} 1.0' in generate_latest(metrics.registry).decode()


async def test_what_the_cloud_was_asked_is_counted(stores: Stores, account: Account) -> None:
    """By outcome, tokens each way, and dollars where they are known; it is kept as it would be without."""
    metrics = Metrics()
    metered = MeteredDepartures(stores.departures, metrics)
    for what in (Return(Outcome.ANSWERED, 2500, 400, Decimal("0.0014")), Return(Outcome.NO_ANSWER)):
        trip = LedgerTrip(metered, account.id)
        await trip.returned(await trip.leaves(Departure("Gemini", "x", Purpose.ASKING, model="flash")), what)
    told = generate_latest(metrics.registry).decode()
    for line in (
        'snapspend_cloud_calls_total{outcome="answered",service="Gemini"} 1.0',
        'snapspend_cloud_calls_total{outcome="no answer",service="Gemini"} 1.0',
        'snapspend_cloud_tokens_total{model="flash",service="Gemini",way="in"} 2500.0',
        'snapspend_cloud_tokens_total{model="flash",service="Gemini",way="out"} 400.0',
        'snapspend_cloud_cost_usd_total{model="flash",service="Gemini"} 0.0014',
    ):
        assert line in told
    (sent,) = await metered.sent(account.id)
    assert sent.calls == 2


async def test_calls_that_never_come_back_are_forgotten(stores: Stores, account: Account) -> None:
    """A worker that runs for months does not grow by them."""
    metered = MeteredDepartures(OnlyNotes(), Metrics())
    notes = [await metered.note(account.id, None, Departure("Gemini", "x", Purpose.ASKING)) for _ in range(1100)]
    assert len(metered._under_way) == MOST_UNDER_WAY
    await metered.returned(account.id, notes[0], Return(Outcome.ANSWERED))
    assert 'service="unknown"' in generate_latest(metered.metrics.registry).decode()
