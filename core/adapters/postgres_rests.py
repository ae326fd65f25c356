"""Which services rest until when, kept in PostgreSQL for all processes."""

from __future__ import annotations

from datetime import datetime

from core.adapters.database import Pool, single


class PostgresRests:
    """Implements the port Rests."""

    def __init__(self, pool: Pool) -> None:
        """Take an open pool."""
        self._pool = pool

    async def until(self, service: str, model: str = "") -> datetime | None:
        """Return until when it is not to be asked, or None when it may be asked now. Raises Unavailable."""
        statement = "select until from rests where service = %s and model = %s and until > now()"
        async with single(self._pool) as connection:
            found = await (await connection.execute(statement, [service, model])).fetchone()
        return found["until"] if found else None

    async def rest(self, service: str, model: str, until: datetime) -> None:
        """Remember that it is not to be asked until then; a later time that is known already stays."""
        async with single(self._pool) as connection:
            await connection.execute(
                "insert into rests (service, model, until) values (%s, %s, %s) on conflict (service, model)"
                " do update set until = excluded.until where rests.until < excluded.until",
                [service, model, until],
            )
