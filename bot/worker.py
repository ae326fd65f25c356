"""The worker: takes jobs from the queue, answers updates, reads receipts, and picks up what a dead worker left."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, cast
from uuid import UUID

import procrastinate
from procrastinate.jobs import Job, Status
from telegram import Update

from bot.albums import settle
from bot.answering import give_answer, promise, say_sorry
from bot.application import ChatApplication, answer
from bot.context import Parts
from bot.differing import follow_up
from bot.errands import Errands
from bot.metrics import Metrics
from core.accounts import Account
from core.adapters.advice_jobs import PHRASE
from core.adapters.album_jobs import SETTLE
from core.adapters.job_queue import (
    ANSWER,
    MOST_ATTEMPTS,
    READ,
    READINGS,
    UPDATES,
    PatientRetry,
    count_crash,
    open_queue,
)
from core.adapters.postgres_removal import REMOVE
from core.adapters.wiring import Stores
from core.days import day_of
from core.errors import SnapSpendError, Unavailable
from core.logs import where
from core.ports import Filed
from core.reading_bookkeeper import ReadingBookkeeper

log = logging.getLogger(__name__)

HEARTBEAT_SECONDS = 2.0
STALLED_SECONDS = 10.0
MOST_CRASHES = 4
CHATS_AT_ONCE = 16
EVERY_5_SECONDS = "* * * * * */5"
EVERY_HOUR = "7 * * * *"


class GaveUp(SnapSpendError):
    """Something went wrong on my side. I have kept what you sent; please try again."""


@dataclass(frozen=True)
class Serving:
    """Some queues, and how many of their jobs run at once."""

    jobs: procrastinate.App
    queues: tuple[str, ...]
    concurrency: int

    async def run(self) -> None:
        """Run jobs until cancelled (those under way are finished or given back) or the database goes away."""
        await self.jobs.run_worker_async(
            queues=list(self.queues),
            concurrency=self.concurrency,
            install_signal_handlers=False,
            delete_jobs="successful",
            fetch_job_polling_interval=2,
            shutdown_graceful_timeout=8,
            update_heartbeat_interval=HEARTBEAT_SECONDS,
            stalled_worker_timeout=STALLED_SECONDS,
        )


@dataclass(frozen=True)
class Worker:
    """One process's share of the work: the chat's application, the bookkeeper, and where things are kept."""

    stores: Stores
    application: ChatApplication
    bookkeeper: ReadingBookkeeper
    readings_at_once: int = 1
    metrics: Metrics = field(default_factory=Metrics)

    async def run(self, stop: asyncio.Event) -> None:
        """Work until `stop` is set, then finish or give back what is under way."""
        jobs = self._register(await open_queue(self.stores.pool))
        updates = self._serve(Serving(jobs, (UPDATES, "default"), CHATS_AT_ONCE), stop)
        readings = self._serve(Serving(jobs, (READINGS,), self.readings_at_once), stop)
        await asyncio.gather(updates, readings)

    async def _serve(self, serving: Serving, stop: asyncio.Event) -> None:
        """Run procrastinate's worker over some queues; it ends when the database goes away, so start it again."""
        while not stop.is_set():
            working = asyncio.create_task(serving.run())
            stopping = asyncio.create_task(stop.wait())
            await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
            if not stop.is_set():
                await asyncio.wait({stopping}, timeout=1)
            for task in (working, stopping):
                task.cancel()
            for outcome in await asyncio.gather(working, stopping, return_exceptions=True):
                if isinstance(outcome, Exception) and not stop.is_set():
                    log.warning("the queue is away (%s); trying again", type(outcome.__cause__ or outcome).__name__)

    def _register(self, jobs: procrastinate.App) -> procrastinate.App:
        """Tell procrastinate what each kind of job does."""
        jobs.task(name=ANSWER, queue=UPDATES, retry=PatientRetry(), pass_context=True)(self.answer_update)
        jobs.task(name=READ, queue=READINGS, retry=PatientRetry(), pass_context=True)(self.read_receipt)
        jobs.task(name=SETTLE, queue=UPDATES, retry=PatientRetry())(self.settle_album)
        jobs.task(name=REMOVE, queue=UPDATES, retry=PatientRetry())(self.remove_account)
        jobs.task(name=PHRASE, queue=UPDATES, retry=PatientRetry())(self.phrase_advice)
        Errands(self.stores, self.application.bot).register(jobs)
        recover = jobs.task(name="recover", queue="default", queueing_lock="recover")(self.recover)
        jobs.periodic(cron=EVERY_5_SECONDS)(recover)
        prune = jobs.task(name="prune", queue="default", queueing_lock="prune")(self.prune)
        jobs.periodic(cron=EVERY_HOUR)(prune)
        return jobs

    async def answer_update(self, context: procrastinate.JobContext, bot_id: int, update_id: int) -> None:
        """Answer one stored update. Raises Unavailable for the queue to try again."""
        update = self._understood(await self.stores.inbox.fetch(bot_id, update_id))
        if update is None:
            return
        try:
            with self.metrics.timed("answer"):
                await answer(self.application, update)
            self.metrics.answers.labels("update").inc()
        except Exception as error:  # noqa: BLE001 - the edge: a bug is logged, and the person is told
            told = self._told(error, context)
            await say_sorry(self.application.bot, self.stores.replies, update, told)

    def _understood(self, body: dict[str, Any] | None) -> Update | None:
        """Return a stored update as the client library's, or None for one that is of no kind we know."""
        try:
            return Update.de_json(body, self.application.bot) if body else None
        except (TypeError, LookupError, ValueError, AttributeError, ArithmeticError, OSError, RecursionError) as error:
            log.warning("an update of a shape that nobody documented is left: %s", type(error).__name__)
            return None

    def _told(self, error: Exception, context: procrastinate.JobContext) -> SnapSpendError:
        """Count a failure and return what the person is told of it. Raises it again while trying again helps."""
        self.metrics.failed(error)
        if isinstance(error, Unavailable) and context.job.attempts < MOST_ATTEMPTS:
            self.metrics.retries.labels(context.job.task_name).inc()
            raise error
        if isinstance(error, SnapSpendError):
            return error
        log.error("%s failed: %s", context.job.task_name, where(error))
        return GaveUp()

    async def read_receipt(
        self, context: procrastinate.JobContext, receipt_id: str, account_id: str, show: bool = False
    ) -> None:
        """Read one waiting receipt and answer in its chat. Raises Unavailable for the queue to try again.

        A photo of an album is answered when its album is arranged: then it is to `show`.
        """
        account = await self.stores.accounts.of_receipt(UUID(receipt_id))
        if account is None:
            return
        try:
            filed = await self.bookkeeper.read(account, UUID(receipt_id))
        except Exception as error:  # noqa: BLE001 - the edge
            told = self._told(error, context)
            filed = await self.bookkeeper.give_up(account, UUID(receipt_id), told.sentence)
        if filed is not None:
            await self._give(account, filed, show)
            await self._open_beside(filed)

    async def _open_beside(self, filed: Filed) -> None:
        """Let the other receipts of a photo be read and answered as if they had been sent, each by itself."""
        for source in await self.bookkeeper.beside(filed):
            await promise(self.application.bot, self.stores.replies, filed.source, source)
            await self.bookkeeper.open_beside(filed, source)

    async def _give(self, account: Account, filed: Filed, show: bool) -> None:
        """Answer in the receipt's chat, or settle the album that it is a photo of."""
        if filed.album is not None and filed.is_part and not show:
            await settle(self.stores.arranger, account, filed.album)
            return
        await give_answer(self.application.bot, self.stores.replies, account, filed)
        self.metrics.answers.labels("receipt").inc()
        await follow_up(self.application.bot, cast("Parts", self.application.bot_data["parts"]), account, filed)

    async def settle_album(self, album: str, account_id: str) -> None:
        """Settle an album that was quiet for a while, or try later. Raises Unavailable."""
        account = await self.stores.accounts.of_album(album)
        if account is not None and not await settle(self.stores.arranger, account, album):
            await self.stores.albums.settle_later(account.id, album)

    async def remove_account(self, account_id: str) -> None:
        """Finish the removal of an account that was closed. Raises Unavailable."""
        await self.stores.remover.finish(UUID(account_id))

    async def phrase_advice(self, account_id: str) -> None:
        """Let an account's advice be put into words, which its page shows from then on. Raises Unavailable."""
        account = await self.stores.accounts.find(UUID(account_id))
        advisor = cast("Parts", self.application.bot_data["parts"]).advisor
        if account is not None and advisor is not None:
            await advisor.advise(account, day_of(datetime.now(UTC), account.time_zone))

    async def recover(self, timestamp: int) -> None:
        """Give jobs of workers that died back to the queue, or end those that have killed several workers."""
        manager = self.stores.jobs.job_manager
        for job in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_SECONDS):
            crashes = await count_crash(self.stores.pool, job.id or 0)
            if crashes < MOST_CRASHES:
                log.warning("job %s is picked up again", job.id)
                await manager.retry_job(job)
            else:
                log.error("job %s has killed %s workers and is ended", job.id, crashes)
                await self._end(job)
                await manager.finish_job(job, Status.FAILED, delete_job=False)

    async def _end(self, job: Job) -> None:
        """Tell the chat that a job will not be tried again."""
        if job.task_name == ANSWER:
            bot_id, update_id = (int(str(job.task_kwargs[name])) for name in ("bot_id", "update_id"))
            body = await self.stores.inbox.fetch(bot_id, update_id)
            update = self._understood(body)
            if update is not None:
                await say_sorry(self.application.bot, self.stores.replies, update, GaveUp())
        if job.task_name != READ:
            return
        receipt = UUID(str(job.task_kwargs["receipt_id"]))
        account = await self.stores.accounts.of_receipt(receipt)
        if account is None:
            return
        filed = await self.bookkeeper.give_up(account, receipt, GaveUp().sentence)
        if filed is not None:
            await self._give(account, filed, bool(job.task_kwargs.get("show")))

    async def prune(self, timestamp: int) -> None:
        """Forget old updates and ended jobs, and take up removals that have not come to their end."""
        await self.stores.removal.resume()
        await self.stores.inbox.prune()
        await self.stores.jobs.job_manager.delete_old_jobs(
            nb_hours=72, include_failed=True, include_cancelled=True, include_aborted=True
        )
