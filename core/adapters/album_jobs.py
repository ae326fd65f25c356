"""The jobs of albums: settle one a while after its last photo, and show in the chat what counts now."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import procrastinate
from procrastinate.exceptions import ConnectorException

from core.adapters.database import Connection
from core.adapters.job_queue import READ, READINGS, UPDATES
from core.errors import Unavailable

SETTLE = "settle_album"
QUIET_MILLISECONDS = 1500
"""No part of an album came for so long: Telegram sends them within a second, and nothing marks the last one."""


class AlbumJobs:
    """Enqueues inside the caller's transaction. Every method raises Unavailable when the database does not answer."""

    def __init__(self, app: procrastinate.App) -> None:
        """Take an open procrastinate application."""
        self._app = app

    async def read_part(self, connection: Connection, receipt: UUID, account: UUID) -> None:
        """Enqueue the reading of one photo's waiting receipt."""
        facts = {"receipt_id": str(receipt), "account_id": str(account)}
        await self._defer(READ, {"queue": READINGS, "connection": connection}, facts)

    async def show_receipt(self, connection: Connection, receipt: UUID, account: UUID) -> None:
        """Enqueue the showing of a receipt as it counts now; those of one account one after the other."""
        facts = {"receipt_id": str(receipt), "account_id": str(account), "show": True}
        await self._defer(READ, {"queue": UPDATES, "lock": f"show:{account}", "connection": connection}, facts)

    async def settle_album(self, connection: Connection, album: str, account: UUID) -> None:
        """Enqueue the settling of an album for a while later. Each part asks for it; the last one's finds it quiet."""
        how = {"queue": UPDATES, "schedule_in": {"milliseconds": QUIET_MILLISECONDS}, "connection": connection}
        await self._defer(SETTLE, how, {"album": album, "account_id": str(account)})

    async def _defer(self, name: str, how: dict[str, Any], facts: dict[str, Any]) -> None:
        try:
            await self._app.configure_task(name, **how).defer_async(**facts)
        except ConnectorException as error:
            raise Unavailable("database: the job was not enqueued") from error
