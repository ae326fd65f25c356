"""Puts the parts together: the only place that knows which of them are local."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import procrastinate

from core.adapters.advice_jobs import AdviceJobs
from core.adapters.album_jobs import AlbumJobs
from core.adapters.chat_jobs import ChatJobs
from core.adapters.database import PATIENCE_SECONDS, Pool, build_pool
from core.adapters.job_queue import JobQueue, open_queue
from core.adapters.keepers import open_keepers
from core.adapters.migrate import check_migrated
from core.adapters.parting import Admins
from core.adapters.postgres_accounts import PostgresAccounts
from core.adapters.postgres_albums import PostgresAlbums
from core.adapters.postgres_aside import PostgresAside
from core.adapters.postgres_budgets import PostgresBudgets
from core.adapters.postgres_departures import PostgresDepartures
from core.adapters.postgres_how_read import PostgresHowRead
from core.adapters.postgres_inbox import PostgresInbox
from core.adapters.postgres_largest import PostgresLargest
from core.adapters.postgres_ledger import PostgresLedger
from core.adapters.postgres_links import PostgresLinks
from core.adapters.postgres_people import PostgresPeople
from core.adapters.postgres_phrasings import PostgresPhrasings
from core.adapters.postgres_purchases import PostgresPurchases
from core.adapters.postgres_quota import PostgresPhotoCount
from core.adapters.postgres_removal import PostgresRemoval
from core.adapters.postgres_replies import PostgresReplies
from core.adapters.postgres_requests import PostgresRequests
from core.adapters.postgres_rests import PostgresRests
from core.adapters.postgres_rules import PostgresRules
from core.adapters.postgres_search import PostgresSearch
from core.adapters.postgres_sessions import PostgresSessions
from core.adapters.postgres_throttle import PostgresThrottle
from core.advice_facts import Sources
from core.advisor import Advisor
from core.albums import Arranger
from core.asking.answering import Answering
from core.errors import Misconfigured, Unavailable
from core.ports import Photos
from core.quota import Quota
from core.removal import Remover
from core.settings import Settings
from core.signing_in import AuthGateway

START_SECONDS = 30.0


@dataclass(frozen=True)
class Stores:
    """Everything that lives in the database or beside it, over one pool."""

    pool: Pool
    jobs: procrastinate.App
    accounts: PostgresAccounts
    links: PostgresLinks
    ledger: PostgresLedger
    largest: PostgresLargest
    aside: PostgresAside
    albums: PostgresAlbums
    budgets: PostgresBudgets
    departures: PostgresDepartures
    how_read: PostgresHowRead
    inbox: PostgresInbox
    people: PostgresPeople
    phrasings: PostgresPhrasings
    quota: Quota
    replies: PostgresReplies
    requests: PostgresRequests
    rests: PostgresRests
    rules: PostgresRules
    purchases: PostgresPurchases
    search: PostgresSearch
    sessions: PostgresSessions
    throttle: PostgresThrottle
    removal: PostgresRemoval
    auth: AuthGateway
    photos: Photos

    @property
    def remover(self) -> Remover:
        """Return what finishes the removal of an account."""
        return Remover(self.removal, self.photos, self.auth)

    @property
    def chat_jobs(self) -> ChatJobs:
        """Return what lets chats be told of what happened elsewhere."""
        return ChatJobs(self.jobs)

    @property
    def advisor(self) -> Advisor:
        """Return what gives advice in our own words, or those that a model was asked for before."""
        return Advisor(Sources(self.ledger, self.ledger, self.search, self.largest, self.budgets), self.phrasings)

    @property
    def advice_jobs(self) -> AdviceJobs:
        """Return what lets a worker put advice into words."""
        return AdviceJobs(self.jobs)

    @property
    def answering(self) -> Answering:
        """Return what answers questions about an account's receipts."""
        return Answering(self.ledger, self.purchases)

    @property
    def arranger(self) -> Arranger:
        """Return what says which photos of an album are one receipt."""
        return Arranger(self.albums, self.ledger, self.photos)


@asynccontextmanager
async def open_stores(
    settings: Settings, connections: int = 10, patience: float = PATIENCE_SECONDS
) -> AsyncIterator[Stores]:
    """Lend the stores over a pool of so many connections; who needs one waits for `patience` seconds.

    Raises Misconfigured without DATABASE_URL or over a database that is not prepared, Unavailable when it does not
    answer within 30 s.
    """
    async with _open_pool(settings, connections, patience) as pool, open_keepers(settings, pool) as (auth, photos):
        jobs = await open_queue(pool)
        queue = JobQueue(jobs)
        accounts = PostgresAccounts(pool, settings.admin_emails, settings.admin_telegram_ids)
        yield Stores(
            pool=pool,
            jobs=jobs,
            accounts=accounts,
            links=PostgresLinks(pool, accounts, Admins(settings.admin_emails, settings.admin_telegram_ids)),
            ledger=PostgresLedger(pool, queue),
            largest=PostgresLargest(pool),
            aside=PostgresAside(pool),
            albums=PostgresAlbums(pool, AlbumJobs(jobs)),
            budgets=PostgresBudgets(pool),
            departures=PostgresDepartures(pool),
            how_read=PostgresHowRead(pool),
            inbox=PostgresInbox(pool),
            people=PostgresPeople(pool, queue, settings),
            phrasings=PostgresPhrasings(pool),
            quota=Quota(PostgresPhotoCount(pool), settings.photos_a_day),
            replies=PostgresReplies(pool),
            requests=PostgresRequests(pool, ChatJobs(jobs), settings.admin_telegram_ids),
            rules=PostgresRules(pool),
            rests=PostgresRests(pool),
            purchases=PostgresPurchases(pool),
            search=PostgresSearch(pool),
            sessions=PostgresSessions(pool),
            throttle=PostgresThrottle(pool),
            removal=PostgresRemoval(pool, jobs),
            auth=auth,
            photos=photos,
        )


@asynccontextmanager
async def _open_pool(settings: Settings, connections: int, patience: float) -> AsyncIterator[Pool]:
    """Lend a pool on a database that is prepared."""
    if settings.database_url is None:
        raise Misconfigured(faults="DATABASE_URL is not set; `snapspend up` starts a database of its own")
    pool = build_pool(settings.database_url, connections, patience)
    try:
        await pool.open(wait=False)
        await _check(pool, round(START_SECONDS / patience))
        yield pool
    finally:
        await pool.close()


async def _check(pool: Pool, tries: int) -> None:
    """See that the database is prepared, with patience for one that is just starting."""
    for left in reversed(range(tries)):
        try:
            await check_migrated(pool)
            return
        except Unavailable:
            if left == 0:
                raise
