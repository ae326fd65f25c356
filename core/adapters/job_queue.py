"""The job queue: what is enqueued, in which order it runs, and when it is tried again (procrastinate)."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from uuid import UUID

import procrastinate
from procrastinate.jobs import Job

from core.adapters.database import Connection, Pool, transaction
from core.errors import Unavailable

UPDATES = "updates"
READINGS = "readings"
ANSWER = "answer_update"
READ = "read_receipt"
MOST_ATTEMPTS = 12
LONGEST_WAIT = 600
ATTEMPTS_IN_TURN = 5
"""1 + 2 + 4 + 8 + 16 s."""


class PatientRetry(procrastinate.BaseRetryStrategy):
    """Tries again after 1, 2, 4, 8 … seconds when a service was away; anything else is a bug and is not repeated."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> procrastinate.RetryDecision | None:
        """Wait under a lock of the job's own: a job that waits must not hold up the others of its chat.

        Only while the database is away, when none of them could be answered, wait in turn (for half a minute at
        most): so a chat's answers keep their order through a restart.
        """
        if isinstance(exception, asyncio.CancelledError):  # the worker is being stopped: give the job back
            return procrastinate.RetryDecision()
        if not isinstance(exception, Unavailable) or job.attempts >= MOST_ATTEMPTS:
            return None
        asked = exception.facts.get("retry_after")
        wait = min(LONGEST_WAIT, int(asked) if isinstance(asked, int | float) else 2**job.attempts)
        in_turn = "everywhere" in exception.facts and job.attempts < ATTEMPTS_IN_TURN
        return procrastinate.RetryDecision(retry_in={"seconds": wait}, lock=None if in_turn else f"retry:{job.id}")


async def open_queue(pool: Pool) -> procrastinate.App:
    """Return procrastinate's application, working over an open `pool`."""
    app = procrastinate.App(connector=procrastinate.PsycopgConnector())
    await app.open_async(pool)
    return app


class JobQueue:
    """Enqueues jobs inside the caller's transaction, so that a job exists exactly when what it is about does."""

    def __init__(self, app: procrastinate.App) -> None:
        """Take an open procrastinate application."""
        self._app = app

    async def read_receipt(self, connection: Connection, receipt: UUID, account: UUID) -> None:
        """Enqueue the reading of a waiting receipt. Raises Unavailable when the database does not answer."""
        task = self._app.configure_task(READ, queue=READINGS, connection=connection)
        try:
            await task.defer_async(receipt_id=str(receipt), account_id=str(account))
        except procrastinate.exceptions.ConnectorException as error:
            raise Unavailable("database: the job was not enqueued", everywhere=True) from error


@dataclass(frozen=True)
class Backlog:
    """How many jobs of a queue wait, and for how many seconds the oldest of them has."""

    jobs: int
    oldest_seconds: float


async def backlog(pool: Pool) -> dict[str, Backlog]:
    """Return the backlog of every queue; an empty queue is there with zeros. Raises Unavailable."""
    async with transaction(pool) as connection:
        found = await connection.execute(
            "select queue_name, count(*) as jobs, extract(epoch from now() - min(event.at)) as oldest"
            " from jobs.procrastinate_jobs as job join jobs.procrastinate_events as event"
            " on event.job_id = job.id and event.type = 'deferred' where job.status = 'todo' group by queue_name"
        )
        rows = await found.fetchall()
    empty = {queue: Backlog(0, 0.0) for queue in (UPDATES, READINGS)}
    return empty | {row["queue_name"]: Backlog(row["jobs"], float(row["oldest"])) for row in rows}


async def count_crash(pool: Pool, job: int) -> int:
    """Note that a worker died while it did a job, and return how many have. Raises Unavailable."""
    async with transaction(pool) as connection:
        await connection.execute("delete from crashes where last_at < now() - interval '2 days'")
        counted = await connection.execute(
            "insert into crashes (job_id, crashes) values (%s, 1) on conflict (job_id)"
            " do update set crashes = crashes.crashes + 1, last_at = now() returning crashes",
            [job],
        )
        row = await counted.fetchone()
    return int(row["crashes"]) if row else 1
