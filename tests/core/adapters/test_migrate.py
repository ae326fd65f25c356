"""Migrations apply once, however many processes start together."""

import asyncio

from core.adapters.database import build_pool, transaction
from core.adapters.migrate import migrate, migrations


async def test_two_processes_that_start_together_migrate_once(empty_database_url: str) -> None:
    """Whoever comes second waits and finds nothing to do."""
    pools = [build_pool(empty_database_url, 2) for _ in range(2)]
    for pool in pools:
        await pool.open(wait=True)
    applied = await asyncio.gather(*(migrate(pool) for pool in pools))
    for pool in pools:
        await pool.close()
    assert sorted(map(len, applied)) == [0, len(migrations()) + 1]


async def test_the_history_is_in_the_form_of_supabases_command_line(owner_url: str) -> None:
    """Versions have 14 digits and keep their statements."""
    pool = build_pool(owner_url, 1)
    await pool.open(wait=True)
    async with transaction(pool) as connection:
        found = await connection.execute("select * from supabase_migrations.schema_migrations order by version")
        rows = await found.fetchall()
    await pool.close()
    assert [row["version"] for row in rows] == [version for version, _, _ in migrations()]
    assert all(len(row["version"]) == 14 and row["statements"] for row in rows)
