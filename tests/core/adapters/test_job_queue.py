"""When a job is tried again, and whether it keeps its turn."""

from __future__ import annotations

import asyncio

import pytest
from procrastinate.jobs import Job

from core.adapters.job_queue import ATTEMPTS_IN_TURN, MOST_ATTEMPTS, PatientRetry
from core.errors import Unavailable


def job(attempts: int) -> Job:
    """Return a job of a chat that was tried so often before."""
    return Job(id=5, queue="updates", lock="chat:9", queueing_lock=None, task_name="answer_update", attempts=attempts)


@pytest.mark.parametrize("attempts", [0, ATTEMPTS_IN_TURN - 1])
def test_a_job_keeps_its_turn_through_a_short_outage_of_the_database(attempts: int) -> None:
    """Its chat waits for it, so the order of answers holds."""
    decision = PatientRetry().get_retry_decision(exception=Unavailable("database", everywhere=True), job=job(attempts))
    assert decision is not None
    assert decision.lock is None


@pytest.mark.parametrize(
    ("error", "attempts"), [(Unavailable("database", everywhere=True), ATTEMPTS_IN_TURN), (Unavailable("away"), 0)]
)
def test_a_job_that_may_never_work_lets_its_chat_go_on(error: Unavailable, attempts: int) -> None:
    """It waits under a lock of its own then."""
    decision = PatientRetry().get_retry_decision(exception=error, job=job(attempts))
    assert decision is not None
    assert decision.lock == "retry:5"


def test_a_bug_is_not_repeated_and_a_stop_gives_the_job_back() -> None:
    """Only what may help later is tried again, and not for ever."""
    retry = PatientRetry()
    assert retry.get_retry_decision(exception=KeyError("x"), job=job(0)) is None
    assert retry.get_retry_decision(exception=Unavailable("away"), job=job(MOST_ATTEMPTS)) is None
    assert retry.get_retry_decision(exception=asyncio.CancelledError(), job=job(0)) is not None
