"""How often something was tried, counted in PostgreSQL over all processes."""

from __future__ import annotations

from hashlib import sha256
from itertools import count

from core.adapters.database import Pool, transaction

KEPT = "2 days"
"""Longer than any window that is asked for."""
PRUNED_EVERY = 200
"""Tries of one process, after which it removes all that is old: keys that are never tried again leave no rows."""


class PostgresThrottle:
    """Implements the port Throttle: at most `most` tries are let through in any window of so many minutes."""

    def __init__(self, pool: Pool) -> None:
        """Take an open pool."""
        self._pool = pool
        self._tries = count()

    async def allow(self, key: str, most: int, minutes: int) -> bool:
        """Note one more try and tell whether it is within `most` in so many minutes. Only the key's hash is kept.

        A try that is not let through does not count: who keeps trying is let through again in time, and leaves no rows.
        """
        facts = {"key": sha256(key.encode("utf-8", "replace")).digest(), "most": most, "minutes": minutes}
        async with transaction(self._pool) as connection:
            if next(self._tries) % PRUNED_EVERY == 0:
                await connection.execute("delete from attempts where at < now() - %s::interval", [KEPT])
            # Tries at once must see each other, or each would be the last that is let through.
            await connection.execute("select pg_advisory_xact_lock(hashtextextended(%(key)s::text, 1))", facts)
            noted = await connection.execute(
                "insert into attempts (key) select %(key)s where %(most)s >"
                " (select count(*) from attempts"
                " where key = %(key)s and at > clock_timestamp() - make_interval(mins => %(minutes)s))",
                facts,
            )
            return noted.rowcount == 1
