"""What admins see and do, in PostgreSQL: figures of every account by functions that give nothing else."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from psycopg.rows import DictRow

from core.accounts import Role
from core.adapters.database import Connection, Pool, transaction
from core.adapters.job_queue import JobQueue, backlog
from core.adapters.storable import storable
from core.cloud_use import CloudUse
from core.people import (
    AdminBlocked,
    Failure,
    LastAdmin,
    NamedAdmin,
    NoSuchPerson,
    NothingToTry,
    Overview,
    Person,
    Queue,
)
from core.settings import Settings

LONGEST_SEARCH = 200
FAILED = """
select job.id as job, task_name, attempts, args, max(event.at) as at
from jobs.procrastinate_jobs as job join jobs.procrastinate_events as event on event.job_id = job.id
where status = 'failed' group by job.id
"""
FAILED_JOBS = f"{FAILED} order by at desc, job.id desc limit %s offset %s"
COUNT_FAILED = f"select count(*) as jobs from ({FAILED}) as failed"  # noqa: S608
UNDER_WAY = """
select from jobs.procrastinate_jobs where task_name = 'read_receipt' and status in ('todo', 'doing')
and args ->> 'receipt_id' = %s
"""


class PostgresPeople:
    """Implements the port People."""

    def __init__(self, pool: Pool, queue: JobQueue, settings: Settings) -> None:
        """Take an open pool, the queue that readings go to, and who is an admin by the settings."""
        self._pool = pool
        self._queue = queue
        self._settings = settings

    async def people(self, search: str = "", limit: int = 10, offset: int = 0) -> list[Person]:
        """Return accounts, newest first, whose address or name contains `search` (all when it is empty)."""
        wanted = storable(search).strip()[:LONGEST_SEARCH]
        async with transaction(self._pool) as connection:
            found = await connection.execute("select * from private.people(%s, %s, %s)", [wanted, limit, offset])
            return [_person(row) for row in await found.fetchall()]

    async def person(self, account: UUID) -> Person | None:
        """Return one account, or None."""
        async with transaction(self._pool) as connection:
            found = await connection.execute("select * from private.person(%s)", [account])
            row = await found.fetchone()
        return _person(row) if row else None

    async def overview(self) -> Overview:
        """Return the whole service in figures."""
        queues = await backlog(self._pool)
        async with transaction(self._pool) as connection:
            found = await connection.execute(
                "select overview.*, (select count(*) from requests where decision is null) as requests,"
                " (select count(*) from jobs.procrastinate_jobs where status = 'failed') as failed_jobs"
                " from private.overview() as overview"
            )
            row = await found.fetchone()
        assert row is not None, "sums are always one row"  # noqa: S101
        waiting = tuple(Queue(name, one.jobs, one.oldest_seconds) for name, one in sorted(queues.items()))
        return Overview(**row, photos_a_day=self._settings.photos_a_day, queues=waiting)

    async def read_by_day(self, since: date) -> dict[date, int]:
        """Return how many receipts were read on each day (UTC) from `since` on; days without any are not there."""
        async with transaction(self._pool) as connection:
            found = await connection.execute("select day, receipts from private.read_by_day(%s)", [since])
            return {row["day"]: row["receipts"] for row in await found.fetchall()}

    async def cloud_use(self, since: datetime) -> list[CloudUse]:
        """Return what all accounts asked of the services in the cloud since then, a service and model each."""
        async with transaction(self._pool) as connection:
            found = await connection.execute("select * from private.cloud_use(%s)", [since])
            return [CloudUse(**row) for row in await found.fetchall()]

    async def failures(self, limit: int = 10, offset: int = 0) -> list[Failure]:
        """Return jobs that failed, then receipts that could not be read, each newest first, as one list."""
        async with transaction(self._pool) as connection:
            counted = await (await connection.execute(COUNT_FAILED)).fetchone()
            passed = max(offset - (counted["jobs"] if counted else 0), 0)
            jobs = await (await connection.execute(FAILED_JOBS, [limit, offset])).fetchall()
            found = await connection.execute("select * from private.failures(%s, %s)", [limit - len(jobs), passed])
            return [*map(_failed_job, jobs), *(Failure(**row) for row in await found.fetchall())]

    async def try_again(self, receipt: UUID) -> None:
        """Let a receipt that could not be read wait for another reading, of which its chat is told."""
        async with transaction(self._pool) as connection:
            found = await connection.execute("select account, source from private.wait_again(%s)", [receipt])
            row = await found.fetchone()
            # Asked once the receipt is locked: who pressed a moment before has enqueued it by then.
            if row is None or await (await connection.execute(UNDER_WAY, [str(receipt)])).fetchone() is not None:
                raise NothingToTry
            await connection.execute("update answers set answered = false where source = %s", [row["source"]])
            await self._queue.read_receipt(connection, receipt, row["account"])

    async def block(self, account: UUID) -> None:
        """Shut an account out and sign it out everywhere."""
        async with transaction(self._pool) as connection:
            done = await _told(connection, "private.set_blocked(%s, true)", account)
        if not done:
            raise AdminBlocked if await self.person(account) else NoSuchPerson

    async def unblock(self, account: UUID) -> None:
        """Let an account in again."""
        async with transaction(self._pool) as connection:
            if not await _told(connection, "private.set_blocked(%s, false)", account):
                raise NoSuchPerson

    async def promote(self, account: UUID) -> None:
        """Make an account an admin's."""
        if await self.person(account) is None:
            raise NoSuchPerson
        async with transaction(self._pool) as connection:
            await connection.execute("select private.set_role(%s, %s)", [account, Role.ADMIN])

    async def demote(self, account: UUID) -> None:
        """Take the role of admin away."""
        person = await self.person(account)
        if person is None:
            raise NoSuchPerson
        async with transaction(self._pool) as connection:
            found = await connection.execute("select private.telegram_ids(%s) as id", [account])
            ids = {row["id"] for row in await found.fetchall()}
            if person.email in self._settings.admin_emails or ids & self._settings.admin_telegram_ids:
                raise NamedAdmin
            if not await _told(connection, "private.demote(%s)", account):
                raise LastAdmin


async def _told(connection: Connection, call: str, account: UUID) -> bool:
    """Return what a function says of an account."""
    found = await connection.execute(f"select {call} as told", [account])
    row = await found.fetchone()
    return bool(row and row["told"])


def _person(row: DictRow) -> Person:
    return Person(**{**row, "names": tuple(row["names"]), "role": Role(row["role"])})


def _failed_job(row: DictRow) -> Failure:
    """Return a job that failed: its receipt can be tried again when it is about one."""
    about = {name: UUID(str(row["args"][name])) for name in ("receipt_id", "account_id") if row["args"].get(name)}
    reason = f"The job {row['task_name']} ended after {row['attempts']} tries."
    return Failure(row["at"], reason, about.get("receipt_id"), about.get("account_id"), row["job"])
