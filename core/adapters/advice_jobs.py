"""The job by which a worker puts an account's advice into words, for the page that asked for it."""

from __future__ import annotations

from uuid import UUID

import procrastinate
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException

from core.adapters.job_queue import UPDATES
from core.errors import Unavailable

PHRASE = "phrase_advice"


class AdviceJobs:
    """Enqueues for one account at most one job that waits, and lets one run at a time."""

    def __init__(self, app: procrastinate.App) -> None:
        """Take an open procrastinate application."""
        self._app = app

    async def phrase(self, account: UUID) -> bool:
        """Let an account's advice be put into words; False when that is enqueued already. Raises Unavailable."""
        name = f"{PHRASE}:{account}"
        task = self._app.configure_task(PHRASE, queue=UPDATES, lock=name, queueing_lock=name)
        try:
            await task.defer_async(account_id=str(account))
        except AlreadyEnqueued:
            return False
        except ConnectorException as error:
            raise Unavailable("database: the job was not enqueued") from error
        return True
