"""The jobs by which chats are told what happened elsewhere: on the pages, or in an admin's chat."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import procrastinate
from procrastinate.exceptions import ConnectorException

from core.adapters.database import Connection
from core.adapters.job_queue import UPDATES
from core.errors import Unavailable

TELL_LINKED = "tell_linked"
ASK_ADMINS = "ask_admins"
TELL_DECIDED = "tell_decided"
TELL_REMOVED = "tell_removed"


class ChatJobs:
    """Enqueues, inside the caller's transaction when its connection is given. Every method raises Unavailable."""

    def __init__(self, app: procrastinate.App) -> None:
        """Take an open procrastinate application."""
        self._app = app

    async def tell_linked(self, telegram_id: int, account: UUID, connection: Connection | None = None) -> None:
        """Let a chat be told that it is linked to an account now: once, however often this is asked for."""
        await self._defer(TELL_LINKED, connection, {"telegram_id": telegram_id, "account_id": str(account)})

    async def ask_admins(self, telegram_id: int, connection: Connection | None = None) -> None:
        """Let every admin's chat be asked whether somebody may come in."""
        await self._defer(ASK_ADMINS, connection, {"telegram_id": telegram_id})

    async def tell_decided(self, telegram_id: int, connection: Connection | None = None) -> None:
        """Let somebody who asked to come in be told what an admin decided."""
        await self._defer(TELL_DECIDED, connection, {"telegram_id": telegram_id})

    async def tell_removed(
        self, telegram_id: int, message_id: int, account: UUID, connection: Connection | None = None
    ) -> None:
        """Let a message become the word that an account is gone, when it is.

        The job is not about the account by name: the removal ends those that are.
        """
        await self._defer(
            TELL_REMOVED, connection, {"telegram_id": telegram_id, "message_id": message_id, "gone": str(account)}
        )

    async def _defer(self, name: str, connection: Connection | None, facts: dict[str, Any]) -> None:
        how: dict[str, Any] = {"queue": UPDATES} | ({"connection": connection} if connection else {})
        try:
            await self._app.configure_task(name, **how).defer_async(**facts)
        except ConnectorException as error:
            raise Unavailable("database: the job was not enqueued") from error
